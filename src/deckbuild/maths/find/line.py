"""A text of words and formulas as tokens, and the places of their brackets."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from deckbuild.maths.tokens.lexer import tokens
from deckbuild.maths.tokens.signs import BRACKETS
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tree.cursor import DEEPEST


class TokenLine(Struct, frozen=True):
    """A text of words and formulas as tokens; `partner` has the place of the other bracket of a pair."""

    text: str
    tokens: tuple[Token, ...]
    partner: dict[int, int]

    def token(self, at: int) -> Token | None:
        """The token at a place; None outside of the text."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def glued(self, at: int) -> bool:
        """Whether no white space stands before the token."""
        return 0 < at < len(self.tokens) and not self.tokens[at].spaced


def tokenised(text: str) -> TokenLine:
    """The tokens of a text, and which brackets belong together."""
    found = tuple(tokens(text))
    return TokenLine(text, found, _partners(found))


def _partners(found: Sequence[Token]) -> dict[int, int]:
    """Brackets and their partners, both ways; those without one are left out.

    So are those with more levels of others inside than a formula may have: looking through each pair would
    take time for all that they hold once a level.
    """
    partners: dict[int, int] = {}
    stack: list[int] = []
    levels = [0]
    for at, token in enumerate(found):
        if token.role is Role.OPEN:
            stack.append(at)
            levels.append(0)
        elif token.role is Role.CLOSE and stack:
            opening = found[stack[-1]].text
            if BRACKETS[opening] == token.text or {opening, token.text} <= {"(", "[", ")", "]"}:
                inside = levels.pop()
                if inside < DEEPEST:
                    partners[stack[-1]], partners[at] = at, stack[-1]
                levels[-1] = max(levels[-1], inside + 1)
                stack.pop()
    return partners
