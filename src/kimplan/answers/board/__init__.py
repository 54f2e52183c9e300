"""The dashboard of one plan or of several, as plain data."""
