"""Packages: `.apkg` files written, read back and compared."""
