"""Readers of other formats: each turns a file into lines of Markdown that know the lines they come from."""
