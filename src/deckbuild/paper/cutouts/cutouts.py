"""Cards to cut out: fronts on one side of a sheet, their backs mirrored on the other.

`cutout_cards` says what stands on a card, `faces` makes it fit, `templates/cutouts/` says how it looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from deckbuild.collection.print_settings import DEFAULT, Print
from deckbuild.machine.processes import Progress, silent
from deckbuild.model import Blocks, Diagnostic, Library
from deckbuild.paper import pieces
from deckbuild.paper.cutouts.cutout_cards import Card, cards
from deckbuild.paper.cutouts.faces import Face, fitted
from deckbuild.paper.page_templates import PageTemplate
from deckbuild.paper.prepared import prepared
from deckbuild.paper.press.layout import CHARACTER, PAPERS, PIXEL, POINT, PageLayout
from deckbuild.paper.press.long_print import LONGEST, PART, long_pdf
from deckbuild.paper.press.pdf import Press, press
from deckbuild.paper.rows_as_lines import with_rows_as_lines
from deckbuild.paper.selection import Item
from deckbuild.paper.unprintable import unprintable
from deckbuild.paper.wrapped_code import with_wrapped_code
from deckbuild.report.diagnostics import Code

COLUMNS = 2
MARGIN_X, MARGIN_Y = 10.0, 12.0
"""Millimetres around the cards, for marks: printers leave a border of some 5 mm white."""
INSET = 4.5
"""Millimetres between a cut and the text: cuts and the two sides of a sheet are some mm off."""
LABEL = 4.0
"""Millimetres of the lines with place and source at the top and the bottom of a card."""
TEXT = 10.0
"""Points of the largest type on a back."""
PICTURE = 0.7
"""The part of a side that an image may be high beside text of that size; it shrinks with the text."""
BATCH = 500
"""Sides measured at once, so that memory is bounded."""


class CardGrid(Struct, frozen=True):
    """Cards of a page, centred on it so that the two sides of a sheet meet; all in mm."""

    width: float
    height: float
    rows: int

    @property
    def card(self) -> tuple[float, float]:
        """Width and height of a card."""
        return (self.width - 2 * MARGIN_X) / COLUMNS, (self.height - 2 * MARGIN_Y) / self.rows

    @property
    def room(self) -> float:
        """Height for the text of a side."""
        return self.card[1] - 2 * INSET - 2 * LABEL

    @property
    def line(self) -> int:
        """Characters in a line of a card at the usual size."""
        return int((self.card[0] - 2 * INSET) / (CHARACTER * TEXT))

    def position(self, place: int, back: bool, duplex: str) -> tuple[float, float]:
        """Left and top of the card at a place, on the back where the sheet's turning puts it."""
        row, column = divmod(place, COLUMNS)
        if back and duplex == "long-edge":
            column = COLUMNS - 1 - column
        elif back:
            row = self.rows - 1 - row
        width, height = self.card
        return MARGIN_X + column * width, MARGIN_Y + row * height

    def marks(self) -> str:
        """Crop marks outside of the cards and a ruler of 50 mm, as the URL of an SVG image."""
        width, height = self.card
        lines = [
            (x, y, x, y + 5)
            for x in (MARGIN_X + width * column for column in range(COLUMNS + 1))
            for y in (4.0, self.height - 9)
        ]
        lines += [
            (x, y, x + 5, y)
            for y in (MARGIN_Y + height * row for row in range(self.rows + 1))
            for x in (3.0, self.width - 8)
        ]
        ruler = self.height - 4.5
        lines.append((MARGIN_X + 2, ruler, MARGIN_X + 52, ruler))
        lines += [
            (MARGIN_X + 2 + mm, ruler - (2 if mm % 50 == 0 else 1), MARGIN_X + 2 + mm, ruler)
            for mm in range(0, 51, 10)
        ]
        path = "".join(f"M{a:.3f} {b:.3f}L{c:.3f} {d:.3f}" for a, b, c, d in lines)
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}mm" height="{self.height}mm" '
            f'viewBox="0 0 {self.width} {self.height}"><path d="{path}" fill="none" stroke="#555" '
            'stroke-width="0.1"/></svg>'
        )
        return f"data:image/svg+xml,{quote(svg)}"


class PlacedFace(Struct, frozen=True):
    """One side of a card on a page, in mm; `part` counts where a note takes several cards."""

    left: float
    top: float
    face: Face | None
    card: Card
    number: int
    part: str


class Side(Struct, frozen=True):
    """One side of a sheet, which are counted from 1."""

    sheet: int
    back: bool
    placed: list[PlacedFace]


def cutouts(
    library: Library, settings: Print = DEFAULT, progress: Progress = silent
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The cards as a PDF, and a warning for each source with characters that no font has.

    The same library and settings give the same bytes. Raises `Failure` where Pango is missing.
    """
    ready = prepared(library, settings)
    settings, library = ready.settings, ready.library
    output = f"{library.name}-cutouts.pdf"
    grid = CardGrid(*PAPERS[settings.paper], settings.cards_per_page // COLUMNS)
    picture = f"{PICTURE * grid.room / (TEXT * POINT):.2f}em"
    paper = PageLayout(grid.width, grid.height, 0, 0, 0, 1, TEXT, picture=picture)
    library = with_rows_as_lines(library, grid.line)
    library = with_wrapped_code(library, grid.card[0] - 2 * INSET, TEXT)
    found = cards(library)
    items = [Item(card.source, "", "", card.front, card.back) for card in found]
    problems = ready.problems + unprintable(library, items, output, settings.fonts, grid.line, TEXT)
    width, height = grid.card
    values = {"width": width, "height": height, "inset": INSET, "label": LABEL, "marks": grid.marks()}
    measuring = PageTemplate("cutouts/measure.html.j2", library, settings, **values)
    with press(output, settings.fonts) as set_pages:
        fronts = _faces([card.front for card in found], "front", grid, (measuring, paper), set_pages)
        backs = _faces([card.back for card in found], "back", grid, (measuring, paper), set_pages)
        sides = _sides(_pairs(found, fronts, backs), grid, settings.duplex)
        values |= {"sheets": len(sides) // 2, "backwards": ready.backwards}
        page = PageTemplate("cutouts/cutouts.html.j2", library, settings, **values)
        if len(sides) <= LONGEST or settings.tagged:
            return set_pages(page.html(paper, sides=sides)).pdf(), problems
    starts = range(0, len(sides), PART)
    parts = [page.html(paper, sides=sides[start : start + PART]) for start in starts]
    data = long_pdf(parts, output, settings.fonts, progress)
    return data, (*problems, Code.UNTAGGED.at(output, 1, limit=LONGEST))


def _faces(
    sides: Sequence[Blocks],
    kind: str,
    grid: CardGrid,
    measuring: tuple[PageTemplate, PageLayout],
    set_pages: Press,
) -> list[list[Face]]:
    width = grid.card[0] - 2 * INSET
    template, paper = measuring

    def html(blocks: Blocks) -> Markup:
        return pieces.box("text", pieces.blocks(blocks), blocks, grid.line)

    def measure(texts: Sequence[tuple[Markup, float]]) -> list[float]:
        heights: list[float] = []
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            typeset = set_pages(template.html(paper, texts=batch, face_width=width, side=kind))
            heights += ((box.bottom - box.top) / PIXEL for box in typeset.pages[0].values())
        return heights

    return fitted(sides, kind, grid.room, html, measure)


def _pairs(
    found: Sequence[Card], fronts: Sequence[list[Face]], backs: Sequence[list[Face]]
) -> Iterator[tuple[Card, int, str, Face | None, Face | None]]:
    """Front and back of each card of paper: several where a side didn't fit.

    Where the other side has no more, its last part stands on them too, so that no side is blank.
    """
    for number, (card, front, back) in enumerate(zip(found, fronts, backs, strict=True), 1):
        count = max(len(front), len(back))
        for at in range(count):
            asked, answer = (side[min(at, len(side) - 1)] if side else None for side in (front, back))
            yield card, number, f"{at + 1}/{count}" if count > 1 else "", asked, answer


def _sides(
    pairs: Iterator[tuple[Card, int, str, Face | None, Face | None]], grid: CardGrid, duplex: str
) -> list[Side]:
    sides: list[Side] = []
    sheet = 0
    while batch := list(islice(pairs, COLUMNS * grid.rows)):
        sheet += 1
        for back in (False, True):
            placed = [
                PlacedFace(*grid.position(place, back, duplex), answer if back else asked, card, number, part)
                for place, (card, number, part, asked, answer) in enumerate(batch)
            ]
            sides.append(Side(sheet, back, placed))
    return sides
