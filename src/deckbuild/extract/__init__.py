"""Step 4, extract: which blocks ask and which answer.

Two independent factors: *shapes* propose candidates by who stands beside whom (`shapes`, `records`), *cues*
are named evidence for or against them (`cues`). One choice of candidates that don't overlap is made for the
whole document (`choose`), and the tree is built around it (`tree`).
"""
