"""Where formulas stand in a text. What knows mathematics is loaded for the first text that may have some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from deckbuild.machine.regex import regex
from deckbuild.maths.find.addresses import masked
from deckbuild.maths.tokens.signs import NON_ASCII
from deckbuild.maths.weigh.verdict import Evidence, Span

PROSE = Evidence(-1, "running prose")

_SIGNS = "".join(sorted(NON_ASCII - set("–•…’")))
_TRIGGER = regex(
    rf"[=<>^{re.escape(_SIGNS)}\u0300-\u036f\u2100-\u214f\U0001d400-\U0001d7ff]"
    r"|[A-Za-z]_[\w{]|\|[^|]+\||\w!|[\dA-Za-z]'?\(|(?<![\w-])[A-Za-z0-9]{1,3}\s?[-+*/−]\s?[\dA-Za-z(]|\)\s?[-+*/−]\s?[\w(]"
)
"""Something that every formula in running text has; most text has none of it, and is done with."""

_SIGN = regex(rf"[-+*/−=<>^_|!(){re.escape(_SIGNS)}\u0300-\u036f\u2100-\u214f\U0001d400-\U0001d7ff]")
"""What every alternative of `_TRIGGER` has somewhere; looked for first, since that is quick."""

_WORDS_ONLY = regex(r"[\sA-Za-zÀ-ÿ,.:;'’\"“”?-]*|[\d\s.,%]*")


def whole(text: str, symbols: Iterable[str] = (), context: Sequence[Evidence] = ()) -> list[Span]:
    """The formulas of a text that may be one as a whole: a cell, a code span, a line of a block.

    Where there is none, the whole with what speaks against it; nothing for mere words and numbers.
    """
    if len(text) > 1 and _WORDS_ONLY.fullmatch(text):
        return []
    if masked(text) != text:
        return [span for span in within(text, symbols, context) if span.verdict.accepted]
    from deckbuild.maths.find.segments import is_several
    from deckbuild.maths.weigh.recognise import judge

    start = len(text) - len(text.lstrip())
    body = text.strip()
    if body.endswith((".", ",", ";")) and not body.endswith("..."):
        body = body[:-1].rstrip()
    verdict = judge(body, symbols, context)
    if verdict.accepted and not is_several(body):
        return [Span(start, start + len(body), verdict)]
    found = [span for span in within(text, symbols, context) if span.verdict.accepted]
    return found or [Span(start, start + len(body), verdict)]


def within(text: str, symbols: Iterable[str] = (), context: Sequence[Evidence] = (PROSE,)) -> list[Span]:
    """The formulas in running text, and near misses, in order and apart."""
    if not (_SIGN.search(text) and _TRIGGER.search(text)):
        return []
    from deckbuild.maths.find.segments import spans

    text = masked(text)

    return list(spans(text, symbols, context))
