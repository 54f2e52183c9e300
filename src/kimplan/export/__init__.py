"""Tables and calendars to files: a module a format."""
