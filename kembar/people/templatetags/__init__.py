"""How people's things are written."""
