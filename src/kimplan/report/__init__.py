"""The board's report: a plan and a date to plain data, and plain data to Word."""
