"""Alternatives in words: `f(x) = A if c, B otherwise`, `A if c else B`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tree.cursor import NotAFormula
from deckbuild.maths.tree.expression import Binary, Cases, Constant, Expression

_CONDITIONS = ("if", "when", "for")
_REST = frozenset(("otherwise", "else"))


def piecewise(found: Sequence[Token], part: Callable[[Sequence[Token]], Expression]) -> Expression | None:
    """The tree of a formula with alternatives; None where it has none. `part` reads a piece of it."""
    top = list(_top_level(found))
    words = {token.text for token, level in top if level == 0 and token.role is Role.WORD}
    several = sum(token.text == "for" for token, level in top if level == 0) > 1
    if not words & {"if", *_REST} and not several:
        return None
    conditions = [n for n, (token, level) in enumerate(top) if level == 0 and token.text in _CONDITIONS]
    start = 0
    for n, (token, level) in enumerate(top[: conditions[0] if conditions else 0]):
        if level == 0 and token.text in ("=", ":=", "≔"):
            start = n + 1
    rows = [_row(piece, part) for piece in _rows(found[start:])]
    if len(rows) < 2:
        return _last_of_several(found, part) if words & _REST else None
    value = Cases(tuple(rows))
    if not start:
        return value
    return Binary("relation", found[start - 1].text.replace("≔", ":="), part(found[: start - 1]), value)


def _last_of_several(found: Sequence[Token], part: Callable[[Sequence[Token]], Expression]) -> Expression:
    """`|x| = -x otherwise`, whose other cases are formulas of their own: words behind it, never a lone brace."""
    if found[-1].text not in _REST or found[0].text == "{":
        raise NotAFormula("a case stands alone")
    return Binary("words", found[-1].text, part(found[:-1]), Constant(""))


def _row(
    piece: Sequence[Token], part: Callable[[Sequence[Token]], Expression]
) -> tuple[Expression, Expression | None]:
    if piece[0].text in _REST:
        piece = piece[1:]
    for n, (token, level) in enumerate(_top_level(piece)):
        if level == 0 and token.text in _CONDITIONS and n:
            return part(piece[:n]), part(piece[n + 1 :])
    return part(piece), None


def _top_level(found: Sequence[Token]) -> Iterable[tuple[Token, int]]:
    """Tokens with the number of brackets around them."""
    level = 0
    for token in found:
        level -= token.role is Role.CLOSE
        yield token, level
        level += token.role is Role.OPEN


def _rows(found: Sequence[Token]) -> list[list[Token]]:
    """The alternatives of a piecewise formula, parted by commas, semicolons, `else` and `otherwise`."""
    if found and found[0].text == "{":
        found = found[1:-1] if found[-1].text == "}" else found[1:]
    rows: list[list[Token]] = [[]]
    for token, level in _top_level(found):
        parts = token.role in (Role.COMMA, Role.SEMICOLON) or token.text in _REST
        if level or not parts:
            rows[-1].append(token)
        elif rows[-1]:
            rows.append([])
    kept = [row for row in rows if row]
    if any(row[-1].text in ("if", "for", "when") for row in kept):
        raise NotAFormula("a condition is missing")
    return kept
