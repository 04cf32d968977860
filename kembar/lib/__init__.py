"""Dates with precision, working days, text, tables: just as true in any other product."""
