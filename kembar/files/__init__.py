"""Documents and their fingerprints: what was handed in, checked for what it really is, kept once, never changed."""
