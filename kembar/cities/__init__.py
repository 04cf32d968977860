"""Countries, local governments with their level and names per language, and the world's cities."""
