"""The sheet: all of a library in little space."""
