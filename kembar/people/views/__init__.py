"""The pages of accounts and members."""
