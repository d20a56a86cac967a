"""Tokens as trees, and trees as LaTeX."""
