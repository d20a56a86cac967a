"""Notes of the rows of a grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.notes.cells import cell_blocks
from deckbuild.extract.notes.grids import Grid
from deckbuild.extract.notes.run_on_options import named_option
from deckbuild.model import Blocks, Inlines, List, ListItem, Paragraph
from deckbuild.model.documents import COLUMNS
from deckbuild.model.text import has_image, inline_text
from deckbuild.model.trim import strip, unwrap


def notes(grid: Grid) -> Iterator[Candidate]:
    """A note for each row whose question and answer say something."""
    for row in grid.rows:
        if len(row.cells) <= grid.question:
            continue
        question, rest = row.cells[grid.question], [row.cells[c] for c in grid.answers if c < len(row.cells)]
        blocks: Blocks = ()
        if grid.options and rest:
            options = [row.cells[c] for c in grid.options if c < len(row.cells) and row.cells[c]]
            right = named_option(inline_text(rest[0]).strip().casefold(), options)
            if right is None:
                continue
            rest = [right, *rest[1:]]
            items = tuple(ListItem((Paragraph(row.span, strip(o)),), row.span) for o in options)
            blocks = (List(row.span, items),)
        while not any(map(str.isalnum, inline_text(question))) and len(rest) > 1:
            question, rest = rest[0], rest[1:]
        answer = tuple(
            b for c in rest if inline_text(c).strip(" -–—") or has_image(c) for b in cell_blocks(c, row.span)
        )
        if any(map(str.isalnum, inline_text(question))) and answer:
            asked = (*cell_blocks(unwrap(strip(question)), row.span), *blocks)
            read = {c: inline_text(row.cells[c]).strip() for c in grid.beside if c < len(row.cells)}
            extras: dict[str, str] = {}
            for c, text in read.items():
                if (name := grid.beside[c]) and text:
                    extras[name] = f"{extras[name]}\n{text}" if name in extras else text
            kinds = (
                "-".join(t.split())
                for c, t in read.items()
                if not grid.beside[c] and any(map(str.isalnum, t))
            )
            tags = (*_tags(row.cells[c] for c in grid.tags if c < len(row.cells)), *kinds)
            yield Candidate(COLUMNS, asked, answer, row.span, frozenset({COLUMNS}), extras, tags)


def _tags(cells: Iterable[Inlines]) -> tuple[str, ...]:
    """The tags in cells: words parted by blanks, as Anki has them, or by commas and semicolons."""
    return tuple(tag for cell in cells for tag in re.split(r"[\s,;]+", inline_text(cell)) if tag)
