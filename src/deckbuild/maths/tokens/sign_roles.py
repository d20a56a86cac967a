"""The signs of formulas that are a token by themselves, and the role of each."""

from __future__ import annotations

from deckbuild.maths.tokens import signs
from deckbuild.maths.tokens.token import Role

_LONG = (
    ("...", Role.CONSTANT),
    ("+/-", Role.SUM),
    ("+-", Role.SUM),
    ("%Δ", Role.PREFIX),
    ("||", Role.BAR),
    ("<=", Role.RELATION),
    (">=", Role.RELATION),
    ("=<", Role.RELATION),
    ("!=", Role.RELATION),
    ("~=", Role.RELATION),
    ("<<", Role.RELATION),
    (">>", Role.RELATION),
    (":=", Role.RELATION),
    ("->", Role.ARROW),
    ("<-", Role.ARROW),
    ("=>", Role.ARROW),
    ("**", Role.CARET),
    ("==", Role.RELATION),
    ("..", Role.CONSTANT),
)
"""Tokens of several signs; the first that fits is taken."""

BEGINS = {first[0]: [(sign, role) for sign, role in _LONG if sign[0] == first[0]] for first, _ in _LONG}
"""Tokens of several signs by their first one."""

SPELLED = {"**": "^", "+/-": "±", "+-": "±"}
"""What some of them are written as in a token."""

SINGLE = {
    **dict.fromkeys(signs.PREFIXES, Role.PREFIX),
    **dict.fromkeys(signs.BIG, Role.BIG),
    **dict.fromkeys(signs.ROOTS, Role.ROOT),
    **dict.fromkeys(signs.CONSTANTS, Role.CONSTANT),
    **dict.fromkeys(signs.BRACKETS, Role.OPEN),
    **dict.fromkeys(signs.BRACKETS.values(), Role.CLOSE),
    **dict.fromkeys(signs.SUMS.keys() - {"&"}, Role.SUM),
    **dict.fromkeys(signs.PRODUCTS, Role.PRODUCT),
    **dict.fromkeys("/⁄∕", Role.SLASH),
    **{sign: Role.RELATION for sign in signs.RELATIONS if len(sign) == 1},
    **{sign: Role.ARROW for sign in signs.ARROWS if len(sign) == 1},
    **dict.fromkeys("|∣‖", Role.BAR),
    "^": Role.CARET,
    "_": Role.UNDERSCORE,
    ",": Role.COMMA,
    ";": Role.SEMICOLON,
}
"""Tokens of one sign."""

_SIGNS = {
    tex.strip(): sign
    for table in (signs.PRODUCTS, signs.SUMS, signs.ARROWS, signs.RELATIONS, signs.PREFIXES, signs.BIG)
    for sign, tex in reversed(table.items())
} | {
    r"\rightarrow": "→",
    r"\leq": "≤",
    r"\geq": "≥",
    r"\neq": "≠",
    r"\sum": "∑",
    r"\prod": "∏",
    r"\Sigma": "∑",
}


def sign_of(tex: str) -> str:
    r"""The sign that LaTeX of one command is: `×` for `\times`; empty for all else."""
    return _SIGNS.get(tex, "")


COMMANDS = signs.GREEK_NAMES | {
    "epsilon",
    "times",
    "cdot",
    "div",
    "pm",
    "leq",
    "geq",
    "le",
    "ge",
    "neq",
}
"""Commands of LaTeX that are one sign, which authors also write outside of LaTeX."""

WIDE = dict(zip("＝＋－／＜＞", "=+-/<>", strict=True))
"""Signs as wide as a Chinese character, and what they are."""
