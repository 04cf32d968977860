"""Accounts and sign-in, the members of each office, holders of public office, contacts of the other side."""
