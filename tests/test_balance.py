"""Where the columns of a last page begin, so that they are level."""

from __future__ import annotations

import pytest

from deckbuild.writers.balance import Box, column_starts


def filled(*columns: tuple[float, ...], gap: float = 5) -> dict[str, Box]:
    """Boxes of these heights in columns of 100 pixels, named `a`, `b`, … in their order."""
    boxes: dict[str, Box] = {}
    for at, heights in enumerate(columns):
        top = 50.0
        for height in heights:
            boxes[chr(ord("a") + len(boxes))] = Box(100.0 * at, top, 100.0 * at + 90, top + height)
            top += height + gap
    return boxes


@pytest.mark.parametrize(
    ("columns", "starts"),
    [
        ([(40, 40, 40, 40, 40, 40)], "ce"),
        ([(40, 40, 40, 40), (40, 40)], "ce"),
        ([(100, 20, 20, 20, 20, 20)], "bd"),
        ([(20, 20, 20, 100)], "bd"),
        ([(40, 40)], "b"),
    ],
)
def test_breaks_level_the_columns(columns: list[tuple[float, ...]], starts: str) -> None:
    assert column_starts(filled(*columns), 3) == set(starts)


@pytest.mark.parametrize(
    "columns",
    [
        [],
        [(40,)],
        [(40, 40), (40, 40), (40, 40)],
        [(40, 40), (40, 40), (35,)],
    ],
)
def test_columns_that_cannot_get_lower_by_a_line_are_left_alone(columns: list[tuple[float, ...]]) -> None:
    assert column_starts(filled(*columns), 3) == set()


def test_a_box_split_between_columns_leaves_all_as_it_is() -> None:
    boxes = {"table": Box(0, 50, 90, 300), "after": Box(100, 120, 190, 160), "last": Box(100, 165, 190, 205)}
    assert column_starts(boxes, 3) == set()
