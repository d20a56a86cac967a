"""Options in rows: cells that hold all of a question, `A) femur B) tibia C) ulna`, and cells that name one of them."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.extract.notes.columns import LETTER, MOST
from deckbuild.extract.notes.fields import Line
from deckbuild.extract.page.signature import LETTERS
from deckbuild.machine.regex import regex
from deckbuild.model import Inlines
from deckbuild.model.text import inline_text
from deckbuild.model.trim import drop, split_at, strip

_OPTION = regex(r"(?:^|(?<=[\s;,/>]))\(?(?P<letter>[A-Ha-h])[).:]\s*(?=\S)")

_FEWEST = 2
"""Options of a cell, and rows that have some."""


def spread(header: Sequence[Inlines], rows: Sequence[Line]) -> tuple[tuple[Inlines, ...], list[Line]]:
    """Titles and rows with the options of such a column in columns of their own, if most rows have some there."""
    width = min((len(row.cells) for row in rows), default=0)
    for column in range(width):
        parted = [options(row.cells[column]) for row in rows]
        if sum(map(bool, parted)) < max(_FEWEST, MOST * len(rows)):
            continue
        most = max(map(len, parted))
        titles = (*header[: column + 1], *((),) * (most - 1), *header[column + 1 :]) if header else ()
        return titles, [
            _with(row, column, found, most) for row, found in zip(rows, parted, strict=True) if found
        ]
    return tuple(header), list(rows)


def _with(row: Line, column: int, found: Sequence[Inlines], width: int) -> Line:
    blank: tuple[Inlines, ...] = ((),) * (width - len(found))
    return Line((*row.cells[:column], *found, *blank, *row.cells[column + 1 :]), row.span)


def options(cell: Inlines) -> tuple[Inlines, ...]:
    """The options that a cell is made of, without their letters; nothing where it holds anything else."""
    text = inline_text(cell)
    places: list[tuple[int, int]] = []
    for match in _OPTION.finditer(text):
        if LETTERS.get(match["letter"].casefold()) == len(places):
            places.append(match.span())
    if len(places) < _FEWEST or text[: places[0][0]].strip():
        return ()
    ends = [start for start, _ in places[1:]] + [len(text)]
    return tuple(
        strip(drop(split_at(cell, end)[0], begins)) for (_, begins), end in zip(places, ends, strict=True)
    )


def named_option(text: str, options: Sequence[Inlines]) -> Inlines | None:
    """The option that a cell names by its words, its letter or its number."""
    same = [o for o in options if inline_text(o).strip().casefold() == text]
    if len(same) == 1:
        return same[0]
    match = LETTER.fullmatch(text)
    letter = match["letter"] if match else ""
    place = int(letter) - 1 if letter.isdigit() else LETTERS.get(letter, -1)
    return options[place] if 0 <= place < len(options) else None
