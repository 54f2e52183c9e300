"""The plan at a revision, or on disk: one reader for everyone."""
