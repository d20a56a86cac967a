"""What the tree of a text says for a formula, and against one: relations, arithmetic, words as operands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from deckbuild.maths import signs
from deckbuild.maths.expression import (
    Bars,
    Binary,
    Cases,
    Constant,
    Expression,
    Fraction,
    Function,
    Group,
    Listing,
    Name,
    Number,
    Postfix,
    Prefix,
    Product,
    Script,
    Symbol,
    Unit,
    children,
)

_CONSTANT = ("const", "constant", "const.")
_PROBABILITIES = (Symbol("P"), Symbol(r"\mathbb{P}"), Function("Pr"))
_NUMBERED = re.compile(r"[A-Z]")


class Evidence(NamedTuple):
    """One reason for or against a formula."""

    weight: float
    reason: str


def of_tree(tree: Expression) -> Iterator[Evidence]:
    """The reasons that a tree gives for being a formula, and against it."""
    nodes = list(_walk(tree))
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
        yield Evidence(2, "bars")
    if any(isinstance(node, Cases) for node in nodes):
        yield Evidence(2, "alternatives")
    if any(isinstance(node, Listing) and Constant(r"\ldots") in node.items for node in nodes):
        yield Evidence(2, "a list with an ellipsis")
    if any(_is_arithmetic(node) for node in nodes):
        yield Evidence(3, "arithmetic with letters")
    if len(relations) > 1 and any(_is_symbol(side) for node in relations for side in (node.left, node.right)):
        yield Evidence(2, "a chain of relations")
    if any(_is_plain_call(node) for node in nodes):
        yield Evidence(2, "a function of a symbol")
    if any(_is_calculation(node) for node in relations):
        yield Evidence(4, "a calculation")
    if any(isinstance(node, Postfix) and node.sign == "!" for node in nodes):
        yield Evidence(2, "a factorial")
    defined = [
        inner
        for node in relations
        if _names_quantity(node) and not (len(relations) == 1 and _is_setting(node))
        for inner in _walk(node)
    ]
    if any(_is_quotient_or_product(inner) or _is_difference(inner) for inner in defined):
        yield Evidence(4, "arithmetic with names")
    elif any(isinstance(inner, Binary) and inner.level == "sum" and _is_short(inner) for inner in defined):
        yield Evidence(3, "a sum of names")
    if any(isinstance(node, Fraction) and _is_ratio(node) for node in nodes):
        yield Evidence(3, "a ratio with a sum of abbreviations")
    if any(map(_is_counted_name, _items(tree))):
        yield Evidence(-4, "a name and a number")
    if _is_sizes(tree):
        yield Evidence(-5, "sizes")
    yield from _for_names(tree)


def _for_names(tree: Expression) -> Iterator[Evidence]:
    nodes = list(_outside_events(tree))
    left = tree.left if isinstance(tree, Binary) and tree.level == "relation" else None
    names = {node.text for node in nodes if isinstance(node, Name)}
    words = [
        name for name in names if any(len(part) > 2 and part.islower() for part in re.split(r"[ _]", name))
    ]
    if words:
        yield Evidence(-0.5 * min(len(words), 4), "named quantities")
    if several := [n for n in nodes if isinstance(n, Name) and " " in n.text and n is not left]:
        yield Evidence(-20.0 * len(several), "words in a row")
    if count := sum(_words_beside(node) for node in nodes if isinstance(node, Product)):
        yield Evidence(-20.0 * count, "a word beside an operand")
    if any(isinstance(n, Binary) and n.level == "words" and _is_wordy(n.left) for n in nodes):
        yield Evidence(-20, "a word before a condition")
    if any(map(_explains, nodes)):
        yield Evidence(-20, "a word that explains a symbol")
    if isinstance(tree, (Name, Function)):
        yield Evidence(-5, "a word")
    indices = [node.sub for node in nodes if isinstance(node, Script)]
    for node in nodes:
        if isinstance(node, Listing) and node not in indices and (bare := sum(map(_is_wordy, node.items))):
            yield Evidence(-3.0 * bare if node is not tree else -20, "words in a list")


def _explains(node: Expression) -> bool:
    """`x = input`: a word behind the equals sign, which says what a symbol stands for."""
    if not (isinstance(node, Binary) and node.sign == "="):
        return False
    right = node.right.left if isinstance(node.right, Binary) and node.right.level == "words" else node.right
    return isinstance(right, Name) and _is_wordy(right) and right.text not in _CONSTANT


def _words_beside(product: Product) -> int:
    """Names that stand beside another operand with white space between."""
    count = 0
    for n in range(1, len(product.items)):
        one, other = product.items[n - 1], product.items[n]
        if not product.spaced[n]:
            continue
        unknown = isinstance(one, Function) and one.name not in signs.FUNCTIONS
        argument = n > 1 and isinstance(one, Group) and not product.spaced[n - 1]
        wordy = (_is_wordy(one) and not argument) or _is_wordy(other)
        count += wordy or (unknown and isinstance(other, Group))
    return count


def _is_wordy(node: Expression) -> bool:
    if isinstance(node, Group):
        return any(isinstance(inner, (Name, Function)) for inner in _edges(node.content))
    return isinstance(node, Name) and not node.text.isupper()


def _edges(node: Expression) -> tuple[Expression, ...]:
    return (node.left, node.right) if isinstance(node, Binary) else (node,)


def _walk(node: Expression) -> Iterator[Expression]:
    yield node
    for child in children(node):
        yield from _walk(child)


def _outside_events(node: Expression) -> Iterator[Expression]:
    """The nodes of a tree without those of events, which are told in words: `P(no rain | clouds)`."""
    yield node
    before: Expression | None = None
    for child in children(node):
        if not (isinstance(child, Group) and before in _PROBABILITIES):
            yield from _outside_events(child)
        before = child


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
    """`f(x)`, `P(A)`, `softmax(z)`."""
    return (
        isinstance(node, Product)
        and len(node.items) == 2
        and isinstance(node.items[1], Group)
        and not node.spaced[1]
        and (
            _is_symbol(node.items[0])
            or (isinstance(node.items[0], Function) and node.items[0].name in signs.FUNCTIONS)
        )
    )


def _compares(node: Binary) -> bool:
    if node.sign == r"\leftarrow" and isinstance(node.left, Product):
        return False  # nothing is assigned to a product: `ch <- v` has a name on its left
    return (
        (_is_symbol(node.left) or _is_applied(node.left))
        and not isinstance(node.right, (Name, Binary, Function))
        and not any(isinstance(inner, Name) for inner in _walk(node.right))
    )


def _is_arithmetic(node: Expression) -> bool:
    match node:
        case Binary(level="sum" | "product", left=left, right=right) | Fraction(top=left, bottom=right):
            return any(_is_symbol(side) or _is_applied(side) for side in (left, right)) and not (
                _is_wordy(left) or _is_wordy(right)
            )
        case _:
            return False


def _is_plain_call(node: Expression) -> bool:
    """`sin x`, `log₂ n`."""
    if not isinstance(node, Product):
        return False
    for one, other in pairwise(node.items):
        base = one.base if isinstance(one, Script) else one
        if isinstance(base, Function) and base.name in signs.TEX_FUNCTIONS and _is_symbol(other):
            return True
    return False


def _is_calculation(node: Binary) -> bool:
    """`18 = 4·252 - 5·198`: numbers only, with arithmetic on a side."""
    sides = (node.left, node.right)
    leaves = [inner for side in sides for inner in _walk(side) if not children(inner)]
    return all(isinstance(leaf, (Number, Constant, Unit)) for leaf in leaves) and any(
        isinstance(side, Fraction) or (isinstance(side, Binary) and side.level in ("sum", "product"))
        for side in sides
    )


def _is_ratio(node: Fraction) -> bool:
    """`TP/(TP+FP)`."""
    names = [inner for inner in _walk(node) if isinstance(inner, Name)]
    return (
        bool(names)
        and all(name.text.isupper() for name in names)
        and any(isinstance(inner, Binary) and inner.level == "sum" for inner in _walk(node))
    )


def _is_counted_name(node: Expression) -> bool:
    """`Inter ×0.5`: a name by a number, and nothing else."""
    if not (isinstance(node, Binary) and node.level == "product"):
        return False
    return {type(node.left), type(node.right)} == {Name, Number}


def _items(tree: Expression) -> tuple[Expression, ...]:
    """The items of a list, with or without brackets; else the tree itself."""
    inner = tree.content if isinstance(tree, Group) else tree
    return inner.items if isinstance(inner, Listing) else (inner,)


def _names_quantity(node: Binary) -> bool:
    """`accuracy = …`: an equation with a name as one side."""
    equal = node.sign in ("=", ":=", r"\approx", r"\propto", r"\le", r"\ge")
    return equal and (isinstance(node.left, Name) or isinstance(node.right, Name))


def _is_setting(node: Binary) -> bool:
    """`load = 3/4`: a name and numbers, and not what they come to."""
    leaves = [inner for inner in _walk(node.right) if not children(inner)]
    return isinstance(node.left, Name) and all(isinstance(leaf, Number) for leaf in leaves)


def _is_quotient_or_product(node: Expression) -> bool:
    return isinstance(node, Fraction) or (isinstance(node, Binary) and node.level == "product")


def _is_difference(node: Expression) -> bool:
    return isinstance(node, Binary) and node.level == "sum" and node.sign == "-"


def _is_short(node: Binary) -> bool:
    """A sum of abbreviations and letters only."""
    return all(inner.text.isupper() for inner in _walk(node) if isinstance(inner, Name)) and not any(
        isinstance(inner, Number) for inner in _walk(node)
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
