"""Stacks of layers with shortcuts: the residual block, the Transformer's block, its encoder and decoder."""

from __future__ import annotations

from collections.abc import Sequence

from figures.canvas import (
    EDGE,
    MINT,
    PLAIN,
    SAND,
    SKY,
    SMALL,
    Figure,
    Look,
    arrow,
    box,
    dots,
    line,
    node,
    text,
)

FILLS = {"conv": SKY, "attention": SKY, "feed": SAND, "Norm": MINT, "norm": MINT, "BN": MINT}
"""Grounds by what a layer's name holds, so that the same layer looks the same in every picture."""


def fill(words: str) -> str:
    """The ground of a layer."""
    return next((ground for part, ground in FILLS.items() if part in words), PLAIN)


HALF = {"+": 9.0, "•": 0.0}
"""Half the height of a sum and of a fork; of a layer it is `LAYER`."""
LAYER = 13.0


def stack(x: float, top: float, steps: Sequence[str], end: float, width: float = 112) -> list[str]:
    """Layers from top to bottom, and the arrows from `x` to `y`; `end` is where the last one points.

    At a fork `•` a shortcut leaves, which the next sum `+` takes up.
    """
    marks = []
    gap = (end - top - 2 * sum(HALF.get(step, LAYER) for step in steps)) / (len(steps) + 1)
    above, fork = top, top
    for step in steps:
        half = HALF.get(step, LAYER)
        y = above + gap + half
        if step == "•":
            marks += [line([(x, above), (x, y)]), dots([(x, y)], 3)]
            fork = y
        else:
            marks.append(arrow([(x, above), (x, y - half)]))
        if step == "+":
            side = x + width / 2 + 12
            marks += [arrow([(x, fork), (side, fork), (side, y), (x + half, y)]), node(x, y, "+")]
            marks += [text(side + 5, (fork + y) / 2, "identity", SMALL, turn=90)]
        elif step != "•":
            marks.append(box(x, y, width, 2 * half, step, fill(step)))
        above = y + half
    return [*marks, arrow([(x, above), (x, end)])]


def residual_block() -> Figure:
    """The block of ResNet as published first, and with its activations before the convolutions."""
    first = ("•", "conv 3×3", "BN, ReLU", "conv 3×3", "BN", "+", "ReLU")
    second = ("•", "BN, ReLU", "conv 3×3", "BN, ReLU", "conv 3×3", "+")
    marks = (
        *_named(78, "ResNet (2015)", first, 314),
        *_named(250, "pre-activation (2016)", second, 314),
        text(84, 352, "y = ReLU(x + F(x))"),
        text(256, 352, "y = x + F(x)"),
    )
    return Figure(
        "residual-block",
        364,
        marks,
    )


def transformer_block() -> Figure:
    """Where the norm stands: behind the sum in 2017, before the layer since GPT-2."""
    post = ("•", "self-attention", "+", "LayerNorm", "•", "feed-forward", "+", "LayerNorm")
    pre = ("•", "LayerNorm", "self-attention", "+", "•", "LayerNorm", "feed-forward", "+")
    marks = (
        *_named(78, "post-norm (2017)", post, 318),
        *_named(250, "pre-norm (GPT-2)", pre, 318),
        text(180, 354, "feed-forward, token by token: d → 4d → d", SMALL),
        text(180, 371, "pre-norm: one more LayerNorm after the last block", SMALL),
    )
    return Figure(
        "transformer-block",
        382,
        marks,
    )


def _named(x: float, name: str, steps: Sequence[str], end: float) -> list[str]:
    """A stack with its name above, between x and y."""
    return [
        text(x + 6, 22, name, bold=True),
        text(x, 42, "x"),
        *stack(x, 48, steps, end),
        text(x, end + 15, "y"),
    ]


def encoder_decoder() -> Figure:
    """The Transformer of 2017; its residual connections are inside “add & norm”."""
    left, right = 88.0, 264.0
    frame = Look(EDGE, 1.2, "4 3")
    marks = [
        box(left, 149, 160, 132, look=frame, fill="none"),
        box(right, 214, 168, 262, look=frame, fill="none"),
        text(16, 232, "N layers", SMALL, "start"),
        text(344, 362, "N layers", SMALL, "end"),
        *_column(left, ("source tokens", "embed + position", *ENCODER), (16, 52, 106, 132, 168, 194)),
        *_column(
            right,
            ("target so far", "embed + position", *DECODER, "linear, softmax", "next-token probabilities"),
            (16, 52, 106, 132, 236, 262, 298, 324, 382, 416),
        ),
        arrow([(left, 204), (left, 236), (right - 76, 236)]),
        text(130, 229, "K, V"),
        text(right + 8, 200, "Q", anchor="start"),
        text(12, 272, "encoder: every token", SMALL, "start"),
        text(12, 288, "attends to all of them", SMALL, "start"),
        text(12, 312, "decoder: a token attends", SMALL, "start"),
        text(12, 328, "to itself and to those", SMALL, "start"),
        text(12, 344, "before it, and to the", SMALL, "start"),
        text(12, 360, "whole source", SMALL, "start"),
    ]
    return Figure(
        "encoder-decoder",
        432,
        tuple(marks),
    )


ENCODER = ("self-attention", "add & norm", "feed-forward", "add & norm")
DECODER = (
    "masked self-attention",
    "add & norm",
    "cross-attention",
    "add & norm",
    "feed-forward",
    "add & norm",
)


def _column(x: float, steps: Sequence[str], places: Sequence[float]) -> list[str]:
    """Steps with their middles; the first and, at the end of a softmax, the last are words without a box."""
    marks: list[str] = []
    above = 0.0
    for step, y in zip(steps, places, strict=True):
        plain = step in ("source tokens", "target so far", "next-token probabilities")
        half = 8 if plain else 10 if step == "add & norm" else 13
        if above and y - half - above > 4:
            marks.append(arrow([(x, above), (x, y - half)]))
        marks.append(text(x, y + 5, step) if plain else box(x, y, 150, 2 * half, step, fill(step)))
        above = y + half
    return marks
