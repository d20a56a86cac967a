"""Formulas put into the blocks of a document."""
