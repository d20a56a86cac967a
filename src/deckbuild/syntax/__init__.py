"""Syntax: lines become blocks with spans."""
