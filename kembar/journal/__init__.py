"""What happened, who did it, when: append-only, without foreign keys, so that history outlives what it tells of."""
