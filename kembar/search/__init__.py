"""One box over everything: tokens are made here in Python, both databases only find them."""
