"""What is said of calculations in words: why they are found, and from which score on."""

from __future__ import annotations

from deckbuild.maths.weigh.verdict import Evidence, Verdict

IN_WORDS = Evidence(1, "a line that is an equation", in_words=True)
CLAUSE = Evidence(1, "a clause that is an equation", in_words=True)
BRACKETED = Evidence(0, "a calculation in brackets", in_words=True)
CALCULATION = "a line that is a calculation"

_REASONS = frozenset({IN_WORDS.reason, CLAUSE.reason, BRACKETED.reason, CALCULATION})

WEAK = 1.0
"""The score from which on a text is a calculation where the document has others."""


def is_calculation(verdict: Verdict) -> bool:
    """Whether a verdict is about a calculation in words."""
    return any(part.reason in _REASONS for part in verdict.why)
