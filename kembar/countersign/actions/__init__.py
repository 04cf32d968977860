"""Every write of confirmations: asking, opening with a code, answering."""
