"""HTML: blocks as cards and pages show them."""
