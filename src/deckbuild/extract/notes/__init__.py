"""Records and rows become candidates for notes."""
