"""The wiring: settings, addresses, entry points. Nothing in the product imports it."""
