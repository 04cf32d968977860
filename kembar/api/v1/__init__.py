"""Version 1 of the API: one file per concept, each a list of operations."""
