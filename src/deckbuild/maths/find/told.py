"""Equations told in words, which are all of a line: `Cardiac output = stroke volume × heart rate`."""

from __future__ import annotations

import re

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.maths.find.segments import is_several
from deckbuild.maths.tree.leaves import text_of
from deckbuild.maths.weigh.recognise import judge
from deckbuild.maths.weigh.verdict import Evidence, Span

IN_WORDS = Evidence(1, "a line that is an equation", in_words=True)
CALCULATION = Evidence(4, "a line that is a calculation", in_words=True)
_EQUATION = regex(
    r"""\s*(?:[^\W\d_][^:=]{0,50}:\s+)?
    (?P<equation>(?=[^=]*=[^=]*$)(?=.*(?:[/÷×*·]|\s[+−–-]\s|\s[xX]\s))
    (?:[^\W\d_]|\((?=[^\W\d_]{2}))[^=:;.!?\ue000\[\]]{0,100}?(?P<remark>
      \s\((?:%|[a-z][a-z ]{2,20}|[A-Z]{2,6}|[a-zA-Z]{1,3}[²³]?(?:/[a-zA-Z]{1,4}[²³]?)?)\))?
    \s=\s[^=:;!?\ue000\[\]]{3,140}?)
    \s*(?:\.|(?<![-/÷×*·+−])\s[\[(](?=[a-z%])[^()\[\]]*[\])])?\s*""",
    re.VERBOSE,
)
"""A line that is one equation, perhaps behind a label and before a unit or a remark in brackets."""

_PRODUCT = regex(
    r"""\s*(?:(?:[^\W\d_][^:=]{0,50})?:\s+|(?=.*(?:\s[a-zà-ÿ]+|[\d)\]])$))
    (?P<equation>(?=.*(?:[÷×]|\)\s?/\s|\s/\s\())[\[(]*\w(?:[^=:;!?.,<>\ue000]|\.(?=\d)){5,140}?)\s*\.?\s*""",
    re.VERBOSE,
)
"""A line that is a calculation, behind a name or by itself: `Cardiac output: heart rate × stroke volume`.

By itself it doesn't end in a name with a capital, as hybrids of plants and works of two brands do.
"""

_NAMED = regex(r"^\\(?:text|mathrm)\{([^{}]*)\}")
"""The LaTeX of the name that an equation defines."""


def equation(text: str, symbols: frozenset[str], context: tuple[Evidence, ...]) -> Span | None:
    """The equation or calculation that is all of a text, or all behind a label; None where it is none.

    A remark behind the name belongs to the name: `Gross margin (%) = …`.
    """
    match = _EQUATION.fullmatch(text)
    if match is None:
        return _calculation(text, symbols, context)
    if is_several(match["equation"]):
        return None
    start, end = match.span("equation")
    remark = match["remark"] or ""
    verdict = judge(text[start:end].replace(remark, "", 1), symbols, (*context, IN_WORDS))
    if not verdict.accepted or verdict.tex is None:
        return None
    if remark:
        named = _NAMED.match(verdict.tex)
        if named is None:
            return None
        tex = text_of(named[1] + remark) + verdict.tex[named.end() :]
        verdict = replace(verdict, text=text[start:end], tex=tex)
    return Span(start, end, verdict)


def _calculation(text: str, symbols: frozenset[str], context: tuple[Evidence, ...]) -> Span | None:
    match = _PRODUCT.fullmatch(text)
    if match is None:
        return None
    start, end = match.span("equation")
    verdict = judge(text[start:end], symbols, (*context, CALCULATION))
    return Span(start, end, verdict) if verdict.accepted else None
