"""Derive: notes from tables, named formulas and marked text."""
