"""Inputs that a stranger's folder may hold, and what deckbuild must not do with them."""
