"""Where a fact comes from: documents, the claims they make, and the office's decision on each."""
