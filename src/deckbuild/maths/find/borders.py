"""Whether a sign that could part a line stands inside a formula: `P(A|B) = P(A ∩ B) / P(B)` is no pair of terms."""

from __future__ import annotations

from deckbuild.machine.regex import regex
from deckbuild.maths.find.runs import Stretch, flattened, stretches
from deckbuild.maths.find.spans import whole, within
from deckbuild.model import CodeSpan, Inlines
from deckbuild.model.text import inline_text

_CALCULATION = regex(r"[^A-Za-zα-ωΑ-Ω?]*")


def is_inside(content: Inlines, start: int, end: int) -> bool:
    """Whether the characters from `start` to `end` of a run's plain text belong to one of its formulas.

    A calculation and its result are a question and its answer all the same: `7 × 8 = 56`.
    """
    if _CALCULATION.fullmatch(inline_text(content)):
        return False
    at = 0
    for part in stretches(content):
        if not isinstance(part, Stretch):
            length = len(inline_text((part,)))
            if isinstance(part, CodeSpan) and at <= start < at + length:
                return any(
                    s.verdict.accepted and s.start < end - at and start - at < s.end for s in whole(part.text)
                )
            at += length
            continue
        place = 0
        for element, text in flattened(part.elements):
            length = len(inline_text((element,)))
            if at <= start < at + length and start - at < len(text):
                first, last = place + start - at, place + end - at
                return any(s.verdict.accepted and s.start < first and last < s.end for s in within(part.text))
            at, place = at + length, place + len(text)
    return False
