"""Documents in random layouts, with the notes that a reader would find in them.

`sample.documents` writes one document for a seed: notes of our own (`notes/*.txt`) in layouts composed of
independent dimensions (`dimensions`), or a text without any notes (`negatives`).
"""
