"""Kembar: the shared workspace of twin cities. `kembar map` prints the folders in their order."""
