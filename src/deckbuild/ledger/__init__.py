"""Ledger: one fate for every line, and the words that none lost."""
