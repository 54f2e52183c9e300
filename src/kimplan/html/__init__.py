"""Pages that a browser shows: the published plan, and the board's dashboard."""
