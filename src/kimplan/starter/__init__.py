"""A new plan repository that works at once."""
