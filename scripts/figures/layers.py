"""Single layers from inside: the cell of an LSTM, dropout, and an adapter of low rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from figures.canvas import (
    EDGE,
    INK,
    MINT,
    PLAIN,
    RED,
    SAND,
    SKY,
    SMALL,
    Figure,
    Look,
    Point,
    arrow,
    box,
    dots,
    line,
    node,
    path,
    text,
    way,
)


def lstm_cell() -> Figure:
    """One step: the cell state runs along the top, and three gates open and close by h and x."""
    top, base, gates = 48.0, 208.0, 162.0
    forget, enter, candidate, out, end = 88.0, 140.0, 196.0, 252.0, 300.0
    sum_x = (enter + candidate) / 2
    marks = [
        box(190, 127, 284, 206, fill="#fff", look=Look(EDGE, 1.2)),
        arrow([(8, top), (forget - 9, top)]),
        arrow([(forget + 9, top), (sum_x - 9, top)]),
        arrow([(sum_x + 9, top), (352, top)]),
        line([(8, base), (out, base)]),
        arrow([(68, 256), (68, base + 3)]),
        dots([(68, base), (forget, base), (enter, base), (candidate, base), (end, top)], 3),
    ]
    names = ((forget, "σ", "f_{t}"), (enter, "σ", "i_{t}"), (candidate, "tanh", "g_{t}"), (out, "σ", "o_{t}"))
    for x, words, _ in names:
        marks += [
            arrow([(x, base), (x, gates + 13)]),
            box(x, gates, 42, 26, words, SAND if words == "σ" else MINT),
        ]
    marks += [
        arrow([(forget, gates - 13), (forget, top + 9)]),
        arrow([(enter, gates - 13), (enter, 108), (sum_x - 9, 108)]),
        arrow([(candidate, gates - 13), (candidate, 108), (sum_x + 9, 108)]),
        arrow([(sum_x, 99), (sum_x, top + 9)]),
        arrow([(end, top), (end, 74)]),
        box(end, 86, 42, 24, "tanh", MINT),
        arrow([(end, 98), (end, 119)]),
        arrow([(out, gates - 13), (out, 128), (end - 9, 128)]),
        arrow([(end, 137), (end, base), (352, base)]),
        node(forget, top, "×"),
        node(sum_x, top, "+"),
        node(sum_x, 108, "×"),
        node(end, 128, "×"),
        text(forget - 6, 130, "f_{t}", anchor="end"),
        text(enter - 6, 130, "i_{t}", anchor="end"),
        text(candidate + 6, 130, "g_{t}", anchor="start"),
        text(out - 6, 134, "o_{t}", anchor="end"),
        text(6, top - 10, "c_{t−1}", anchor="start"),
        text(354, top - 10, "c_{t}", anchor="end"),
        text(6, base - 10, "h_{t−1}", anchor="start"),
        text(354, base - 10, "h_{t}", anchor="end"),
        text(68, 271, "x_{t}"),
        text(104, 255, "c_{t} = f_{t} × c_{t−1} + i_{t} × g_{t}", anchor="start"),
        text(104, 277, "h_{t} = o_{t} × tanh(c_{t})", anchor="start"),
        text(180, 302, "boxes in the row: σ or tanh of W[h_{t−1}, x_{t}] + b", SMALL),
        text(180, 320, "f forget, i input, g candidate, o output;", SMALL),
        text(180, 336, "× and + work element by element", SMALL),
    ]
    return Figure(
        "lstm-cell",
        348,
        tuple(marks),
    )


LAYERS = (3, 4, 4, 2)
DROPPED = {(1, 1), (1, 3), (2, 0), (2, 2)}
"""Layer and unit of those that one step leaves out: half of each hidden layer."""


def dropout() -> Figure:
    """A network, and the thinner one that one step trains."""
    marks = [
        text(92, 24, "inference", bold=True),
        text(268, 24, "one training step", bold=True),
        *_network(24, set()),
        *_network(200, DROPPED),
        text(92, 210, "all units, unscaled", SMALL),
        text(268, 210, "p = 0.5: half are zero,", SMALL),
        text(268, 226, "the rest × 1/(1 − p) = 2", SMALL),
        line([(14, 240), (346, 240)], Look(EDGE, 1)),
        text(180, 260, "another random choice at every step", SMALL),
        text(180, 277, "E[output] = (1 − p) · h/(1 − p) + p · 0 = h", SMALL),
    ]
    return Figure(
        "dropout",
        290,
        tuple(marks),
    )


def _network(left: float, dropped: set[tuple[int, int]]) -> Iterator[str]:
    """Units in columns; those left out are dashed and crossed and have no connections."""
    places = {
        (layer, unit): (left + 45 * layer, 114 + 40 * (unit - (size - 1) / 2))
        for layer, size in enumerate(LAYERS)
        for unit in range(size)
    }
    ties = [
        way([places[one], places[other]])
        for one in places
        for other in places
        if other[0] == one[0] + 1 and not dropped & {one, other}
    ]
    yield path("".join(ties), Look(EDGE, 1))
    for key, (x, y) in places.items():
        if key in dropped:
            yield node(x, y, radius=11, look=Look(EDGE, 1.4, "3 2"))
            yield path(
                way([(x - 7, y - 7), (x + 7, y + 7)]) + way([(x - 7, y + 7), (x + 7, y - 7)]), Look(RED, 2)
            )
        else:
            yield node(x, y, radius=11, fill=SKY if 0 < key[0] < len(LAYERS) - 1 else PLAIN)


def lora() -> Figure:
    """The frozen matrix and the two narrow ones beside it."""
    marks = [
        text(180, 26, "x, k values"),
        line([(180, 33), (180, 46)]),
        dots([(180, 46)], 3),
        arrow([(180, 46), (92, 46), (92, 66)]),
        arrow([(180, 46), (262, 46), (262, 66)]),
        box(92, 121, 130, 110, "W, d × k\nfrozen", PLAIN),
        *_funnel(262, 66, (65, 16), "A, r × k", SKY),
        arrow([(262, 110), (262, 132)]),
        text(272, 125, "r values", SMALL, "start"),
        *_funnel(262, 132, (16, 65), "B, d × r", SAND),
        arrow([(262, 176), (262, 192)]),
        box(262, 204, 60, 24, "× α/r", MINT),
        arrow([(92, 176), (92, 232), (171, 232)]),
        arrow([(262, 216), (262, 232), (189, 232)]),
        node(180, 232, "+"),
        arrow([(180, 241), (180, 258)]),
        text(180, 273, "y = Wx + (α/r) · BAx"),
        text(180, 298, "trained: A, random at first, and B, zero at first", SMALL),
        text(180, 318, "d = k = 4,096, r = 8: 65,536 trained weights,", SMALL),
        text(180, 334, "0.39 % of the 16,777,216 of W", SMALL),
    ]
    return Figure(
        "lora",
        346,
        tuple(marks),
    )


def _funnel(x: float, y: float, halves: tuple[float, float], words: str, ground: str) -> Sequence[str]:
    """A matrix that narrows or widens: a trapezoid of 44 units with half its width above and below."""
    above, below = halves
    corners: list[Point] = [(x - above, y), (x + above, y), (x + below, y + 44), (x - below, y + 44)]
    return [
        f'<path d="{way(corners)}z" fill="{ground}" stroke="{INK}" stroke-width="1.3"/>',
        text(x, y + (18 if above > below else 36), words),
    ]
