"""One prose text in several languages: the original, what machines and people made of it, the official text."""
