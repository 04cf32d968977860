"""What was promised, by whom, by when, from which sentence of which source, and whether it was kept."""
