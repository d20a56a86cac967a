"""Step 4, extract: which lines ask and which answer.

`page` is all that is known of a document's units before anything is proposed; `records` cuts what repeats into heads
and answers; `patterns` judges each repetition by evidence pooled over its members and chooses those that give notes;
`notes` makes the notes of what was chosen, and `tree` is built around them. What the author marks comes first
(`declared`, `marks`, `vault_marks`); `words` holds the words of each language.
"""
