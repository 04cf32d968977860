"""Who may do what, on one page."""
