"""The story of a plan: its timeline, as version control tells it."""
