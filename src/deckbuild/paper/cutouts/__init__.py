"""The cut-outs: cards to print on both sides and cut."""
