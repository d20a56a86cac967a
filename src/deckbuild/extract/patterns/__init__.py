"""Patterns with their evidence, how likely each is right, and the choice for the whole document."""
