"""A forge's issues, through its API."""
