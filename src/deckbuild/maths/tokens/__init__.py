"""Text of formulas as tokens."""
