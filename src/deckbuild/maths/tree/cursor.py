"""The ground of the parser: a cursor over tokens, and how tight operators bind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from deckbuild.maths.tokens import words
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tree.expression import Expression

DEEPEST = 40
"""Brackets, scripts and signs inside each other that are read; more is no formula of a person."""

SEMICOLON, WORD, COMMA, GIVEN, JOINED, ARROW, RELATION = 2, 3, 4, 10, 12, 15, 20
SUM, MINUS, PRODUCT, SLASH, TIGHT_PRODUCT, BESIDE, PREFIX, ROOT = 30, 35, 40, 50, 52, 60, 65, 69
"""How tight operators bind, loose to tight."""

_STARTS = frozenset(
    {
        Role.NUMBER,
        Role.UNIT,
        Role.LETTER,
        Role.WORD,
        Role.OPEN,
        Role.ROOT,
        Role.PREFIX,
        Role.BIG,
        Role.CONSTANT,
    }
)


class NotAFormula(Exception):
    """The text doesn't parse; the message says why, for the user."""


class ReadExpression(Protocol):
    """Reads an expression at a cursor."""

    def __call__(
        self, cursor: Cursor, power: int, tight: bool = False, no_wide_slash: bool = False
    ) -> Expression:
        """An expression whose operators bind tighter than `power`.

        `tight` ends juxtaposition at white space, `no_wide_slash` ends it before a spaced `/`.
        """


class Grammar(Struct, frozen=True):
    """What scripts, operands and expressions need of each other: each may stand in the others.

    `atom` reads the operand that begins with a token already taken, without its scripts; `part` the tree of
    other tokens, with nothing left over.
    """

    expression: ReadExpression
    atom: Callable[[Cursor, Token], Expression]
    part: Callable[[Cursor, Sequence[Token]], Expression]


class Cursor:
    """A place in the tokens, the brackets and bars that are open there, and what was guessed on the way."""

    def __init__(
        self, found: Sequence[Token], symbols: tuple[str, ...], grammar: Grammar, depth: int = 0
    ) -> None:
        self.tokens = found
        self.symbols = symbols
        self.grammar = grammar
        self.at = 0
        self.depth = depth
        self.open: list[str] = []
        self.guesses: list[str] = []

    def peek(self, ahead: int = 0) -> Token | None:
        """The token that comes `ahead` tokens behind the next one; None past the end."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def next(self) -> Token:
        """Take the next token. Raises `NotAFormula` at the end."""
        token = self.peek()
        if token is None:
            raise NotAFormula("it ends too early")
        self.at += 1
        return token

    def starts(self, token: Token | None) -> bool:
        """Whether an operand can begin with the token."""
        if token is None or (token.role is Role.WORD and token.text in words.CONNECTIVES):
            return False
        if token.role is Role.BAR:
            return not (self.open and self.open[-1] == token.text) and not self.is_given(token)
        return token.role in _STARTS

    def is_given(self, bar: Token) -> bool:
        """A bar without a partner up to the closing bracket parts what is asked from what is given."""
        depth, count = 0, 0
        for token in self.tokens[self.at :]:
            depth += (token.role is Role.OPEN) - (token.role is Role.CLOSE)
            if depth < 0:
                break
            count += depth == 0 and token.role is Role.BAR and token.text == bar.text
        return (not self.open or self.open[-1] == "(") and count % 2 == 1
