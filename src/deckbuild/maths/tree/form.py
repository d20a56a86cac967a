"""What the writer of LaTeX asks of a tree: what needs brackets, what is tall, what stands apart."""

from __future__ import annotations

from deckbuild.maths.tree.expression import (
    Big,
    Cases,
    Constant,
    Expression,
    Fraction,
    Function,
    Group,
    Measure,
    Name,
    Number,
    Prefix,
    Product,
    Root,
    Script,
    Symbol,
    children,
)


def low(node: Expression) -> Expression:
    """An index that names something (`max`, `res`) is upright, not a function that awaits an argument."""
    return Name(node.name) if isinstance(node, Function) else node


def unwrapped(node: Expression) -> Expression:
    """What exactly fills one side of a fraction needs no brackets."""
    if isinstance(node, Group) and (node.opening, node.closing) == ("(", ")"):
        return node.content
    return node


def needs_thin_space(before: Expression, item: Expression, node: Product, n: int) -> bool:
    """Whether a thin space stands between two factors of a product; `n` is the place of the second."""
    if isinstance(before, Name) or isinstance(item, (Name, Measure)):
        return True
    if node.spaced[n] and Constant(r"\ldots") in node.items:
        return True  # `[B AB … AⁿB]`: columns of a matrix
    if isinstance(item, Prefix) and item.sign in (Constant(r"\exists"), Constant(r"\forall")):
        return True
    return item == Symbol("d") and n + 1 < len(node.items) and node.spaced[n]


def is_argument(before: Expression | None, spaced: bool) -> bool:
    """Whether a bracket behind an operand is the argument of a function."""
    if before is None or spaced:
        return isinstance(before, Function)
    return not isinstance(before, (Number, Group, Fraction))


def is_simple(node: Expression) -> bool:
    """Whether the tree is a letter or number, perhaps with a script or under a root."""
    if isinstance(node, Root):
        return _is_atom(node.content)
    return _is_atom(node) or (isinstance(node, Script) and _is_atom(node.base))


def _is_atom(node: Expression) -> bool:
    if isinstance(node, Script):
        return isinstance(node.base, (Symbol, Number))
    return isinstance(node, (Symbol, Number))


def is_tall(node: Expression) -> bool:
    """Whether brackets around the tree must grow."""
    match node:
        case Fraction() | Cases():
            return True
        case Big(sign=Script()):
            return True
        case Group(content=content, opening="("):
            return not is_plain(content) and is_tall(content)
        case Script(base=base):
            return is_tall(base)
        case _:
            return any(is_tall(child) for child in children(node))


def is_plain(content: Expression) -> bool:
    """Whether the tree is a fraction of two letters or numbers: `n/2`."""
    return isinstance(content, Fraction) and _is_atom(content.top) and _is_atom(content.bottom)
