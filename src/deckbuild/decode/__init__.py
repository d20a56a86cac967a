"""Decode: bytes become numbered lines of text, and double-encoded text is turned back."""
