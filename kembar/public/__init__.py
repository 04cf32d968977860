"""The site everyone sees: the register, a page per partner, the same as files."""
