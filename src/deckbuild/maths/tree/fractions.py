"""Division: how much of what stands before and behind a slash it takes."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.maths.tokens.token import Token
from deckbuild.maths.tree.cursor import (
    TIGHT_PRODUCT,
    Cursor,
)
from deckbuild.maths.tree.expression import (
    Big,
    Binary,
    Constant,
    Expression,
    Fraction,
    Function,
    Group,
    Number,
    Prefix,
    Product,
    Root,
    Script,
    Symbol,
    children,
)


def divided(cursor: Cursor, left: Expression, token: Token) -> Expression:
    """`left` over the operand behind a slash, which is already taken."""
    after = cursor.peek()
    tight = not token.spaced and after is not None and not after.spaced
    right = cursor.grammar.expression(cursor, TIGHT_PRODUCT if tight else TIGHT_PRODUCT - 1, tight)
    if left == Symbol("d") and isinstance(right, Product) and _is_differential(right):
        return _derivative(left, right)
    if isinstance(left, Number) and isinstance(right, Product) and _is_factor(right):
        cursor.guesses.append("1/2ab was read as (1/2)ab")
        return Product((Fraction(left, right.items[0]), *right.items[1:]), right.spaced)
    if isinstance(left, Fraction):
        cursor.guesses.append("a/b/c was read as (a/b)/c")
    if isinstance(right, Product) and isinstance(right.items[0], Number):
        cursor.guesses.append("a/2b was read as a/(2b)")
    if isinstance(left, Big) and _letters(left.body) & _letters(right):
        return Big(left.sign, Fraction(left.body, right))
    if _is_differential(right) and isinstance(left, Binary) and left.level == "product":
        return Binary(left.level, left.sign, left.left, Fraction(left.right, right))
    if isinstance(left, Product) and _is_d(left.items[-2]) and _is_differential(right):
        return _of_change(left, right)  # `NdΦ/dt`
    if isinstance(left, Product) and _is_partial(left.items[-1]) and _is_partial(right):
        return replace(left, items=(*left.items[:-1], Fraction(left.items[-1], right)))  # `iħ ∂ψ/∂t`
    if tight and isinstance(left, Product):
        cut = max((n for n, wide in enumerate(left.spaced) if wide), default=0)
        while cut and awaits_argument(left.items[cut - 1]) and not _is_differential(right):
            cut -= 1
            cursor.guesses.append("f x/y was read as (f x)/y")
        if cut:
            items = left.items[cut:]
            top = Product(items, (False, *left.spaced[cut + 1 :])) if len(items) > 1 else items[0]
            return Product((*left.items[:cut], Fraction(top, right)), (*left.spaced[:cut], True))
    return Fraction(left, right)


def _of_change(left: Product, right: Expression) -> Expression:
    """A derivative behind its factors."""
    top = Fraction(Product(left.items[-2:], (False, False)), right)
    before = left.items[:-2]
    return Product((*before, top), (*left.spaced[: len(before)], False)) if before else top


def _derivative(left: Expression, right: Product) -> Expression:
    """`d/dx(x²)`: below stands what is written without brackets, the rest is derived."""
    cut = next((at for at, item in enumerate(right.items) if isinstance(item, Group)), len(right.items))
    bottom = replace(right, items=right.items[:cut], spaced=right.spaced[:cut])
    if cut == len(right.items):
        return Fraction(left, right)
    return Product((Fraction(left, bottom), *right.items[cut:]), (False, *right.spaced[cut:]))


def _is_factor(right: Product) -> bool:
    """Whether a number and what it multiplies below a number are a simple fraction and its factors: `1/2mv²`, `4/3πr³`.

    In `1/2πf`, `1/4πε₀` and `1/2√x` all of it stands below.
    """
    number, first, *rest = right.items
    if not (isinstance(number, Number) and number.text.isdecimal() and int(number.text) < 10):
        return False
    if isinstance(first, Root) or (first == Symbol(r"\pi") and number.text in ("2", "4")):
        return False
    raised = any(isinstance(item, Script) and item.sup is not None for item in right.items)
    return bool(rest) or raised or isinstance(first, Group)


def awaits_argument(left: Expression) -> bool:
    """Whether the last operand is a function without an argument."""
    while isinstance(left, (Product, Script, Prefix)):
        left = (
            left.items[-1]
            if isinstance(left, Product)
            else left.base
            if isinstance(left, Script)
            else left.operand
        )
    return isinstance(left, Function)


def _is_d(node: Expression) -> bool:
    """`d` and `d²` before what changes."""
    return (node.base if isinstance(node, Script) and node.sub is None else node) == Symbol("d")


def _is_differential(node: Expression) -> bool:
    """`dt`, `∂w`: what stands below in a derivative."""
    if isinstance(node, Product):
        return node.items[0] == Symbol("d")
    return _is_partial(node)


def _is_partial(node: Expression) -> bool:
    return isinstance(node, Prefix) and node.sign == Constant(r"\partial")


def _letters(node: Expression) -> set[str]:
    found = {node.tex} if isinstance(node, Symbol) else set()
    return found.union(*map(_letters, children(node)))
