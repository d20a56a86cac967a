"""Whether one piece of text, taken as a whole, is a formula, and what it is in LaTeX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from deckbuild.maths.tree.latex import latex
from deckbuild.maths.tree.parser import NotAFormula, parse
from deckbuild.maths.weigh.evidence import ENOUGH, evidence
from deckbuild.maths.weigh.tree_evidence import Evidence

LONGEST = 400
"""Characters of a formula; parsing takes time that grows with the square of its length."""


class Verdict(Struct, frozen=True):
    """What became of a piece of text: `tex` if it parses, and how much speaks for a formula."""

    text: str
    tex: str | None
    score: float
    why: tuple[Evidence, ...] = ()
    guesses: tuple[str, ...] = ()
    problem: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the text is set as mathematics."""
        return self.tex is not None and self.score >= ENOUGH

    @property
    def reason(self) -> str:
        """The score and its parts, for people."""
        parts = ", ".join(f"{part.weight:+g} {part.reason}" for part in self.why if part.weight)
        return f"{self.score:g}: {parts}"


def judge(text: str, symbols: Iterable[str] = (), context: Sequence[Evidence] = ()) -> Verdict:
    """The verdict over the whole of `text`, at a place that `context` speaks of."""
    return _judge(text.strip(), tuple(sorted(symbols)), tuple(context))


@lru_cache(maxsize=4096)
def _judge(text: str, symbols: tuple[str, ...], context: tuple[Evidence, ...]) -> Verdict:
    if len(text) > LONGEST:
        return Verdict(text, None, 0, problem="it is too long")
    try:
        parsed = parse(text, symbols)
    except NotAFormula as error:
        return Verdict(text, None, 0, problem=str(error))
    in_words = any(part.in_words for part in context)
    why = (*context, *evidence(text, parsed.tokens, parsed.expression, symbols, in_words))
    return Verdict(text, latex(parsed.expression), sum(part.weight for part in why), why, parsed.guesses)
