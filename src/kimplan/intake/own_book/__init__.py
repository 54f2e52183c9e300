"""A workbook that kimplan made of one plan, read back as what it is: nothing is guessed."""
