"""What is known of a document before any pattern: its units' signatures, keys, options and contents lists."""
