"""Collection: its root, its settings, its documents and their images."""
