"""Where formulas stand in a document."""
