"""The ends of a segment of a text: whether it is whole, and which of the words beside it belong to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from deckbuild.maths.find.line import TokenLine
from deckbuild.maths.find.neighbours import OPERATORS
from deckbuild.maths.tokens.accents import is_ideographic
from deckbuild.maths.tokens.signs import GREEK_NAMES
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tokens.words import ABBREVIATIONS, CONNECTIVES, WORDS_OF_LANGUAGE
from deckbuild.maths.weigh.verdict import Evidence

_ENDS_NAMES = (WORDS_OF_LANGUAGE | CONNECTIVES) - {"of", "s.t."} | frozenset(
    "are because becomes called computes define defined defines denotes each equals every "
    "formula gets gives given "
    "hence here implies let like means minimise minimize maximise maximize namely note now "
    "obtain recall rule set "
    "since some such these thus use uses using was were which whose why will with yields".split()
)
"""Words that no name of a quantity begins after."""


def is_cut(line: TokenLine, start: int, end: int) -> bool:
    """Whether a sign at an end has no operand, or one beyond a barrier."""
    first, last = line.tokens[start], line.tokens[end - 1]
    if last.role in OPERATORS:
        return not (last.text in "*+-" and not last.spaced)
    if first.role in (Role.CARET, Role.UNDERSCORE, Role.SLASH, Role.PRODUCT):
        return True
    if first.role is Role.RELATION:
        return first.text == "=" or start > 0
    unary = first.text in "-−+±" and end - start > 1 and not line.tokens[start + 1].spaced
    return first.role is Role.SUM and not unary


def is_parenthesis(line: TokenLine, start: int, end: int) -> bool:
    """Whether brackets around a whole segment are the sentence's: `(Wx + b)`, but `(1-p)` is a factor."""
    inside = line.tokens[start + 1 : end - 1]
    wide = any(token.spaced for token in inside[1:])
    return (
        line.tokens[start].text == "("
        and (wide or len(inside) == 1)
        and Role.COMMA not in [t.role for t in inside]
    )


def is_torn(line: TokenLine, classes: str, start: int, end: int) -> bool:
    """Whether what stands against an end without white space is more than punctuation."""
    before, after = line.token(start - 1), line.token(end)
    if before is not None and not line.tokens[start].spaced:
        if before.text == "." and start > 1 and not before.spaced and line.tokens[start].text.isalnum():
            return True  # `list[3].a = 5`
        if (
            before.role in (Role.CLOSE, Role.WORD)
            or before.text in "%#@&$\\"
            or _is_alphabetic(before, line.tokens[start])
        ):
            return True
        if before.role in (Role.SUM, Role.SLASH) and classes[start - 1] == "w":
            return True
    if is_factor(line, end):
        return True
    if _is_unknown_sign(before) or _is_unknown_sign(after):
        return True
    if after is not None and after.role is Role.CLOSE and end not in line.partner:
        return True
    if before is not None and before.role is Role.OPEN and start - 1 not in line.partner:
        return True
    if after is not None and not after.spaced:
        if (
            after.role in (Role.OPEN, Role.WORD)
            or after.text in "#@&$\\%"
            or _is_alphabetic(after, line.tokens[end - 1])
        ):
            return True
        follows = line.token(end + 1)
        if after.text == "." and follows is not None and not follows.spaced:
            return True
        if after.role in (Role.SUM, Role.SLASH) and classes[end] == "w":
            return True
    return (
        "…" in (line.tokens[start].text, line.tokens[end - 1].text[:1])
        and end - start > 1
        and not any(token.role in (Role.COMMA, Role.SUM, Role.PRODUCT) for token in line.tokens[start:end])
    )


def _is_alphabetic(token: Token, inner: Token) -> bool:
    """Whether letters stand against the end of a segment that a language with blanks would part from it."""
    if not token.text.isalnum():
        return False
    return not is_ideographic(token.text) or inner.role is Role.NUMBER


def is_factor(line: TokenLine, at: int) -> bool:
    """Whether two capitals behind a bracket may be factors."""
    before, run = line.token(at - 1), line.token(at)
    return (
        before is not None
        and before.role is Role.CLOSE
        and run is not None
        and run.role is Role.WORD
        and run.text.isupper()
        and len(run.text) == 2
        and run.text not in ABBREVIATIONS
    )


def reach(line: TokenLine, classes: str) -> list[int]:
    """For each token how far the brackets up to it reach that belong to a formula."""
    ends = (
        line.partner.get(at, len(line.tokens))
        if token.role is Role.OPEN and _is_operand(line, classes, at)
        else 0
        for at, token in enumerate(line.tokens)
    )
    return list(accumulate(ends, max))


def _is_operand(line: TokenLine, classes: str, opening: int) -> bool:
    """Whether what stands around a bracket makes it an argument, a factor or a term."""
    end = line.partner.get(opening)
    if line.glued(opening) and classes[opening - 1] == "m":
        return True
    if end is None:
        return False
    before, after = classes[max(0, opening - 1)], classes[end + 1 : end + 2]
    return (opening > 0 and before == "o") or after == "o"


def with_name(line: TokenLine, classes: str, start: int) -> int:
    """The start moved left over the other words of a name: `learning rate = …`."""
    name, after = line.tokens[start], line.token(start + 1)
    if (
        name.role is not Role.WORD
        or len(name.text) < 3
        or name.text.isupper()
        or name.text in GREEK_NAMES
        or after is None
        or after.text not in ("=", "≈", "∝", "≔", ":=")
    ):
        return start
    first = start
    while (word := line.token(first - 1)) and word.role is Role.WORD and classes[first - 1] == "w":
        if word.text.lower() in _ENDS_NAMES:
            return first
        first -= 1
    if start - first > 4:
        return start
    return first


def is_hyphened(line: TokenLine, start: int, end: int) -> bool:
    """`A-a gradient`: whether a segment is two letters with a hyphen between, and a word goes on behind them."""
    parts, after = line.tokens[start:end], line.token(end)
    return (
        [part.role for part in parts] == [Role.LETTER, Role.SUM, Role.LETTER]
        and not (parts[1].spaced or parts[2].spaced)
        and after is not None
        and after.role is Role.WORD
    )


def surroundings(line: TokenLine, classes: str, start: int, end: int) -> Iterator[Evidence]:
    """What the words beside a segment say against it."""
    last, after = line.tokens[end - 1], line.token(end)
    if last.role is Role.WORD and after is not None and after.role is Role.WORD:
        before_last = line.token(end - 2)
        named = before_last is not None and classes[end - 2] == "o" and before_last.role in OPERATORS
        if named and after.text.lower() not in _ENDS_NAMES and end - start > 1:
            yield Evidence(-4, "the sentence continues after it")
    if is_hyphened(line, start, end):
        yield Evidence(-4, "letters with a hyphen before a word")
    first, before = line.tokens[start], line.token(start - 1)
    if first.role is Role.WORD and before is not None and before.role is Role.WORD:
        bound = line.token(start + 1)
        long = len(first.text) > 2 and not first.text.isupper() and first.text not in GREEK_NAMES
        if (
            long
            and bound is not None
            and bound.role is Role.RELATION
            and before.text.lower() not in _ENDS_NAMES - {"to"}
        ):
            yield Evidence(-20, "the words before it belong to it")


def _is_unknown_sign(token: Token | None) -> bool:
    """Whether a token is a sign of mathematics that no formula holds; `∴` and its kin part sentences."""
    return (
        token is not None
        and token.role is Role.OTHER
        and unicodedata.category(token.text[0]) == "Sm"
        and token.text not in "∴∵∎"
    )
