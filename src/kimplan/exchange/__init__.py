"""Tables from and to files: a module a format."""
