"""What the tokens before a place say of the sign that stands there."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens import words
from deckbuild.maths.tokens.token import Role, Token

_RAISED = regex(r"\^\s(?:\d+|[A-Za-z])(?!\w)")
_FORMULA = 60
"""Tokens that are looked back upon; few formulas have more."""


def closes_bar(found: Sequence[Token]) -> bool:
    """Whether a single bar is open, so that the first of two closes it: `|a||b|`."""
    depth = single = 0
    for token in found[:-_FORMULA:-1]:
        depth += (token.role is Role.CLOSE) - (token.role is Role.OPEN)
        if depth < 0:
            break
        single += depth == 0 and token.text == "|"
    return single % 2 == 1


def is_in_event(found: Sequence[Token]) -> bool:
    """Whether a bracket is open that holds an event: `P(A & B)`."""
    depth = 0
    for at in range(len(found) - 1, max(0, len(found) - _FORMULA), -1):
        depth += (found[at].role is Role.CLOSE) - (found[at].role is Role.OPEN)
        if depth < 0:
            return found[at - 1].text in words.PROBABILITIES and not found[at].spaced
    return False


def has_unit(found: Sequence[Token]) -> bool:
    """Whether a quantity with its unit stands before: `5 m + 3 m`."""
    return any(token.role is Role.UNIT for token in found[:-_FORMULA:-1])


def raises(text: str, at: int) -> bool:
    """Whether a caret with blanks around it stands here behind a base: `height ^ 2`."""
    return text[at] == "^" and _RAISED.match(text, at) is not None and bool(text[:at].strip())
