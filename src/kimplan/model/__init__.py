"""What a plan is: its shape, with no files, no clock and no other revision in sight."""
