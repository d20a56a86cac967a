"""Cards: a note rendered to the fields of its note type, and its sides."""
