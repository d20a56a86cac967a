"""What the model becomes: fields and packages for Anki, and pages. No writer looks at a source."""
