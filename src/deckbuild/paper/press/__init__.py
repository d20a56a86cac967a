"""The press: HTML becomes PDF."""
