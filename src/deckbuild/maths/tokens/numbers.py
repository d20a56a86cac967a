"""Numbers as languages write them: `1,000.5`, `6.02e23`, `0,5`."""

from __future__ import annotations

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens.token import Role, Token

_NUMBER = regex(r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?(?:[eE][-+−]?\d+(?![\w.]))?|\.\d+")
PLAIN_NUMBER = regex(r"\d+(?:\.\d+)?(?:[eE][-+−]?\d+(?![\w.]))?")
"""Digits, perhaps with a point and an exponent."""

_DECIMAL_COMMA = regex(r"\d+,\d+(?![\d,.])")
_GOES_ON = regex(r"\s?[-+−–*/·×÷^=<>≤≥≈)]|\s?[xX]\s|\s?[A-Za-zα-ω(√]")
"""What stands behind a number that is no item of a list."""

_OPERATORS = {Role.RELATION, Role.SUM, Role.PRODUCT, Role.SLASH}


def number_at(chars: str, at: int, before: Token | None, opened: bool) -> str:
    """The number that begins at a place behind a token; `opened` where it stands against a bracket."""
    if decimal := _with_comma(chars, at, before):
        return decimal
    match = _NUMBER.match(chars, at)
    if match and "," in match[0] and (opened or match[0].startswith("0")):
        match = PLAIN_NUMBER.match(chars, at)
    return match[0] if match else chars[at]


def _with_comma(chars: str, at: int, before: Token | None) -> str:
    """`0,5` of `y = 0,5x`: a number beside an operator that belongs to no list; empty for none."""
    match = _DECIMAL_COMMA.match(chars, at)
    if match is None or (before is not None and before.role is Role.COMMA):
        return ""
    behind = chars[match.end() :]
    bound = before is not None and before.role in _OPERATORS
    opened = before is None or before.role is Role.OPEN
    if opened and not (_GOES_ON.match(behind) and behind.lstrip()[:1] != ")"):
        return ""
    return match[0] if (bound or opened) and not behind.lstrip().startswith((",", "…", ";")) else ""
