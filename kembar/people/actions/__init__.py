"""Every write of accounts, members, holders of public office and contacts."""
