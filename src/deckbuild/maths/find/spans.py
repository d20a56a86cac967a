"""Where formulas stand in a text. What knows mathematics is loaded for the first text that may have some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from deckbuild.machine.regex import regex
from deckbuild.maths.find.links import link_marks
from deckbuild.maths.find.quiet import WORDS_ONLY
from deckbuild.maths.find.sign import SIGN, SIGNS
from deckbuild.maths.tokens.signs import GREEK_NAMES
from deckbuild.maths.weigh.verdict import Evidence, Span, Verdict

SURELY = Evidence(8, "a reaction")
PROSE = Evidence(-1, "running prose")

_TRIGGER = regex(
    rf"[=<>^{re.escape(SIGNS)}\u0300-\u036f\u2100-\u214f\U0001d400-\U0001d7ff]"
    r"|(?<![A-Za-z])[A-Z] [xX] [A-Z](?![A-Za-z])"
    r"|[＝＋／]|[^\W\d_)]\s?[/*]\s?[\d(]|\d x \w|\w x ?\d|[A-Za-z]_[\w{]|\|[^|]+\||\w!|[\dA-Za-z]'?\("
    r"|(?<![\w-])[A-Za-z0-9]{1,3}\s?[-+*/−]\s?[\dA-Za-z(]|\)\s?[-+*/−]\s?[\w(]"
)
"""Something that every formula in running text has; most text has none of it, and is done with."""

_NUMBERED = regex(r"(?P<words>(?:[A-Za-z]+ )*[A-Za-z]+) ?\d{3,}")
"""Words with a number of three digits or more, glued to them or apart: the name of one thing among many."""

_GREEK = frozenset(name.lower() for name in GREEK_NAMES)


def whole(text: str, symbols: Iterable[str] = (), context: Sequence[Evidence] = ()) -> list[Span]:
    """The formulas of a text that may be one as a whole: a cell, a code span, a line of a block.

    Where there is none, the whole with what speaks against it; nothing for mere words and numbers.
    """
    if len(text) > 1 and WORDS_ONLY.fullmatch(text):
        return []
    from deckbuild.maths.find.masks import masked
    from deckbuild.maths.find.segments import is_several
    from deckbuild.maths.tokens.chemistry import reactions
    from deckbuild.maths.weigh.recognise import judge

    start = len(text) - len(text.lstrip())
    body = text.strip()
    if body.endswith((".", ",", ";")) and not body.endswith("..."):
        body = body[:-1].rstrip()
    if not any(part.weight > 0 for part in context) and _is_numbered(body):
        return []
    if masked(body) != body or any(reactions(body)):
        return _accepted(within(text, symbols, context))
    verdict = judge(body, symbols, context)
    if verdict.accepted and not is_several(body):
        return [Span(start, start + len(body), verdict)]
    return _accepted(within(text, symbols, context)) or [Span(start, start + len(body), verdict)]


def _is_numbered(text: str) -> bool:
    """Whether a text is `ISO 9001`, `wave 128` or `x1998`, which long tables are full of, and not `sin 120`."""
    found = _NUMBERED.fullmatch(text)
    if found is None:
        return False
    from deckbuild.maths.tokens import words

    named = found["words"].split()
    return words.FUNCTIONS.isdisjoint(named) and not any(word.lower() in _GREEK for word in named)


def _accepted(found: Iterable[Span]) -> list[Span]:
    return [span for span in found if span.verdict.accepted]


def within(text: str, symbols: Iterable[str] = (), context: Sequence[Evidence] = (PROSE,)) -> list[Span]:
    """The formulas in running text, and near misses, in order and apart."""
    if not (SIGN.search(text) and _TRIGGER.search(text)):
        return []
    return list(_within(text, frozenset(symbols).intersection(text), tuple(context)))


@lru_cache(maxsize=4096)
def _within(text: str, symbols: frozenset[str], context: tuple[Evidence, ...]) -> tuple[Span, ...]:
    """Kept, since a document is read twice: once for its symbols, once with them."""
    from deckbuild.maths.find.masks import BLOT, masked
    from deckbuild.maths.find.segments import spans
    from deckbuild.maths.find.told import told
    from deckbuild.maths.tokens.chemistry import reactions

    seen = masked(text)
    found = [
        Span(r.start, r.end, Verdict(text[r.start : r.end], r.tex, SURELY.weight, (SURELY,)))
        for r in reactions(text)
    ]
    weak: list[Span] = []
    if not found and "\t" not in text:
        for span in told(text, symbols, context):
            if seen[span.start : span.end] == text[span.start : span.end]:
                (found if span.verdict.accepted else weak).append(span)
    for span in found:
        seen = seen[: span.start] + BLOT * (span.end - span.start) + seen[span.end :]
    found += (_with_links(span, text) for span in spans(seen, symbols, context))
    if weak:
        sure = [span for span in found if span.verdict.accepted]
        weak = [one for one in weak if not any(one.start < s.end and s.start < one.end for s in sure)]
        found = [s for s in found if not any(one.start < s.end and s.start < one.end for one in weak)] + weak
    return tuple(sorted((s for s in found if not _is_said(s, text)), key=lambda span: span.start))


_RELATION = regex(r"[=≈≠<>≤≥∝≡:]")
_OPERATOR = regex(r"[×÷·*+^√∑]|\s/|\)\s?[x/]")
_WORD = regex(r"(?:(?![ᴬ-ᵿ])[^\W\d_]){3,}+")
_GOES_BEFORE, _GOES_ON = regex(r"(?:[^\W\d_]{2,}[.)]?|%) $"), regex(r" ?[^\W\d_]")
_DASHED = regex(r"[^\W\d_]{4,}\S* [-–] | [-–] [^\W\d_]{4,}")


def _is_said(span: Span, text: str) -> bool:
    """Whether what relates nothing is a part of a sentence.

    Where words stand before and behind it, nothing tells where a name in it begins: of `Net debt / EBIT tells …` only
    half would be set. A dash beside a word, and no other sign, says what something is: `s - displacement (m)`.
    """
    if not span.verdict.accepted or _RELATION.search(span.verdict.text):
        return False
    if _DASHED.search(span.verdict.text) and not _OPERATOR.search(span.verdict.text):
        return True
    name = _WORD.match(text, span.start)
    if name is None or not (_GOES_BEFORE.search(text[: span.start]) and _GOES_ON.match(text, span.end)):
        return False
    from deckbuild.maths.tokens.words import FUNCTIONS

    return name[0] not in FUNCTIONS and text[name.end() : name.end() + 1] != "("


def _with_links(span: Span, text: str) -> Span:
    """The span of a masked text with the marks of links that stand against it."""
    start, end = span.start, span.end
    for first, last in link_marks(text):
        start = first if last == start else start
        end = last if first == end else end
    return Span(start, end, span.verdict)
