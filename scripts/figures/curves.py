"""Curves of formulas: activations, learning rates, and how an error falls and rises with capacity."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from figures.axes import Axes
from figures.canvas import BLUE, EDGE, GREEN, INK, RED, SMALL, Figure, Look, line, text

Function = Callable[[float], float]

MAIN = Look(BLUE, 2.2)
SECOND = Look(RED, 1.8, "5 3")


class Activation(NamedTuple):
    """A function and its slope; `range` is that of the plot."""

    name: str
    formula: str
    value: Function
    slope: Function
    range: tuple[float, float]
    jumps: bool = False


def sigmoid(x: float) -> float:
    """1/(1 + e⁻ˣ)."""
    return 1 / (1 + math.exp(-x))


def normal(x: float) -> float:
    """Φ, the distribution function of a standard normal variable."""
    return (1 + math.erf(x / math.sqrt(2))) / 2


def density(x: float) -> float:
    """φ, the density of a standard normal variable."""
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


LEAK = 0.1
ACTIVATIONS = (
    Activation("sigmoid", "1/(1 + e^{−x})", sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x)), (-0.3, 1.15)),
    Activation("tanh", "2σ(2x) − 1", math.tanh, lambda x: 1 - math.tanh(x) ** 2, (-1.15, 1.15)),
    Activation("ReLU", "max(0, x)", lambda x: max(0, x), lambda x: float(x > 0), (-1, 3), jumps=True),
    Activation(
        "leaky ReLU",
        f"slope {LEAK}",
        lambda x: max(LEAK * x, x),
        lambda x: 1 if x > 0 else LEAK,
        (-1, 3),
        jumps=True,
    ),
    Activation("GELU", "x · Φ(x)", lambda x: x * normal(x), lambda x: normal(x) + x * density(x), (-1, 3)),
    Activation(
        "SiLU (Swish)",
        "x · σ(x)",
        lambda x: x * sigmoid(x),
        lambda x: sigmoid(x) * (1 + x * (1 - sigmoid(x))),
        (-1, 3),
    ),
)


def cell(at: int, top: float, pitch: float, height: float) -> tuple[float, float, float, float]:
    """Left, top, width and height of one of the plots that stand in two columns."""
    return (16, 192)[at % 2], top + pitch * (at // 2), 152, height


def activation_curves() -> Figure:
    """Six activation functions and their slopes, each by itself."""
    marks = [
        line([(72, 17), (100, 17)], MAIN),
        text(106, 21, "f(x)", anchor="start"),
        line([(176, 17), (204, 17)], SECOND),
        text(210, 21, "derivative f′(x)", anchor="start"),
    ]
    for at, activation in enumerate(ACTIVATIONS):
        left, top, width, height = cell(at, 54, 114, 80)
        axes = Axes(left, top, width, height, (-4, 4), activation.range)
        # A slope that jumps has no value at 0, so its two halves are drawn by themselves.
        halves = ((-4.0, -1e-9), (1e-9, 4.0)) if activation.jumps else ((-4.0, 4.0),)
        top_of_range = activation.range[1]
        end = 4.0 if activation.value(4) < top_of_range else top_of_range
        marks += [
            text(left, top - 9, activation.name, bold=True, anchor="start"),
            text(left + width, top - 9, activation.formula, SMALL, "end"),
            axes.cross(),
            axes.ticks((-2, "−2"), (2, "2")),
            axes.level(1, "1"),
            *((axes.level(-1, "−1", right=True),) if activation.range[0] < -1 else ()),
            *(axes.curve(activation.slope, SECOND, *half) for half in halves),
            axes.curve(activation.value, MAIN, -4, end),
        ]
    return Figure(
        "activation-curves",
        376,
        tuple(marks),
    )


WARM = 0.1
"""Share of the steps in which the rate rises."""

Schedule = tuple[str, tuple[float, ...], Function]
"""A name, the ends of the pieces that are curves of their own, and the rate as a share of its peak."""


def warmed(after: Function) -> Function:
    """A straight rise to the peak, then `after`, which gets the share of the other steps that are done."""
    return lambda t: t / WARM if t < WARM else after((t - WARM) / (1 - WARM))


def one_cycle(t: float) -> float:
    """Half a cosine up from a 25th of the peak in the first 30 %, then another down to almost nothing."""
    begin, end = (0.04, 1.0) if t < 0.3 else (1.0, 0.04 / 10_000)
    share = t / 0.3 if t < 0.3 else (t - 0.3) / 0.7
    return end + (begin - end) * (1 + math.cos(math.pi * share)) / 2


SCHEDULES: tuple[Schedule, ...] = (
    ("steps of × 0.1", (0, 0.5, 0.75, 1), lambda t: 1 if t < 0.5 else 0.1 if t < 0.75 else 0.01),
    ("exponential", (0, 1), lambda t: math.exp(-5 * t)),
    ("warm-up, linear", (0, WARM, 1), warmed(lambda t: 1 - t)),
    ("warm-up, cosine", (0, WARM, 1), warmed(lambda t: (1 + math.cos(math.pi * t)) / 2)),
    ("warm-up, 1/√t", (0, WARM, 1), lambda t: min(t / WARM, math.sqrt(WARM / t)) if t else 0),
    ("one cycle", (0, 0.3, 1), one_cycle),
)


def learning_rate_schedules() -> Figure:
    """Six schedules as shares of the peak rate over the share of the training."""
    marks = [
        text(16, 21, "↑ learning rate, 1 = peak", SMALL, "start"),
        text(344, 21, "→ step, T = last", SMALL, "end"),
    ]
    for at, (name, ends, rate) in enumerate(SCHEDULES):
        left, top, width, height = cell(at, 54, 108, 64)
        axes = Axes(left + 14, top, width - 20, height, (0, 1), (0, 1.08))
        marks += [text(left, top - 8, name, bold=True, anchor="start"), axes.cross()]
        marks += [axes.ticks((0, "0"), (1, "T")), text(left + 9, axes.at(0, 1)[1] + 4, "1", SMALL, "end")]
        marks += [axes.curve(rate, MAIN, begin, end - 1e-9) for begin, end in pairwise(ends)]
        marks += [
            axes.through([(end, rate(end - 1e-9)), (end, rate(end))], Look(BLUE, 1.4, "2 3"))
            for end in ends[1:-1]
            if rate(end - 1e-9) - rate(end) > 0.01
        ]
    return Figure(
        "learning-rate-schedules",
        384,
        (*marks, text(180, 373, "warm-up: first 10 % of steps; one cycle peaks at 30 %", SMALL)),
    )


POINTS = 12
NOISE = 0.5
"""Standard deviation of the noise in the labels."""

PLACES = [-1 + 2 * at / (POINTS - 1) for at in range(POINTS)]


def squared_biases() -> list[float]:
    """Mean squared bias of least squares with polynomials of degrees from 0: what they leave of the target.

    The target is 1/(1.08 − x), which no polynomial is, in a scale in which a constant leaves 0.7 of it.
    """
    rest = [1 / (1.08 - x) for x in PLACES]
    basis: list[list[float]] = []
    found = []
    for degree in range(POINTS):
        power = [x**degree for x in PLACES]
        for vector in (*basis, *basis):  # twice, so that rounding leaves no trace of those before
            power = _without(power, vector)
        size = math.sqrt(_product(power, power))
        basis.append([x / size for x in power])
        rest = _without(rest, basis[-1])
        found.append(_product(rest, rest))
    return [0.7 * left / found[0] for left in found]


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _without(values: Sequence[float], vector: Sequence[float]) -> list[float]:
    share = _product(values, vector)
    return [value - share * part for value, part in zip(values, vector, strict=True)]


def bias_variance() -> Figure:
    """The expected error of polynomials fitted to noisy points: known exactly, nothing is sampled."""
    noise = NOISE**2
    biases = squared_biases()
    variances = [noise * (degree + 1) / POINTS for degree in range(POINTS)]
    errors = [bias + variance + noise for bias, variance in zip(biases, variances, strict=True)]
    best = errors.index(min(errors))
    axes = Axes(40, 18, 300, 210, (0, POINTS - 1), (0, 1))
    bottom, edge = axes.at(best, 0), axes.at(best, errors[best])
    marks = (
        axes.cross(),
        axes.ticks(*((degree, str(degree)) for degree in range(POINTS))),
        text(34, axes.at(0, 1)[1] + 4, "1", SMALL, "end"),
        text(34, axes.at(0, 0.5)[1] + 4, "0.5", SMALL, "end"),
        text(34, axes.at(0, 0)[1] + 4, "0", SMALL, "end"),
        line([bottom, edge], Look(EDGE, 1.2, "2 3")),
        axes.through(list(enumerate(biases)), Look(BLUE, 2, "7 3")),
        axes.through(list(enumerate(variances)), Look(RED, 2, "2 3")),
        axes.through([(0, noise), (POINTS - 1, noise)], Look(GREEN, 1.6, "9 3 2 3")),
        axes.through(list(enumerate(errors)), Look(INK, 2.6)),
        text(*axes.at(1.3, 0.71), "expected test error", anchor="start", bold=True),
        text(*axes.at(best, errors[best] + 0.04), "least", SMALL),
        text(*axes.at(6.4, 0.28), "noise σ² = 0.25", anchor="start"),
        text(*axes.at(7.6, 0.08), "variance", anchor="start"),
        text(*axes.at(4.4, 0.04), "bias²", anchor="start"),
        text(82, 26, "↑ squared error", SMALL, "start"),
        text(40, 266, "← underfits", SMALL, "start"),
        text(190, 266, "degree of polynomial", SMALL),
        text(340, 266, "overfits →", SMALL, "end"),
    )
    return Figure(
        "bias-variance",
        280,
        marks,
    )
