"""Brackets and bars, and what stands in them."""

from __future__ import annotations

from deckbuild.maths.tokens import signs
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tree.cursor import Cursor, NotAFormula
from deckbuild.maths.tree.expression import (
    Bars,
    Constant,
    Expression,
    Group,
    Listing,
)


def bars(cursor: Cursor, token: Token) -> Expression:
    """What stands between bars, the first one already taken."""
    cursor.open.append(token.text)
    content = cursor.grammar.expression(cursor, 0)
    cursor.open.pop()
    closing = cursor.peek()
    if closing is None or closing.role is not Role.BAR or closing.text != token.text:
        raise NotAFormula(f"{token.text} is not closed")
    cursor.at += 1
    return Bars(token.text, content)


def group(cursor: Cursor, token: Token) -> Expression:
    """What stands in brackets, the opening one already taken."""
    cursor.open.append("(")
    after = cursor.peek()
    content: Expression = Constant("")
    if after is not None and after.role is not Role.CLOSE:
        content = cursor.grammar.expression(cursor, 0)
    cursor.open.pop()
    closing = cursor.peek()
    if closing is None or closing.role is not Role.CLOSE:
        raise NotAFormula(f"{token.text} is not closed")
    cursor.at += 1
    mixed = {token.text, closing.text} <= {"(", "[", ")", "]"} and isinstance(content, Listing)
    if closing.text != signs.BRACKETS[token.text] and not (mixed and len(content.items) == 2):  # type: ignore[union-attr]
        raise NotAFormula(f"{token.text} is closed by {closing.text}")
    return Group(token.text, closing.text, content)
