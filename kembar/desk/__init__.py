"""The officer's desk: what is due, the partners' files, their sources, and what visitors reported."""
