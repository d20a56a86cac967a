"""Whether one piece of text, taken as a whole, is a formula, and what it is in LaTeX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from deckbuild.maths.tokens.chemistry import substance
from deckbuild.maths.tree.expression import symbols_of, told_of
from deckbuild.maths.tree.latex import latex
from deckbuild.maths.tree.parser import NotAFormula, parse
from deckbuild.maths.weigh.evidence import evidence
from deckbuild.maths.weigh.verdict import Evidence, Verdict

LONGEST = 400
"""Characters of a formula; parsing takes time that grows with the square of its length."""


def judge(
    text: str, symbols: Iterable[str] = (), context: Sequence[Evidence] = (), told: bool = False
) -> Verdict:
    """The verdict over the whole of `text`, at a place that `context` speaks of; `told` where it may be in words."""
    used = tuple(sorted(symbol for symbol in symbols if symbol in text))
    return _judge(text.strip(), used, tuple(context), told)


@lru_cache(maxsize=4096)
def _judge(text: str, symbols: tuple[str, ...], context: tuple[Evidence, ...], told: bool) -> Verdict:
    if len(text) > LONGEST:
        return Verdict(text, None, 0, problem="it is too long")
    try:
        parsed = parse(text, symbols, told)
    except NotAFormula as error:
        return Verdict(text, None, 0, problem=str(error))
    in_words = any(part.in_words for part in context)
    why = (*context, *evidence(text, parsed.tokens, parsed.expression, symbols, in_words))
    score = sum(part.weight for part in why)
    tree = parsed.expression
    names = symbols_of(tree), told_of(tree)
    return Verdict(text, substance(text) or latex(tree), score, why, parsed.guesses, "", *names)
