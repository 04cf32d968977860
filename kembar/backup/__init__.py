"""The whole instance in one file and back: every table and every document, checked, on either database."""
