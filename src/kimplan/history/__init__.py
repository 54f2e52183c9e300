"""What version control knows of a plan; the only floor that calls git."""
