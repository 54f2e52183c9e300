"""What the slips of a hand in a file that cannot be read were meant to be; each mending is proved."""
