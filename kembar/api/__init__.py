"""The register for other programs: the same queries and actions as the pages, in JSON, under one description."""
