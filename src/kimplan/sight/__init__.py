"""What characters look like to a reader: their names by sight, their doubles, damaged text."""
