"""What the tree of a text says for a formula, and against one: relations, arithmetic, calls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens import words
from deckbuild.maths.tree.expression import (
    Bars,
    Binary,
    Cases,
    Constant,
    Expression,
    Fraction,
    Function,
    Group,
    Listing,
    Measure,
    Name,
    Number,
    Postfix,
    Prefix,
    Product,
    Script,
    Symbol,
    children,
    walk,
)
from deckbuild.maths.weigh.verdict import Evidence

CONSTANT = frozenset("const constant const. cte cst constante konst konstant costante".split())
"""What stands for whatever doesn't change."""

_NUMBERED = regex(r"[A-Z]")


def of_tree(tree: Expression) -> Iterator[Evidence]:
    """The reasons that a tree gives for being a formula, and against it."""
    nodes = list(walk(tree))
    relations = [
        node for node in nodes if isinstance(node, Binary) and node.level == "relation" and node.sign != ":"
    ]
    if any(_is_symbol(node.left) or _is_applied(node.left) for node in relations):
        yield Evidence(2, "a relation with a symbol on its left")
    if (
        isinstance(tree, Binary)
        and tree.level in ("relation", "arrow")
        and tree.sign != ":"
        and _compares(tree)
    ):
        yield Evidence(3, "a symbol compared with a value")
    if any(isinstance(node, Bars) or (isinstance(node, Binary) and node.level == "given") for node in nodes):
        yield Evidence(3 if relations else 2, "bars")
    if any(isinstance(node, Cases) or _is_last_case(node) for node in nodes):
        yield Evidence(2, "alternatives")
    if any(isinstance(node, Listing) and Constant(r"\ldots") in node.items for node in nodes):
        yield Evidence(2, "a list with an ellipsis")
    if any(_is_arithmetic(node) for node in nodes):
        yield Evidence(3, "arithmetic with letters")
    elif any(_is_symbol(node.left) and isinstance(node.right, Fraction) for node in relations):
        yield Evidence(3, "a symbol that equals a ratio")
    if len(relations) > 1 and any(_is_symbol(side) for node in relations for side in (node.left, node.right)):
        yield Evidence(3, "a chain of relations")
    if _is_same(tree):
        yield Evidence(4, "one quantity at several places")
    if any(_is_plain_call(node) for node in nodes):
        yield Evidence(2, "a function of a symbol")
    if any(_is_calculation(node) for node in relations):
        yield Evidence(4, "a calculation")
    if any(_is_multiple(node) for node in nodes if node is not tree):
        yield Evidence(3, "a number by a bracket")
    if any(isinstance(node, Postfix) and node.sign == "!" for node in nodes):
        yield Evidence(2, "a factorial")
    if _is_sizes(tree):
        yield Evidence(-5, "sizes")


def _is_last_case(node: Expression) -> bool:
    """`f(x) = 0 otherwise`."""
    return isinstance(node, Binary) and node.level == "words" and node.right == Constant("")


def _is_same(node: Expression) -> bool:
    """`V1 = V2 = V3`."""
    sides: list[Expression] = []
    while isinstance(node, Binary) and node.sign == "=":
        sides.append(node.right)
        node = node.left
    sides.append(node)
    numbered = [side for side in sides if isinstance(side, Script) and isinstance(side.sub, Number)]
    return len(sides) > 2 and len(numbered) == len(sides) and len({side.base for side in numbered}) == 1


def is_wordy(node: Expression) -> bool:
    """Whether a tree is a word, or brackets with one at an end."""
    if isinstance(node, Group):
        return any(isinstance(inner, (Name, Function)) for inner in _edges(node.content))
    return isinstance(node, Name) and not node.text.isupper()


def _edges(node: Expression) -> tuple[Expression, ...]:
    return (node.left, node.right) if isinstance(node, Binary) else (node,)


def _is_symbol(node: Expression) -> bool:
    """A single letter, with index or sign; a capital with a digit (`Q1`) is rather a label."""
    match node:
        case Symbol():
            return True
        case Script(base=Symbol(tex=tex), sub=Number(text=digits), sup=None):
            return not _NUMBERED.fullmatch(tex) and len(digits) == 1
        case Script(base=base) | Postfix(operand=base) | Prefix(operand=base):
            return _is_symbol(base)
        case Bars(content=content):
            return _is_symbol(content)
        case Product(items=items):
            return all(isinstance(item, Number) or _is_symbol(item) for item in items)
        case _:
            return False


def _is_applied(node: Expression) -> bool:
    """`f(x)`, `P(A)`, `softmax(z)`, `d[i][j]`."""
    return (
        isinstance(node, Product)
        and all(isinstance(item, Group) for item in node.items[1:])
        and not any(node.spaced[1:])
        and (_is_symbol(node.items[0]) or _is_known_function(node.items[0]))
    )


def _is_known_function(node: Expression) -> bool:
    """`log`, `log_2`."""
    base = node.base if isinstance(node, Script) else node
    return isinstance(base, Function) and base.name in words.FUNCTIONS


def _compares(node: Binary) -> bool:
    if node.sign == r"\leftarrow" and isinstance(node.left, Product):
        return False  # nothing is assigned to a product: `ch <- v` has a name on its left
    number = isinstance(node.left, (Name, Function)) and isinstance(node.right, Number)
    if number and _text_of(node.left) in words.DIMENSIONLESS:
        return True
    return (
        (_is_symbol(node.left) or _is_applied(node.left))
        and not isinstance(node.right, (Binary, Function))
        and not any(isinstance(inner, Name) and inner.text not in CONSTANT for inner in walk(node.right))
    )


def _text_of(node: Expression) -> str:
    return node.text if isinstance(node, Name) else node.name if isinstance(node, Function) else ""


def _is_arithmetic(node: Expression) -> bool:
    match node:
        case Binary(level="sum" | "product", left=left, right=right) | Fraction(top=left, bottom=right):
            return any(_is_symbol(side) or _is_applied(side) for side in (left, right)) and not (
                is_wordy(left) or is_wordy(right)
            )
        case _:
            return False


def _is_plain_call(node: Expression) -> bool:
    """`sin x`, `log₂ n`."""
    if not isinstance(node, Product):
        return False
    for one, other in pairwise(node.items):
        base = one.base if isinstance(one, Script) else one
        if isinstance(base, Function) and base.name in words.TEX_FUNCTIONS and _is_symbol(other):
            return True
    return False


def _is_calculation(node: Binary) -> bool:
    """`18 = 4·252 - 5·198`: numbers only, with arithmetic on a side."""
    sides = (node.left, node.right)
    leaves = [inner for side in sides for inner in walk(side) if not children(inner)]
    return all(isinstance(leaf, (Number, Constant, Measure)) for leaf in leaves) and any(
        isinstance(side, Fraction) or (isinstance(side, Binary) and side.level in ("sum", "product"))
        for side in sides
    )


def _is_multiple(node: Expression) -> bool:
    """`1.5(IQR)`."""
    return (
        isinstance(node, Product) and isinstance(node.items[0], Number) and isinstance(node.items[1], Group)
    )


def _is_sizes(node: Expression) -> bool:
    """`3×3`, `224 × 224 × 3`, and lists of them."""
    if isinstance(node, Group):
        node = node.content
    if isinstance(node, Listing):
        return all(map(_is_sizes, node.items))
    if not isinstance(node, Binary):
        return False
    while isinstance(node, Binary) and node.level == "product" and isinstance(node.right, (Number, Product)):
        if isinstance(node.right, Product) and not isinstance(node.right.items[0], Number):
            return False
        node = node.left
    return isinstance(node, Number)
