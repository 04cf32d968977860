"""What falls due for whom, gathered from all concepts: each member's own calendar."""
