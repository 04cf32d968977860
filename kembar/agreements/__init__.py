"""Papers: parties, signatures, scope, dates, approvals; the legal state of a partnership is derived here."""
