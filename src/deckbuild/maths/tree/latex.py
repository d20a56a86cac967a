r"""A tree as LaTeX for MathJax and for Anki: without `}}`, which ends a cloze, and with few brackets."""

from __future__ import annotations

import re

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens import signs, units
from deckbuild.maths.tree.expression import (
    Bars,
    Big,
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
    Prose,
    Range,
    Root,
    Script,
    Symbol,
)
from deckbuild.maths.tree.form import (
    is_argument,
    is_plain,
    is_simple,
    is_tall,
    low,
    needs_thin_space,
    unwrapped,
)
from deckbuild.maths.tree.leaves import function_of, name_of, number_of

_POSTFIXES = {
    "'": "'",
    "°C": r"\,{}^{\circ}\mathrm{C}",
    "°F": r"\,{}^{\circ}\mathrm{F}",
    "%": r"\%",
    "‰": r"\unicode{x2030}",
    "°": r"^{\circ}",
    "!": "!",
    "†": r"^{\dagger}",
}
_VULGAR = regex(r"\\tfrac\{(\d)\}\{(\d)\}")


def latex(node: Expression) -> str:
    """The LaTeX of a tree, without delimiters."""
    return re.sub(r"\}(?=\})", "} ", _latex(node))


def _latex(node: Expression, small: bool = False) -> str:
    """`small` inside scripts, where fractions are written with a slash."""
    match node:
        case Number(text=text):
            return number_of(text)
        case Symbol(tex=tex) | Constant(tex=tex):
            return _VULGAR.sub(r"\1/\2", tex) if small else tex
        case Name(text=text):
            return name_of(text)
        case Measure(text=text):
            return units.latex(text)
        case Prose(text=text):
            return rf"\text{{ {text} }}"
        case Function(name=name):
            return function_of(name)
        case Script():
            return _script(node, small)
        case Product():
            return _product(node, small)
        case Fraction(top=top, bottom=bottom):
            if small:
                return f"{_side(top)}/{_side(bottom)}"
            return rf"\frac{{{_row(unwrapped(top))}}}{{{_row(unwrapped(bottom))}}}"
        case Root(content=content, degree=degree):
            return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_latex(content, small)}}}"
        case Binary():
            return _binary(node, small)
        case Prefix(sign=sign, operand=operand):
            return _prefix(sign, operand, small)
        case Big(sign=sign, body=body):
            return _joined(_latex(sign, small), _latex(body, small))
        case Postfix(operand=operand, sign=sign):
            raised = isinstance(operand, Script) and operand.sup is not None
            text = _latex(operand, small)
            return (f"{{{text}}}" if raised and sign in "'°†" else text) + _POSTFIXES[sign]
        case Group(opening=opening, closing=closing, content=content):
            return _enclosed(opening, closing, content, small)
        case Bars(sign=sign, content=content):
            left, right = (r"\lVert ", r"\rVert ") if sign == "||" else ("|", "|")
            if is_tall(content) and not small:
                left, right = (r"\left\lVert ", r"\right\rVert ") if sign == "||" else (r"\left|", r"\right|")
            return left + _latex(content, small) + right.rstrip()
        case Listing(items=items, separator=separator):
            return f"{separator} ".join(_latex(item, small) for item in items)
        case Range(low=low, high=high):
            return rf"{_latex(low)}\text{{–}}{_latex(high)}"
        case Cases(rows=rows):
            lines = r" \\ ".join(f"{_latex(value)} & {_condition(condition)}" for value, condition in rows)
            return rf"\begin{{cases}} {lines} \end{{cases}}"


def _script(node: Script, small: bool) -> str:
    base = _latex(node.base, small)
    marked = isinstance(node.base, Postfix) and isinstance(node.base.operand, Script)
    if marked or isinstance(node.base, (Fraction, Binary, Product, Prefix, Script)):
        base = f"{{{base}}}"
    sub = f"_{{{_latex(low(node.sub), True)}}}" if node.sub is not None else ""
    sup = f"^{{{_latex(node.sup, True)}}}" if node.sup is not None else ""
    if base.endswith("'"):  # a prime is an exponent, and goes on in one that follows at once
        return base + _short(sup) + _short(sub)
    return base + _short(sub) + _short(sup)


def _short(script: str) -> str:
    """An index of one character needs no braces; exponents keep theirs, as books print them in source."""
    return script[0] + script[2] if len(script) == 4 and script[0] == "_" else script


def _row(node: Expression) -> str:
    """One side of a fraction; a simple fraction in it stays on the line."""
    if isinstance(node, Fraction) and is_simple(node.top) and is_simple(node.bottom):
        return _latex(node, True)
    return _latex(node)


def _side(node: Expression) -> str:
    """A side of a fraction that is written with a slash."""
    if isinstance(node, (Binary, Listing)):
        return f"({_latex(node, True)})"
    return _latex(node, True)


def _product(node: Product, small: bool) -> str:
    text = ""
    for n, item in enumerate(node.items):
        piece = _latex(item, small)
        before = node.items[n - 1] if n else None
        if isinstance(item, Group) and not small and not is_argument(before, node.spaced[n]):
            inner = unwrapped(item)
            piece = _latex(inner) if isinstance(inner, Fraction) else piece
        if before is not None and needs_thin_space(before, item, node, n):
            text += r"\,"
        if isinstance(item, Fraction) and isinstance(before, Function) and not small:
            piece = rf"\left({piece}\right)"
        text = _joined(text, piece)
    return text


def _binary(node: Binary, small: bool) -> str:
    left, right = (_factor(side, node.level, small) for side in (node.left, node.right))
    if node.level == "words":
        return rf"{left} \text{{ {node.sign} }} {right}" if right else rf"{left} \text{{ {node.sign}}}"
    return f"{left} {node.sign} {right}"


def _factor(node: Expression, level: str, small: bool) -> str:
    """An operand; a fraction that is a factor needs no brackets."""
    inner = unwrapped(node)
    if level == "product" and isinstance(inner, Fraction) and not small:
        return _latex(inner)
    return _latex(node, small)


def _prefix(sign: Expression, operand: Expression, small: bool) -> str:
    text, rest = _latex(sign, small), _latex(operand, small)
    if text == r"\operatorname{mod}":
        return rf"\bmod {rest}"
    if isinstance(operand, Name) and text.startswith("\\"):
        return rf"{text}\,{rest}"
    return _joined(text, rest)


def _enclosed(opening: str, closing: str, content: Expression, small: bool) -> str:
    if isinstance(content, Prefix) and content.sign == Constant(r"\operatorname{mod}"):
        return rf"\pmod{{{_latex(content.operand)}}}"
    left, right = signs.DELIMITERS.get(opening, opening), signs.DELIMITERS.get(closing, closing)
    if (rows := _matrix(opening, content)) and not small:
        return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"
    simple = _plain_fraction(content) if opening == "(" and not small else ""
    if simple:
        return f"({simple})"
    text = _latex(content, small)
    if is_tall(content) and not small:
        return rf"\left{left} {text} \right{right}"
    return _joined(left, text) + (
        right if right[0] != "\\" else f" {right}" if text[-1:].isalpha() else right
    )


def _matrix(opening: str, content: Expression) -> str:
    """The rows of `[[a, b], [c, d]]` and of `[a, b; c, d]`; empty for what is no matrix."""
    if opening != "[" or not isinstance(content, Listing):
        return ""
    rows = [row.content if isinstance(row, Group) and row.opening == "[" else row for row in content.items]
    nested = all(isinstance(row, Group) and row.opening == "[" for row in content.items)
    if not (nested or content.separator == ";") or not all(isinstance(row, Listing) for row in rows):
        return ""
    cells = [row.items for row in rows if isinstance(row, Listing)]
    if len({len(row) for row in cells}) != 1:
        return ""
    return r" \\ ".join(" & ".join(map(_latex, row)) for row in cells)


def _plain_fraction(content: Expression) -> str:
    """`n/2` as an argument stays on the line."""
    if isinstance(content, Fraction) and is_plain(content):
        return f"{_latex(content.top, True)}/{_latex(content.bottom, True)}"
    return ""


def _condition(condition: Expression | None) -> str:
    return rf"\text{{if }} {_latex(condition)}" if condition is not None else r"\text{otherwise}"


def _joined(left: str, right: str) -> str:
    """Two pieces of LaTeX, with a space where a command would run into letters."""
    if right[:1].isalpha() and re.search(r"\\[A-Za-z]+$", left):
        return f"{left} {right}"
    return left + right
