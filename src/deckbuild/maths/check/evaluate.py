"""The value of a formula's tree at a point, in floating point."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

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
    Number,
    Prefix,
    Product,
    Root,
    Script,
    Symbol,
    children,
)

Values: TypeAlias = Mapping[str, float | Sequence[float]]
"""Symbols by their LaTeX: a number, or a vector for those with an index."""


class NoValue(Exception):
    """The tree holds something that has no value, or not here."""


FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "erf": math.erf,
    "max": max,
    "min": min,
    "sqrt": math.sqrt,
    "abs": abs,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "relu": lambda x: max(0.0, x),
    "ReLU": lambda x: max(0.0, x),
    "softplus": lambda x: math.log(1 + math.exp(x)),
}


def normal(x: float) -> float:
    """The share of a standard normal distribution below `x`."""
    return (1 + math.erf(x / math.sqrt(2))) / 2


_NAMED: Mapping[str, Callable[..., float]] = {
    r"\Phi": normal,
    r"\sigma": FUNCTIONS["sigmoid"],
}
_VULGAR = {
    rf"\tfrac{{{a}}}{{{b}}}": a / b for a, b in ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 6), (1, 8))
}
_RELATIONS: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    r"\ge": lambda a, b: a >= b,
    r"\le": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
    r"\ne": lambda a, b: a != b,
}


def free(node: Expression) -> set[str]:
    """The symbols that need a value: those with an index as `x_`."""
    match node:
        case Script(base=Symbol(tex=tex), sub=Symbol() | Number(), sup=sup):
            return {f"{tex}_"} | (free(sup) if sup is not None else set())
        case Symbol(tex=tex):
            return set() if tex in ("e", r"\pi") else {tex}
        case Product(items=(Symbol(tex=tex), Group(content=content), *rest)) if tex in _NAMED:
            return free(content).union(*map(free, rest))
        case _:
            return set().union(*map(free, children(node)))


def evaluate(node: Expression, values: Values) -> float:
    """The value of a tree. Raises `NoValue`."""
    try:
        found = _value(node, values)
    except (ArithmeticError, ValueError, TypeError, IndexError) as error:
        raise NoValue(str(error)) from error
    if isinstance(found, complex):
        raise NoValue("it is complex")
    return float(found)


def _value(node: Expression, values: Values) -> float:
    match node:
        case Number(text=text):
            return float(text.replace(",", ""))
        case Symbol(tex="e"):
            return math.e
        case Symbol(tex=r"\pi"):
            return math.pi
        case Symbol(tex=tex) if isinstance(values.get(tex), (int, float)):
            return values[tex]  # type: ignore[return-value]
        case Constant(tex=tex) if tex in _VULGAR:
            return _VULGAR[tex]
        case Script(base=Symbol(tex=tex), sub=Symbol(tex=index), sup=sup) if f"{tex}_" in values:
            part: float = values[f"{tex}_"][int(values[index])]  # type: ignore[index, arg-type]
            return _power(part, sup, values)
        case Script(base=base, sub=None, sup=sup) if sup is not None:
            return _power(_value(base, values), sup, values)
        case Product(items=items):
            return _product(items, values)
        case Fraction(top=top, bottom=bottom):
            return _value(top, values) / _value(bottom, values)
        case Root(content=content, degree=degree):
            return float(_value(content, values) ** (1 / int(degree or "2")))
        case Binary(level="sum", sign=sign, left=left, right=right):
            one, other = _value(left, values), _value(right, values)
            return {"+": one + other, "-": one - other}.get(sign, math.nan)
        case Binary(level="product", sign=r"\times" | r"\cdot", left=left, right=right):
            return _value(left, values) * _value(right, values)
        case Prefix(sign=Constant(tex="-"), operand=operand):
            return -_value(operand, values)
        case Group(content=content):
            return _value(content, values)
        case Bars(sign="|", content=content):
            return abs(_value(content, values))
        case Big(sign=sign, body=body):
            return _sum(sign, body, values)
        case Cases(rows=rows):
            return next(_value(value, values) for value, condition in rows if _holds(condition, values))
        case _:
            raise NoValue(f"{type(node).__name__.lower()} has no value")


def _product(items: Sequence[Expression], values: Values) -> float:
    """A product in which functions take what stands behind them."""
    total, at = 1.0, 0
    while at < len(items):
        item = items[at]
        power = 1.0
        if isinstance(item, Script) and isinstance(item.base, Function) and item.sub is None:
            power = 1.0 if item.sup is None else _value(item.sup, values)
            item = item.base
        function = FUNCTIONS.get(item.name) if isinstance(item, Function) else None
        if isinstance(item, Symbol) and at + 1 < len(items) and isinstance(items[at + 1], Group):
            function = _NAMED.get(item.tex)
        if function is None:
            total *= _value(item, values)
            at += 1
        else:
            if at + 1 == len(items):
                raise NoValue("a function has no argument")
            total *= float(function(*_arguments(items[at + 1], values)) ** power)
            at += 2
    return total


def _power(base: float, exponent: Expression | None, values: Values) -> float:
    return base if exponent is None else float(base ** _value(exponent, values))


def _arguments(node: Expression, values: Values) -> list[float]:
    inner = node.content if isinstance(node, Group) else node
    parts = inner.items if isinstance(inner, Listing) else (inner,)
    return [_value(part, values) for part in parts]


def _sum(sign: Expression, body: Expression, values: Values) -> float:
    """A sum over all places of the vectors, by the index below the sign, else the one that the body has."""
    base, sub = (sign.base, sign.sub) if isinstance(sign, Script) else (sign, None)
    if base != Constant(r"\sum"):
        raise NoValue("only sums are evaluated")
    indices = [sub.tex] if isinstance(sub, Symbol) else sorted(_indices(body))
    sizes = [len(value) for value in values.values() if isinstance(value, Sequence)]
    if len(indices) != 1 or not sizes:
        raise NoValue("the index of the sum is not clear")
    return sum(_value(body, {**values, indices[0]: place}) for place in range(sizes[0]))


def _indices(node: Expression) -> set[str]:
    found = {node.sub.tex} if isinstance(node, Script) and isinstance(node.sub, Symbol) else set()
    return found.union(*map(_indices, children(node)))


def _holds(condition: Expression | None, values: Values) -> bool:
    match condition:
        case None:
            return True
        case Binary(level="relation", sign=sign, left=left, right=right) if sign in _RELATIONS:
            return _RELATIONS[sign](_value(left, values), _value(right, values))
        case _:
            raise NoValue("the condition is not clear")
