"""A Pratt parser for formulas as people type them.

Binding, tight to loose: scripts, primes and `!`; the prefixes ∂ ∇ Δ √; juxtaposition; `/`; `× · *`; minus in
front; `+ -`; relations; arrows; words; commas; semicolons. Juxtaposition binds tighter than `/`, as in
UnicodeMath and in print: `QKᵀ/√dₖ` is one fraction. White space decides where a fraction ends: `a/b c` is
(a/b)c, `a / b c` is a/(bc).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from msgspec import Struct

from deckbuild.maths.tokens import signs
from deckbuild.maths.tokens.letters import resolve
from deckbuild.maths.tokens.lexer import tokens
from deckbuild.maths.tokens.phrases import phrased
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tree.cursor import (
    ARROW,
    BESIDE,
    COMMA,
    DEEPEST,
    GIVEN,
    JOINED,
    PRODUCT,
    RELATION,
    SEMICOLON,
    SLASH,
    SUM,
    TIGHT_PRODUCT,
    WORD,
    Cursor,
    Grammar,
    NotAFormula,
)
from deckbuild.maths.tree.expression import (
    Binary,
    Expression,
    Listing,
    Measure,
    Name,
    Number,
    Product,
    Range,
    Symbol,
)
from deckbuild.maths.tree.fractions import awaits_argument, divided
from deckbuild.maths.tree.operands import atom, operand
from deckbuild.maths.tree.piecewise import piecewise

__all__ = ["NotAFormula", "Parsed", "parse"]


class Parsed(Struct, frozen=True):
    """The tree of a formula, what had to be guessed to read it, and the tokens it was read from."""

    expression: Expression
    guesses: tuple[str, ...]
    tokens: tuple[Token, ...]


def parse(text: str, symbols: Iterable[str] = (), told: bool = False) -> Parsed:
    """The tree of `text`; `symbols` are letters that its document uses as symbols. Raises `NotAFormula`.

    A text that is `told` in words has quantities of several words.
    """
    found = phrased(text, tokens(text)) if told else tokens(text)
    bad = next((token for token in found if token.role is Role.OTHER), None)
    if bad is not None:
        raise NotAFormula(f"“{bad.text}” isn't a symbol used in formulas")
    if not found:
        raise NotAFormula("it is empty")
    resolved, guesses = resolve(found, symbols)
    cursor = Cursor(resolved, tuple(symbols), Grammar(expression, atom, part))
    tree = _whole(cursor)
    return Parsed(tree, (*guesses, *cursor.guesses), tuple(found))


def _whole(cursor: Cursor) -> Expression:
    """The tree of all tokens, alternatives in words too."""
    alternatives = piecewise(cursor.tokens, partial(part, cursor))
    return _rest(cursor) if alternatives is None else alternatives


def _rest(cursor: Cursor) -> Expression:
    """The tree of all tokens but alternatives."""
    tree = expression(cursor, 0)
    if (left := cursor.peek()) is not None:
        raise NotAFormula(f"“{left.text}” can't stand where it does")
    return tree


def part(cursor: Cursor, found: Sequence[Token]) -> Expression:
    """The tree of other tokens, with nothing left over; what is guessed there is told with the rest."""
    inner = Cursor(found, cursor.symbols, cursor.grammar, cursor.depth + 1)
    tree = _rest(inner)
    cursor.guesses += inner.guesses
    return tree


def expression(cursor: Cursor, power: int, tight: bool = False, no_wide_slash: bool = False) -> Expression:
    """An expression whose operators bind tighter than `power`.

    `tight` ends juxtaposition at white space, `no_wide_slash` ends it before a spaced `/`.
    """
    cursor.depth += 1
    if cursor.depth > DEEPEST:
        raise NotAFormula("it is nested too deeply")
    left = operand(cursor)
    while (token := cursor.peek()) is not None:
        found = _extended(cursor, left, token, power, tight, no_wide_slash)
        if found is None:
            break
        left = found
    cursor.depth -= 1
    return left


def _extended(
    cursor: Cursor, left: Expression, token: Token, power: int, tight: bool, no_wide_slash: bool
) -> Expression | None:
    """`left` with the operator or operand behind it; None where that belongs to somebody else."""
    if token.role is Role.BAR and cursor.is_given(token):
        if power >= GIVEN:
            return None
        cursor.at += 1
        sign = r"\mid" if token.text == "|" else r"\parallel"
        return Binary("given", sign, left, expression(cursor, GIVEN))
    if cursor.starts(token):
        if power >= BESIDE or (tight and token.spaced and not awaits_argument(left)):
            return None
        return _beside(cursor, left, token, tight)
    if token.role is Role.WORD:
        return _joined(cursor, left, token, power)
    binding = _binding(cursor, token)
    if binding is None or binding <= power or (no_wide_slash and token.role is Role.SLASH and token.spaced):
        return None
    cursor.at += 1
    if token.role is Role.SLASH:
        return divided(cursor, left, token)
    if token.role in (Role.COMMA, Role.SEMICOLON):
        return _listed(cursor, left, token, binding)
    if token.role is Role.ARROW and (mode := _mode(cursor)):
        return Binary("arrow", rf"\xrightarrow{{{mode}}}", left, expression(cursor, binding))
    right = expression(cursor, binding)
    if token.role is Role.SUM and power >= RELATION and _is_range(left, token, right):
        return Range(left, right)
    table = {Role.RELATION: signs.RELATIONS, Role.ARROW: signs.ARROWS, Role.SUM: signs.SUMS}
    sign = table.get(token.role, signs.PRODUCTS)[token.text]
    return Binary(token.role.value, sign, left, right)


def _mode(cursor: Cursor) -> str:
    """`→d N(0, 1)`: in which sense something converges."""
    token, after = cursor.peek(), cursor.peek(1)
    if token is None or after is None or token.spaced or not after.spaced or token.text not in "dpDP":
        return ""
    cursor.at += 1
    return token.text


def _binding(cursor: Cursor, token: Token) -> int | None:
    after = cursor.peek(1)
    match token.role:
        case Role.SEMICOLON:
            return SEMICOLON
        case Role.COMMA:
            return COMMA
        case Role.ARROW:
            return ARROW
        case Role.RELATION:
            return RELATION
        case Role.SUM:
            return SUM
        case Role.PRODUCT:
            tight = not token.spaced and after is not None and not after.spaced
            return TIGHT_PRODUCT if tight else PRODUCT
        case Role.SLASH:
            return SLASH
        case _:
            return None


def _beside(cursor: Cursor, left: Expression, token: Token, tight: bool) -> Expression:
    if token.role is Role.NUMBER and token.spaced and not (awaits_argument(left) or _takes_number(left)):
        raise NotAFormula(f"the number {token.text} is next to another operand")
    right = expression(cursor, BESIDE, tight)
    if isinstance(left, Name) and isinstance(right, Name) and token.spaced:
        return Name(f"{left.text} {right.text}")
    items, spaced = (left.items, left.spaced) if isinstance(left, Product) else ((left,), (False,))
    return Product((*items, right), (*spaced, token.spaced))


def _takes_number(left: Expression) -> bool:
    """The imaginary unit and a value: `j 1.05`, `2 mol 131`."""
    return left == Symbol("j") or (isinstance(left, Product) and isinstance(left.items[-1], Measure))


def _joined(cursor: Cursor, left: Expression, token: Token, power: int) -> Expression | None:
    """Words between formulas, and `mod`."""
    if token.text == "mod":
        if power >= PRODUCT:
            return None
        cursor.at += 1
        return Binary("product", r"\bmod", left, expression(cursor, PRODUCT))
    binding = JOINED if token.text in ("or", "and") else WORD
    if power >= binding:
        return None
    cursor.at += 1
    return Binary("words", token.text, left, expression(cursor, binding))


def _listed(cursor: Cursor, left: Expression, token: Token, binding: int) -> Expression:
    items = [left]
    while True:
        items.append(expression(cursor, binding))
        after = cursor.peek()
        if after is None or after.role is not token.role:
            return Listing(tuple(items), token.text)
        cursor.at += 1


def _is_range(left: Expression, token: Token, right: Expression) -> bool:
    """`0.1-0.5` behind a relation: two rising numbers with nothing between them."""
    if (
        not (isinstance(left, Number) and isinstance(right, Number))
        or token.text not in "-–−"
        or token.spaced
    ):
        return False
    return float(left.text.replace(",", "")) < float(right.text.replace(",", ""))
