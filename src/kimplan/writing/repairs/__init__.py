"""What the slips of a hand were meant to be, in files that cannot be read; each is proved."""
