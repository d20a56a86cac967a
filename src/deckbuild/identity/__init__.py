"""Identity: which note is which, from one build to the next."""
