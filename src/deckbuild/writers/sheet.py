"""The cheat sheet: reference tables, formulas, then the questions with short answers, topic by topic.

`selection` decides what is printed, `templates/sheet/` how it looks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from deckbuild import templates
from deckbuild.model import (
    AnyBlock,
    Blocks,
    Diagnostic,
    Heading,
    Kind,
    Library,
    Paragraph,
    Strong,
    Table,
)
from deckbuild.writers import selection
from deckbuild.writers.balance import column_starts
from deckbuild.writers.fonts import COLOURLESS
from deckbuild.writers.formula_images import formula_html, legible_cells
from deckbuild.writers.glyphs import missing_glyphs
from deckbuild.writers.html import blocks_html, inlines_html
from deckbuild.writers.pdf import Pages, pdf
from deckbuild.writers.raw_html import escape
from deckbuild.writers.selection import COLUMNS, LINE, Item, lines
from deckbuild.writers.widths import least_width, pieces, wide_formulas

TABLES = "Reference tables"
WHOLE = 20
"""Lines of a table that is never split between columns, a third of a column."""
BALANCED = 6
"""Most pages of a sheet for which level columns on the last one are worth a second layout of all."""

_TAG_OR_LONG_WORD = re.compile(r"<[^>]*>|[^\s<]{16,}")


class Piece(NamedTuple):
    """An item as HTML, with the headings right above it; `last` below its heading."""

    title: str
    subtitle: str
    html: Markup
    last: bool


def sheet(library: Library) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The sheet as a PDF on landscape A4, and warnings of missing glyphs and wide formulas.

    The same library gives the same bytes. Raises `Failure` where Pango is missing.
    """
    tables, formulas = selection.tables(library), selection.formulas(library)
    questions = selection.questions(library)
    wide, pieces = _across(tables), _in_columns(tables, formulas, questions)
    asked = sum(entry.note.kind is Kind.QA for entry in library.entries)
    updated = datetime.fromtimestamp(library.updated, UTC) if library.updated else None
    template = _template()

    def html(starts: Collection[str]) -> str:
        page = template.render(
            name=library.name,
            wide=wide,
            pieces=pieces,
            starts=starts,
            printed=len(questions),
            asked=asked,
            updated=updated,
        )
        return page.translate(COLOURLESS)

    def balanced(pages: Pages) -> str | None:
        starts = column_starts(pages[-1], COLUMNS) if len(pages) <= BALANCED else frozenset()
        return html(starts) if starts else None

    output = f"{library.name}-sheet.pdf"
    items = (*tables, *formulas, *questions)
    problems = (*missing_glyphs(library, items, output), *wide_formulas(items))
    return pdf(html(()), output, balanced), problems


def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(templates.folder() / "sheet"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("sheet.html.j2")


def _across(tables: Sequence[Item]) -> list[Piece]:
    """The tables that are too wide for a column."""
    wide = [item for item in tables if least_width(item.answer) > LINE]
    return list(_below(TABLES, ((item.topic, _table(item)) for item in wide)))


def _in_columns(tables: Sequence[Item], formulas: Sequence[Item], questions: Sequence[Item]) -> list[Piece]:
    """All else: the other tables, whose title wide ones may have above them already, formulas, questions."""
    narrow = [item for item in tables if least_width(item.answer) <= LINE]
    title = TABLES if len(narrow) == len(tables) else ""
    pieces = [*_below(title, ((item.topic, _table(item)) for item in narrow))]
    pieces += _below("Formulas", ((item.topic, _card(item)) for item in formulas))
    topics: dict[str, list[Item]] = {}
    for item in questions:
        topics.setdefault(item.topic, []).append(item)
    for topic, items in topics.items():
        pieces += _below(topic, ((item.subtopic, _card(item)) for item in items))
    return pieces


def _below(title: str, pieces: Iterable[tuple[str, Markup]]) -> Iterator[Piece]:
    """Pieces below a title and subtitles, which come in the order of their first pieces, the empty first."""
    groups: dict[str, list[Markup]] = {"": []}
    for subtitle, html in pieces:
        groups.setdefault(subtitle, []).append(html)
    for subtitle, group in groups.items():
        for at, html in enumerate(group):
            yield Piece(title, "" if at else subtitle, html, last=at == len(group) - 1)
            title = ""


def _table(item: Item) -> Markup:
    caption = f'<p class="caption">{escape(item.subtopic)}</p>' if item.subtopic else ""
    style = "table whole" if lines(item.answer) <= WHOLE else "table"
    return _box(style, caption + _html(item.answer), tight=least_width(item.answer) > COLUMNS * LINE)


def _card(item: Item) -> Markup:
    """The question in bold; the answer goes on in its line where both are plain text there."""
    tight = least_width(item.answer) > LINE
    first, rest = item.question[:1], (*item.question[1:], *item.answer)
    if not first or not isinstance(first[0], Heading | Paragraph):
        return _box("card", f'<div class="term">{_html(first)}</div>{_html(rest)}', tight)
    line = f'<b class="term">{inlines_html(first[0].content, formula_html)}</b>'
    if rest and isinstance(rest[0], Paragraph):
        line += f" {inlines_html(rest[0].content, formula_html)}"
        rest = rest[1:]
    return _box("card", f"<p>{_breakable(line)}</p>{_html(rest)}", tight)


def _box(style: str, html: str, tight: bool) -> Markup:
    """A piece of the sheet; in a tight one the words of tables break anywhere, since they don't fit whole."""
    return Markup(f'<div class="{style}{" tight" if tight else ""}">{html}</div>')


def _html(blocks: Blocks) -> str:
    return _breakable(blocks_html(tuple(map(_fitting, blocks)), formula_html))


def _fitting(block: AnyBlock) -> AnyBlock:
    """The headings of an answer as bold lines, for the sheet's own are its bookmarks; its tables legible."""
    if isinstance(block, Table):
        return legible_cells(block)
    if isinstance(block, Heading):
        return Paragraph(block.span, (Strong(block.span, block.content),))
    return block


def _breakable(html: str) -> str:
    """`html` with places to break words of 16 characters or more.

    The style `overflow-wrap: anywhere` won't do for text: with it WeasyPrint also breaks a word in the middle
    where a bold or italic run begins near the end of a line.
    """
    return _TAG_OR_LONG_WORD.sub(lambda m: m[0] if m[0][0] == "<" else "<wbr>".join(pieces(m[0])), html)
