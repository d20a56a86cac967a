"""Families of heads and the records that they cut the document into, each part with its role."""
