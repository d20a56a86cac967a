"""Titles of columns: which row holds them, and rows that are printed side by side put below each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from deckbuild.extract.notes.columns import LONGEST_TITLE, MOST, says
from deckbuild.extract.notes.delimited import DelimitedLines
from deckbuild.extract.notes.fields import Line
from deckbuild.extract.page.asking import SIGNS, asks
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.scripts import script
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model import Inlines, Table
from deckbuild.model.text import inline_text
from deckbuild.model.trim import strip, unwrap

_TITLE = regex(r"[^\W\d][\w ()/#-]{0,29}")
"""A name of a column."""

_FEWEST_BELOW = 3
"""Rows from which the kind of their cells is told."""

_ASKS = 0.7
"""How much a cell asks that is no title; single words may be both."""

_DEEPEST_TITLE = 3
"""Rows from the top of which one may hold the titles; a title of the document may stand above it."""


def body(table: Table) -> Sequence[Line]:
    """The rows of a table without a second row of titles."""
    rows = [Line(row.cells, row.span) for row in table.rows]
    if len(rows) > 2:
        strong = [all(not c or unwrap(c) != strip(c) for c in row.cells) for row in rows[:2]]
        if strong == [True, False]:
            return rows[1:]
    return rows


def stacked(header: Sequence[Inlines], rows: Sequence[Line]) -> tuple[Sequence[Inlines], Sequence[Line]]:
    """The rows of a table whose titles come again (`Term | Meaning | Term | Meaning`), each cut where they do."""
    titles = [letters(inline_text(c)) for c in header]
    width = len(titles)
    for part in range(2, width // 2 + 1):
        if width % part == 0 and any(titles[:part]) and titles == titles[:part] * (width // part):
            pieces = [replace(r, cells=r.cells[at : at + part]) for r in rows for at in range(0, width, part)]
            return header[:part], [piece for piece in pieces if any(map(inline_text, piece.cells))]
    return header, rows


_LONG_TITLE = 4
"""Words from which the head of a column is a sentence like the cells below it, and no title."""


def is_row(header: Sequence[Inlines], rows: Sequence[Line]) -> bool:
    """Whether the head of a table is its first row: it asks as the cells below do, or says as much as they.

    Markdown knows no table without a head, so authors of pairs put the first one there.
    """
    told = [inline_text(cell).strip() for cell in header]
    known = words()
    listed = known.question | known.answer | known.term | known.meaning | known.level
    if len(rows) < _FEWEST_BELOW or any(says(title, listed) for title in told) or not all(told):
        return False
    for place, title in enumerate(told):
        below = [inline_text(row.cells[place]).strip() for row in rows if place < len(row.cells)]
        asking = sum(text.endswith(_SIGNS) for text in below)
        if title.endswith(_SIGNS) and asking >= MOST * len(below):
            return True
        lengths = sorted(len(text.split()) for text in below)
        usual = lengths[len(lengths) // 2] if lengths else 0
        if len(told) == _PAIR and place and len(title.split()) >= max(_LONG_TITLE, usual) and usual >= _SAID:
            return True
    return False


_SIGNS = tuple(SIGNS)
_PAIR = 2
_SAID = 3
"""Words of a cell that says something."""


def in_turn(rows: Sequence[Line]) -> bool:
    """Whether the columns of all rows hold two scripts in turn, as word lists printed side by side do."""
    width = len(rows[0].cells)
    if len(rows) < 3 or width < 4 or width % 2:
        return False
    columns = [[script(inline_text(r.cells[c])) for r in rows if c < len(r.cells)] for c in range(width)]
    main = [Counter(filter(None, column)).most_common(1) for column in columns]
    if not all(main) or any(n < MOST * len(rows) for ((_, n),) in main[:2]):
        return False
    names = [name for ((name, _),) in main]
    return names == names[:2] * (width // 2) and names[0] != names[1]


def halves(rows: Sequence[Line]) -> list[Line]:
    """Rows of pairs, two cells each."""
    pieces = [replace(r, cells=r.cells[at : at + 2]) for r in rows for at in range(0, len(r.cells), 2)]
    return [piece for piece in pieces if any(map(inline_text, piece.cells))]


def titled(lines: DelimitedLines) -> tuple[Sequence[Inlines], list[Line]]:
    """The titles of delimited lines, by what the document says or by their words, and the rows without them."""
    rows = list(lines.rows)
    if lines.titles:
        return lines.titles, rows
    known = words()
    titles = known.question | known.answer | known.term | known.meaning | known.tags
    if lines.exported and rows and _is_header(rows):
        return rows[0].cells, rows[1:]
    for row in rows[:_DEEPEST_TITLE]:
        first = [inline_text(c) for c in row.cells]
        if (
            all(len(c) < LONGEST_TITLE and asks(c) < _ASKS for c in first)
            and sum(says(c, titles) for c in first) >= 2
        ):
            return row.cells, [r for r in rows if [inline_text(c) for c in r.cells] != first]
    return (), rows


def _is_header(rows: Sequence[Line]) -> bool:
    """Whether the first row of a file names its columns: short, without signs of sentences, unlike the rows below."""
    first, *below = [[inline_text(c).strip() for c in row.cells] for row in rows]
    if not below or len(set(first)) < len(first) or not all(map(_TITLE.fullmatch, first)):
        return False
    known = words()
    listed = known.question | known.answer | known.term | known.meaning | known.tags | known.level
    if any(says(title, listed) for title in first):
        return True
    columns = [[row[c] for row in below if c < len(row)] for c in range(len(first))]
    return any(map(_heads, first, columns)) or all(map(_is_capital, first, columns))


def _is_capital(title: str, column: Sequence[str]) -> bool:
    """Whether a title begins with a great letter above small ones: `English`, `Spanish` above their words."""
    full = [text for text in column if text]
    small = sum(text[:1].islower() for text in full)
    return title[:1].isupper() and len(full) >= _FEWEST_BELOW and small >= MOST * len(full)


def _heads(title: str, column: Sequence[str]) -> bool:
    """Whether a title is not of the kind of the cells below: no number above numbers, small above great letters."""
    full = [text for text in column if text]
    numbers = sum(text[:1].isdigit() for text in full)
    great = sum(text[:1].isupper() for text in full)
    kinds = Counter(full)
    sorts = len(kinds) == 2 and min(kinds.values()) > 1 and title not in kinds
    return len(full) >= _FEWEST_BELOW and (
        (sorts and len(title.split()) < _LONG_TITLE)
        or numbers >= MOST * len(full)
        or (title[:1].islower() and great >= MOST * len(full))
    )
