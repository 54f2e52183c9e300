"""Two states of a plan to one list of what changed between them."""
