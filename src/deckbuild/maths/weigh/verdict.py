"""What is said of a piece of text: reasons for and against a formula, and the verdict that they add up to.

These are mere values: documents without mathematics are read with nothing else of this folder loaded.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

ENOUGH = 3.0
"""The score from which on text is set as mathematics."""


class Evidence(Struct, frozen=True):
    """One reason for or against a formula; `in_words` for a place where formulas may be told in words."""

    weight: float
    reason: str
    in_words: bool = False


class Verdict(Struct, frozen=True):
    """What became of a piece of text: `tex` if it parses, and how much speaks for a formula.

    `symbols` are the letters and names that stand in it, `told` those of them that it doesn't define.
    """

    text: str
    tex: str | None
    score: float
    why: tuple[Evidence, ...] = ()
    guesses: tuple[str, ...] = ()
    problem: str = ""
    symbols: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    def with_evidence(self, part: Evidence) -> Verdict:
        """The verdict with one more reason."""
        return replace(self, score=self.score + part.weight, why=(*self.why, part))

    @property
    def accepted(self) -> bool:
        """Whether the text is set as mathematics."""
        return self.tex is not None and self.score >= ENOUGH

    @property
    def reason(self) -> str:
        """The score and its parts, for people."""
        parts = ", ".join(f"{part.weight:+g} {part.reason}" for part in self.why if part.weight)
        return f"{self.score:g}: {parts}"


class Span(Struct, frozen=True):
    """A formula, or what was nearly one, at `start` to `end` of a text."""

    start: int
    end: int
    verdict: Verdict
