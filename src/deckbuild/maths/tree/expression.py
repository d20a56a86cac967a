"""The syntax tree of a formula: frozen nodes, built by `parser`, read by `latex` and `evaluate`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from deckbuild.maths.tokens.words import FUNCTIONS


class Node(Struct, frozen=True, gc=False):
    """What every node has; never used by itself."""


class Number(Node, frozen=True, tag="number"):
    """Digits as written, with `%` and the like left to `Postfix`."""

    text: str


class Symbol(Node, frozen=True, tag="symbol"):
    r"""One letter as LaTeX writes it, with accent and alphabet: `x`, `\alpha`, `\hat{y}`, `\mathbb{R}`."""

    tex: str


class Name(Node, frozen=True, tag="name"):
    """Several letters that are one upright name: `TP`, `loss`, `learning rate`."""

    text: str


class Measure(Node, frozen=True, tag="unit"):
    """A unit of measurement as written, behind a number: `m/s²`."""

    text: str


class Function(Node, frozen=True, tag="function"):
    """The name of a function, without its argument."""

    name: str


class Constant(Node, frozen=True, tag="constant"):
    r"""A sign that is an operand by itself, as LaTeX: `\infty`; empty for nothing in brackets."""

    tex: str


class Script(Node, frozen=True, tag="script"):
    """A base with an index, an exponent or both."""

    base: Expression
    sub: Expression | None = None
    sup: Expression | None = None


class Product(Node, frozen=True, tag="product"):
    """Operands side by side; `spaced` tells for each whether white space stands before it."""

    items: tuple[Expression, ...]
    spaced: tuple[bool, ...]


class Fraction(Node, frozen=True, tag="fraction"):
    """One expression over another."""

    top: Expression
    bottom: Expression


class Root(Node, frozen=True, tag="root"):
    """A root; `degree` is empty for the square root."""

    content: Expression
    degree: str = ""


class Binary(Node, frozen=True, tag="binary"):
    """Two operands and the LaTeX of the sign between them; `level` is the group of signs it belongs to."""

    level: str
    sign: str
    left: Expression
    right: Expression


class Prefix(Node, frozen=True, tag="prefix"):
    """A sign and the operand behind it: minus, ∂, ∇, a relation without a left side."""

    sign: Expression
    operand: Expression


class Big(Node, frozen=True, tag="big"):
    """Sum, product, integral: the sign with its limits, and what it takes in."""

    sign: Expression
    body: Expression


class Postfix(Node, frozen=True, tag="postfix"):
    """An operand and the sign behind it: `!`, `%`, a prime."""

    operand: Expression
    sign: str


class Group(Node, frozen=True, tag="group"):
    """What stands in brackets, with the brackets as written."""

    opening: str
    closing: str
    content: Expression


class Bars(Node, frozen=True, tag="bars"):
    """What stands between two `|` or two `||`."""

    sign: str
    content: Expression


class Listing(Node, frozen=True, tag="listing"):
    """Items parted by commas or semicolons."""

    items: tuple[Expression, ...]
    separator: str


class Range(Node, frozen=True, tag="range"):
    """From one number to another: `0.1-0.5`."""

    low: Expression
    high: Expression


class Prose(Node, frozen=True, tag="words"):
    """Words of language between formulas: `or`, `for`, `where`."""

    text: str


class Cases(Node, frozen=True, tag="cases"):
    """Values with their conditions; the last may have none, which means otherwise."""

    rows: tuple[tuple[Expression, Expression | None], ...]


Expression: TypeAlias = (
    Number
    | Symbol
    | Name
    | Measure
    | Function
    | Constant
    | Script
    | Product
    | Fraction
    | Root
    | Binary
    | Prefix
    | Big
    | Postfix
    | Group
    | Bars
    | Listing
    | Range
    | Prose
    | Cases
)


def children(node: Expression) -> tuple[Expression, ...]:
    """The nodes directly below one, in reading order."""
    match node:
        case Script(base=base, sub=sub, sup=sup):
            return tuple(part for part in (base, sub, sup) if part is not None)
        case Product(items=items) | Listing(items=items):
            return items
        case Fraction(top=left, bottom=right) | Range(low=left, high=right):
            return left, right
        case Binary(left=left, right=right):
            return left, right
        case Root(content=content) | Group(content=content) | Bars(content=content):
            return (content,)
        case Prefix(sign=sign, operand=operand) | Big(sign=sign, body=operand):
            return sign, operand
        case Postfix(operand=operand):
            return (operand,)
        case Cases(rows=rows):
            return tuple(part for row in rows for part in row if part is not None)
        case _:
            return ()


def walk(node: Expression) -> Iterator[Expression]:
    """The node and all below it, in reading order."""
    yield node
    for child in children(node):
        yield from walk(child)


def symbols_of(node: Expression) -> frozenset[str]:
    """The letters and names that stand in a tree, but for words in an index."""
    match node:
        case Symbol(tex=name) | Name(text=name):
            return frozenset((name,))
        case Function(name=name):
            return frozenset() if name in FUNCTIONS else frozenset((name,))
        case Script(base=base, sub=Name(), sup=sup):
            return symbols_of(base).union(symbols_of(sup) if sup else ())
        case _:
            return frozenset[str]().union(*map(symbols_of, children(node)))


def told_of(node: Expression) -> frozenset[str]:
    """The letters and names by which a formula tells something: all but the one that it defines."""
    if isinstance(node, Binary) and node.level == "relation":
        if isinstance(node.left, Symbol | Name) or (
            isinstance(node.left, Script) and isinstance(node.left.base, Symbol | Name)
        ):
            return symbols_of(node.right) or symbols_of(node.left)
        if isinstance(node.left, Binary) and node.left.level == "relation":
            return symbols_of(node.right) | told_of(node.left)
    return symbols_of(node)
