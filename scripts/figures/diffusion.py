"""Diffusion: points of a ring that turn to noise by the formula of DDPM, and the share of each."""

from __future__ import annotations

import math
import random
from itertools import accumulate

from figures.axes import Axes
from figures.canvas import BLUE, INK, RED, SMALL, Figure, Look, Point, arrow, box, dots, text

STEPS = 1000
BETAS = [1e-4 + (0.02 - 1e-4) * at / (STEPS - 1) for at in range(STEPS)]
"""The linear schedule of Ho, Jain and Abbeel, 2020."""

KEPT = [1.0, *accumulate((1 - beta for beta in BETAS), lambda one, other: one * other)]
"""ᾱ after each step, from 1 at step 0."""

SHOWN = (0, 100, 300, 1000)
POINTS = 64


def noise() -> list[Point]:
    """Pairs of standard normal values, the same in every run."""
    chance = random.Random(4)
    found = []
    for _ in range(POINTS):
        radius = math.sqrt(-2 * math.log(1 - chance.random()))
        angle = 2 * math.pi * chance.random()
        found.append((radius * math.cos(angle), radius * math.sin(angle)))
    return found


def ring() -> list[Point]:
    """The data: points on a circle."""
    angles = [2 * math.pi * at / POINTS for at in range(POINTS)]
    return [(1.6 * math.cos(angle), 1.6 * math.sin(angle)) for angle in angles]


def noised(step: int) -> list[Point]:
    """x_t = √ᾱ_t · x_0 + √(1 − ᾱ_t) · ε."""
    signal, spread = math.sqrt(KEPT[step]), math.sqrt(1 - KEPT[step])
    pairs = zip(ring(), noise(), strict=True)
    return [(signal * x + spread * u, signal * y + spread * v) for (x, y), (u, v) in pairs]


def diffusion_steps() -> Figure:
    """Four steps of the way from data to noise and back, and the share of both over all steps."""
    marks = [
        text(180, 20, "forward: add a little noise, nothing is learned", SMALL),
        arrow([(14, 30), (346, 30)]),
    ]
    for at, step in enumerate(SHOWN):
        middle = 51 + 86 * at
        axes = Axes(middle - 37, 40, 74, 74, (-3.4, 3.4), (-3.4, 3.4))
        marks += [
            box(middle, 77, 76, 76, fill="#fff"),
            dots([axes.at(*point) for point in noised(step)], 1.6, BLUE),
        ]
        marks += [text(middle, 131, f"t = {step:,}")]
    marks += [arrow([(346, 143), (14, 143)], Look(INK, 1.6, "6 3"))]
    marks += [text(180, 161, "reverse: a network predicts the noise to remove", SMALL)]
    return Figure(
        "diffusion-steps",
        334,
        (*marks, *_shares()),
    )


def _shares() -> list[str]:
    axes = Axes(34, 200, 292, 92, (0, STEPS), (0, 1))
    signal, noise = Look(BLUE, 2.2), Look(RED, 2, "5 3")
    return [
        text(180, 188, "x_{t} = √ᾱ_{t} · x_{0} + √(1 − ᾱ_{t}) · ε"),
        axes.cross(),
        axes.ticks((0, "0"), (500, "500"), (1000, "1,000")),
        text(28, 204, "1", SMALL, "end"),
        text(28, 296, "0", SMALL, "end"),
        axes.through([(step, math.sqrt(KEPT[step])) for step in range(0, STEPS + 1, 40)], signal),
        axes.through(
            [(step, math.sqrt(1 - KEPT[step])) for step in (0, 5, 15, 25, *range(40, STEPS + 1, 40))], noise
        ),
        text(*axes.at(560, 0.28), "signal √ᾱ_{t}", anchor="start"),
        text(*axes.at(600, 0.75), "noise √(1 − ᾱ_{t})", anchor="start"),
        text(180, 327, "step t", SMALL),
    ]
