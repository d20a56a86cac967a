"""Where the columns of a last page begin, so that they are level."""

from __future__ import annotations

import pytest

from deckbuild.paper.press.balance import MOST_SPACE, Box, levels


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
    assert levels(filled(*columns), 3).starts == set(starts)


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
    assert levels(filled(*columns), 3).starts == set()


def test_a_box_split_between_columns_leaves_all_as_it_is() -> None:
    boxes = {"table": Box(0, 50, 90, 300), "after": Box(100, 120, 190, 160), "last": Box(100, 165, 190, 205)}
    assert levels(boxes, 3).starts == set()


def test_what_a_column_lacks_is_shared_out_between_its_boxes() -> None:
    level = levels(filled((40, 40, 40, 40, 40, 36)), 2)
    assert (level.starts, dict(level.space)) == ({"d"}, {"d": 1.5, "e": 1.5})


def test_boxes_are_not_torn_apart() -> None:
    level = levels(filled((100, 30, 30, 30, 30)), 2)
    assert all(space <= MOST_SPACE for space in level.space.values())
    assert levels(filled((100, 20, 20)), 2).space == {"b": MOST_SPACE}
