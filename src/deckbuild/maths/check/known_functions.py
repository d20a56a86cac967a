"""Functions whose values are known: a formula that bears one's name must have them.

A wrong sign in a source would otherwise be learned from the card.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TypeAlias

from deckbuild.machine.regex import regex
from deckbuild.maths.check.evaluate import NoValue, evaluate, free, normal
from deckbuild.maths.tree.expression import (
    Binary,
    Expression,
    Function,
    Group,
    Product,
    Script,
    Symbol,
    children,
)
from deckbuild.maths.tree.parser import NotAFormula, parse

Reference: TypeAlias = Callable[[float, float], float]
"""The value at x, with the parameter that some of them take."""

POINTS = (-2.0, -0.5, 0.3, 1.0, 1.7)
PARAMETER = 0.2
VECTOR = (-1.0, 0.5, 2.0)
TOLERANCE = 0.01
"""Relative and absolute; well known approximations (of GELU) are within it."""


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


REFERENCES: dict[str, Reference] = {
    "sigmoid": lambda x, a: _sigmoid(x),
    "logistic": lambda x, a: _sigmoid(x),
    "tanh": lambda x, a: math.tanh(x),
    "hyperbolic tangent": lambda x, a: math.tanh(x),
    "sinh": lambda x, a: math.sinh(x),
    "cosh": lambda x, a: math.cosh(x),
    "relu": lambda x, a: max(0.0, x),
    "rectified linear unit": lambda x, a: max(0.0, x),
    "leaky relu": lambda x, a: x if x > 0 else a * x,
    "prelu": lambda x, a: x if x > 0 else a * x,
    "parametric relu": lambda x, a: x if x > 0 else a * x,
    "elu": lambda x, a: x if x > 0 else a * (math.exp(x) - 1),
    "gelu": lambda x, a: x * normal(x),
    "silu": lambda x, a: x * _sigmoid(x),
    "swish": lambda x, a: x * _sigmoid(x),
    "softplus": lambda x, a: math.log(1 + math.exp(x)),
    "softsign": lambda x, a: x / (1 + abs(x)),
    "mish": lambda x, a: x * math.tanh(math.log(1 + math.exp(x))),
}
_ANY_SLOPE = {"leaky relu"}
"""Those whose parameter is often given as a number: any slope between 0 and 1 is right."""

_DECORATION = regex(r"\b(?:function|activation|unit|the|formula|loss)\b|\([^()]*\)")


def disagreement(name: str, text: str) -> str | None:
    """How the formula `text` differs from the function it is named after, in a sentence for its author.

    None where it agrees, where the name says nothing, or where no value can be computed.
    """
    try:
        tree = parse(text).expression
    except NotAFormula:
        return None
    called, body = _definition(tree)
    key = _key(called or name)
    if key not in REFERENCES and key != "softmax":
        return None
    try:
        return _of_vector(body) if key == "softmax" else _of_number(key, body)
    except NoValue:
        return None


def _key(name: str) -> str:
    plain = _DECORATION.sub(" ", name.casefold().replace("-", " "))
    return " ".join(re.findall(r"[a-z]+", plain))


def _definition(tree: Expression) -> tuple[str, Expression]:
    """Name and body of `sigmoid(x) = …`; of other formulas the right side, or the whole."""
    if not (isinstance(tree, Binary) and tree.level == "relation" and tree.sign in ("=", ":=")):
        return "", tree
    match tree.left:
        case Product(items=(Function(name=name), Group())):
            return name, tree.right
        case _:
            return "", tree.right


def _of_number(key: str, body: Expression) -> str | None:
    symbols = sorted(free(body), key=lambda tex: (tex.startswith("\\"), tex))
    if not symbols or len(symbols) > 2 or any(tex.endswith("_") for tex in symbols):
        raise NoValue("it has other symbols")
    reference = REFERENCES[key]
    slope = PARAMETER
    if key in _ANY_SLOPE and len(symbols) == 1:
        slope = -evaluate(body, {symbols[0]: -1.0})
        if not 0 <= slope < 1:
            return f"at {symbols[0]} = -1 it is {-slope:.4g}, which isn't a small slope"
    for x in POINTS:
        value = evaluate(body, dict(zip(symbols, (x, PARAMETER), strict=False)))
        wanted = reference(x, slope)
        if not math.isclose(value, wanted, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            return f"at {symbols[0]} = {x:g} it is {value:.4g}, and {key} is {wanted:.4g}"
    return None


def _of_vector(body: Expression) -> str | None:
    """Softmax, as far as it is written with an index."""
    vectors = [tex for tex in free(body) if tex.endswith("_")]
    if len(vectors) != 1:
        raise NoValue("it has other symbols")
    total = sum(map(math.exp, VECTOR))
    index = _outer_index(body)
    for place, x in enumerate(VECTOR):
        value = evaluate(body, {vectors[0]: VECTOR, index: place})
        wanted = math.exp(x) / total
        if not math.isclose(value, wanted, rel_tol=TOLERANCE):
            return f"for {VECTOR} its part {place + 1} is {value:.4g}, and softmax has {wanted:.4g}"
    return None


def _outer_index(body: Expression) -> str:
    """The index of the first symbol that has one."""
    stack: list[Expression] = [body]
    while stack:
        node = stack.pop(0)
        if isinstance(node, Script) and isinstance(node.sub, Symbol):
            return node.sub.tex
        stack = [*children(node), *stack]
    raise NoValue("it has no index")
