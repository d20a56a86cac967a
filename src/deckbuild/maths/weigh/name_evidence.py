"""What names and words say for a formula, and against one: `accuracy = TP/n`, `x = input`, `2 eggs`.

One word may be a quantity. Several in a row are a sentence, but for places where formulas are told in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deckbuild.maths.tokens import words
from deckbuild.maths.tree.expression import (
    Binary,
    Constant,
    Expression,
    Fraction,
    Function,
    Group,
    Listing,
    Measure,
    Name,
    Number,
    Product,
    Root,
    Script,
    Symbol,
    children,
    walk,
)
from deckbuild.maths.weigh.tree_evidence import CONSTANT, is_wordy
from deckbuild.maths.weigh.verdict import Evidence

_MOST = 12
"""Words of the longest name of a quantity."""

_QUANTITIES = (Name, Number, Measure, Symbol, Constant, Function)
"""What a calculation in words is made of."""

_PROBABILITIES = (Symbol("P"), Symbol(r"\mathbb{P}"), Function("Pr"))


def of_names(tree: Expression, in_words: bool) -> Iterator[Evidence]:
    """The reasons that the names of a tree give; `in_words` where a formula may be told in words."""
    nodes = list(_outside_events(tree))
    names = [node for node in nodes if isinstance(node, Name)]
    if in_words and any(map(_is_sentence, names)):
        yield Evidence(-20, "words of a sentence")
    in_words = in_words and _is_told(tree, names)
    yield from _for_names(nodes, in_words)
    yield from _against_names(tree, nodes, in_words)


def _for_names(nodes: Sequence[Expression], in_words: bool) -> Iterator[Evidence]:
    relations = [node for node in nodes if isinstance(node, Binary) and node.level == "relation"]
    defined = [
        inner
        for node in relations
        if _names_quantity(node) and not (len(relations) == 1 and _is_setting(node))
        for inner in walk(node)
    ]
    calculations = [inner for inner in defined if _calculates(inner)]
    sums = [c for c in calculations if isinstance(c, Binary) and c.level == "sum" and c.sign != "-"]
    if len(sums) < len(calculations):
        yield Evidence(4, "arithmetic with names")
    elif any((in_words and _is_of_quantities(found)) or _is_short(found) for found in sums):
        yield Evidence(3, "a sum of names")
    elif in_words:
        yield Evidence(1, "arithmetic in words")
    if any(isinstance(node, Fraction) and _is_ratio(node) for node in nodes):
        yield Evidence(3, "a ratio with a sum of abbreviations")


def _against_names(tree: Expression, nodes: Sequence[Expression], in_words: bool) -> Iterator[Evidence]:
    if _is_of_labels(tree):
        yield Evidence(-5, "names and labels only")
    if _is_dotted(tree):
        yield Evidence(-12, "a list with dots")
    if any(map(_is_counted_name, _items(tree))):
        yield Evidence(-4, "a name and a number")
    left = tree.left if isinstance(tree, Binary) and tree.level == "relation" else None
    names = {node.text for node in nodes if isinstance(node, Name)}.difference(CONSTANT)
    quantities = [
        name for name in names if any(len(part) > 2 and part.islower() for part in re.split(r"[ _]", name))
    ]
    if quantities:
        yield Evidence(-0.5 * min(len(quantities), 4), "named quantities")
    several = [n for n in nodes if isinstance(n, Name) and " " in n.text and n is not left]
    if several and not in_words:
        yield Evidence(-20.0 * len(several), "words in a row")
    if count := sum(_words_beside(node) for node in nodes if isinstance(node, Product)):
        yield Evidence(-20.0 * count, "a word beside an operand")
    if any(isinstance(n, Binary) and n.level == "words" and is_wordy(n.left) for n in nodes):
        yield Evidence(-20, "a word before a condition")
    if any(map(_explains, nodes)):
        yield Evidence(-20, "a word that explains a symbol")
    if isinstance(tree, (Name, Function)):
        yield Evidence(-5, "a word")
    indices = [node.sub for node in nodes if isinstance(node, Script)]
    for node in nodes:
        if isinstance(node, Listing) and node not in indices and (bare := sum(map(is_wordy, node.items))):
            yield Evidence(-3.0 * bare if node is not tree else -20, "words in a list")


def _is_told(tree: Expression, names: Sequence[Name]) -> bool:
    """`net income / total assets`, `Assets = Liabilities + Equity`: arithmetic with a name of words or a capital.

    Single words in small letters may as well be variables of a program.
    """
    value = tree
    if isinstance(tree, Binary) and tree.sign == "=":
        value = tree.right if _calculates(tree.right) else tree.left
    return (
        _calculates(value)
        and all(isinstance(leaf, _QUANTITIES) for leaf in walk(value) if not children(leaf))
        and any(map(_is_named, names))
    )


def _is_named(name: Name) -> bool:
    """Whether a name has several words, a capital, or letters without case."""
    return " " in name.text or name.text[0].isupper() or not (name.text.isascii() or name.text.islower())


def _is_sentence(name: Name) -> bool:
    """Whether words say something, and name nothing."""
    said = name.text.split()
    return len(said) > _MOST or (
        len(said) > 1
        and not name.text.istitle()
        and not words.SENTENCE_WORDS.isdisjoint(word.lower() for word in said)
    )


def _explains(node: Expression) -> bool:
    """`x = input`, `H/T = heads or tails`: a word behind the equals sign, which says what symbols stand for."""
    if not (isinstance(node, Binary) and node.sign == "="):
        return False
    if _calculates(node.left) and any(isinstance(inner, Name) for inner in walk(node.left)):
        return False  # `Revenue - Cost = Profit`
    right = node.right.left if isinstance(node.right, Binary) and node.right.level == "words" else node.right
    return isinstance(right, Name) and is_wordy(right) and right.text not in CONSTANT


def _words_beside(product: Product) -> int:
    """Names that stand beside another operand with white space between."""
    count = 0
    for n in range(1, len(product.items)):
        one, other = product.items[n - 1], product.items[n]
        if not product.spaced[n]:
            continue
        unknown = isinstance(one, Function) and one.name not in words.FUNCTIONS
        argument = n > 1 and isinstance(one, Group) and not product.spaced[n - 1]
        wordy = (is_wordy(one) and not argument) or is_wordy(other)
        count += wordy or (unknown and isinstance(other, Group))
    return count


def _outside_events(node: Expression) -> Iterator[Expression]:
    """The nodes of a tree without those of events, which are told in words: `P(no rain | clouds)`."""
    yield node
    before: Expression | None = None
    for child in children(node):
        if not (isinstance(child, Group) and before in _PROBABILITIES):
            yield from _outside_events(child)
        before = child


def _is_ratio(node: Fraction) -> bool:
    """`TP/(TP+FP)`."""
    names = [inner for inner in walk(node) if isinstance(inner, Name)]
    return (
        bool(names)
        and all(name.text.isupper() for name in names)
        and any(isinstance(inner, Binary) and inner.level == "sum" for inner in walk(node))
    )


def _is_of_labels(tree: Expression) -> bool:
    """`ISO + B.2 + CEN`, `red > green > blue`: a sum or a comparison of names in a row that tells nothing."""
    nodes = [node for node in walk(tree) if isinstance(node, Binary)]
    signs = {node.sign for node in nodes}
    leaves = [node for node in walk(tree) if not children(node)]
    named = sum(isinstance(leaf, Name) for leaf in leaves)
    return len(nodes) > 1 and named > 1 and (signs <= {"+"} or signs <= {"<", ">"})


def _is_dotted(node: Expression) -> bool:
    """`percent · ratio · index`: names that dots part."""
    count = 0
    while isinstance(node, Binary) and node.sign == r"\cdot" and isinstance(node.right, (Name, Product)):
        count += 1
        node = node.left
    return count > 1 and isinstance(node, (Name, Product))


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
    leaves = [inner for inner in walk(node.right) if not children(inner)]
    return isinstance(node.left, Name) and all(isinstance(leaf, Number) for leaf in leaves)


def _calculates(node: Expression) -> bool:
    """Whether a node is a sum, a fraction, a product with a sign, a power or three symbols, or a root of one."""
    match node:
        case Fraction() | Binary(level="sum" | "product"):
            return True
        case Product(items=(Function(), Group(content=content))) | Root(content=Group(content=content)):
            return _calculates(content)
        case Root(content=content):
            return _calculates(content)
        case Product(items=items):
            raised = any(isinstance(item, Script) and item.sup is not None for item in items)
            return raised or (len(items) > 2 and all(isinstance(item, Symbol) for item in items))
        case _:
            return False


def _is_of_quantities(node: Expression) -> bool:
    """Whether a name in a sum has several words or a capital, as quantities of a statement have."""
    return any(isinstance(n, Name) and _is_named(n) for n in walk(node))


def _is_short(node: Binary) -> bool:
    """A sum of abbreviations and letters only."""
    return all(inner.text.isupper() for inner in walk(node) if isinstance(inner, Name)) and not any(
        isinstance(inner, Number) for inner in walk(node)
    )
