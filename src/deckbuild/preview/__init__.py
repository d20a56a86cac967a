"""Preview: the web page that shows cards, sheet and ledger, and its server."""
