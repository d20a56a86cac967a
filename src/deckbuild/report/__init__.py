"""Report: diagnostics, and how users and other programs are told of them."""
