"""The legal road from idea to signature: every step, who holds it, since when."""
