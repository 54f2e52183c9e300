"""What version control knows; the only caller of git."""
