"""A Word report held against its plan."""
