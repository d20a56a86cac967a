"""Images and their channels: a convolution in numbers, what a unit sees, what normalisation averages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from figures.canvas import BLUE, EDGE, INK, PAPER, SKY, SMALL, Figure, Look, node, path, text, way

Matrix = Sequence[Sequence[int]]

INPUT: Matrix = ((0, 0, 1, 1, 1), (0, 0, 1, 1, 1), (0, 0, 1, 1, 1), (0, 0, 0, 0, 0), (0, 0, 0, 0, 0))
KERNEL: Matrix = ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1))
SIDE = 22
"""Of a cell of a matrix."""


def convolved(image: Matrix, kernel: Matrix) -> list[list[int]]:
    """What deep learning calls a convolution: the kernel isn't flipped; no padding, stride 1."""
    reach = range(len(kernel))
    places = range(len(image) - len(kernel) + 1)
    return [
        [sum(image[row + i][column + j] * kernel[i][j] for i in reach for j in reach) for column in places]
        for row in places
    ]


def convolution_receptive_field() -> Figure:
    """One convolution worked out, and how far three of them see."""
    row, column = 1, 1
    marks = [
        text(69, 22, "input 5 × 5", SMALL),
        text(194, 22, "kernel 3 × 3", SMALL),
        text(312, 22, "output 3 × 3", SMALL),
        *_matrix(14, 30, INPUT, (row, column, 3)),
        text(144, 91, "∗", 16),
        *_matrix(161, 52, KERNEL),
        text(254, 91, "=", 16),
        *_matrix(279, 52, convolved(INPUT, KERNEL), (row, column, 1)),
        text(180, 159, "no padding, stride 1: 5 − 3 + 1 = 3 each way", SMALL),
        *_cone(),
    ]
    return Figure(
        "convolution-receptive-field",
        364,
        tuple(marks),
    )


def _matrix(left: float, top: float, values: Matrix, window: tuple[int, int, int] = (0, 0, 0)) -> list[str]:
    """Numbers in a grid; a window, if it has a side, begins at a row and a column and is framed."""
    row, column, cells = window
    x, y, side = left + SIDE * column, top + SIDE * row, SIDE * cells
    frame = [
        f'<rect x="{x}" y="{y}" width="{side}" height="{side}" {kind}/>'
        for kind in (f'fill="{SKY}"', f'fill="none" stroke="{INK}" stroke-width="3"')
        if cells
    ]
    numbers = [
        text(left + SIDE * (j + 0.5), top + SIDE * (i + 0.5) + 4.5, str(value).replace("-", "−"), SMALL)
        for i, line in enumerate(values)
        for j, value in enumerate(line)
    ]
    return [*frame[:1], _grid(left, top, len(values), len(values), SIDE, SIDE), *frame[1:], *numbers]


def _grid(left: float, top: float, rows: int, columns: int, width: float, height: float) -> str:
    across = "".join(f"M{left} {top + height * row}h{width * columns}" for row in range(rows + 1))
    down = "".join(f"M{left + width * column} {top}v{height * rows}" for column in range(columns + 1))
    return path(across + down, Look(EDGE, 1))


ROWS = ("layer 3: 1 unit", "layer 2: 3 units", "layer 1: 5 units", "input: 7 units")


def _cone() -> list[str]:
    """Four rows of nine units; filled are those that the one unit at the top depends on."""
    columns, middle, pitch = 9, 4, 27

    def place(row: int, column: int) -> tuple[float, float]:
        return 24 + pitch * column, 194 + 44 * row

    ties = [
        way([place(row, column), place(row + 1, below)])
        for row in range(3)
        for column in range(middle - row, middle + row + 1)
        for below in (column - 1, column, column + 1)
    ]
    marks = [path("".join(ties), Look(BLUE, 1.2))]
    unseen, seen = (PAPER, Look(EDGE, 1.2)), (BLUE, Look(INK, 1.2))
    for row, words in enumerate(ROWS):
        for column in range(columns):
            fill, look = seen if abs(column - middle) <= row else unseen
            marks.append(node(*place(row, column), radius=8, fill=fill, look=look))
        marks.append(text(352, 198 + 44 * row, words, SMALL, "end"))
    return [*marks, text(180, 354, "3 layers of kernel 3, stride 1: 1 + 3 · (3 − 1) = 7", SMALL)]


SAMPLES, CHANNELS = 4, 6


def normalisation_axes() -> Figure:
    """Samples down, channels across; dark are the cells that share one mean and one variance."""
    kinds: tuple[tuple[str, Callable[[int, int], bool]], ...] = (
        ("batch norm", lambda n, c: c == 1),
        ("layer norm", lambda n, c: n == 1),
        ("instance norm", lambda n, c: (n, c) == (1, 1)),
        ("group norm", lambda n, c: n == 1 and c < CHANNELS / 2),
    )
    marks = []
    for at, (name, shared) in enumerate(kinds):
        left, top = (34, 206)[at % 2], 46 + 124 * (at // 2)
        marks += [
            text(left + 66, top - 24, name, bold=True),
            text(left + 66, top - 7, "channels C →", SMALL),
            text(left - 9, top + 36, "samples N", SMALL, turn=-90),
        ]
        marks += [
            f'<rect x="{left + 22 * c}" y="{top + 18 * n}" width="22" height="18" fill="{BLUE}"/>'
            for n in range(SAMPLES)
            for c in range(CHANNELS)
            if shared(n, c)
        ]
        marks.append(_grid(left, top, SAMPLES, CHANNELS, 22, 18))
    marks += [
        text(180, 272, "dark cells share one mean and one variance;", SMALL),
        text(180, 289, "each cell stands for all H × W positions;", SMALL),
        text(180, 306, "group norm here: 2 groups of channels", SMALL),
        text(180, 323, "in a Transformer a row is one token", SMALL),
    ]
    return Figure(
        "normalisation-axes",
        334,
        tuple(marks),
    )
