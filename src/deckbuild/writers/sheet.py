"""The cheat sheet: reference tables, formulas, then the questions with short answers, topic by topic.

`selection` decides what is printed, `templates/sheet/` how it looks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from math import floor, sqrt
from typing import NamedTuple

from markupsafe import Markup

from deckbuild.model import Diagnostic, Kind, Library
from deckbuild.print_settings import DEFAULT, Print
from deckbuild.writers import layout, pieces, selection
from deckbuild.writers.balance import column_starts, fill
from deckbuild.writers.glyphs import missing_glyphs
from deckbuild.writers.layout import Layout
from deckbuild.writers.page_templates import Page
from deckbuild.writers.pdf import Press, Typeset, press
from deckbuild.writers.selection import Item, lines

TABLES = "Reference tables"
FORMULAS = "Formulas"
WHOLE = 6
"""A table of at most this part of a column is never split between columns."""
LEVELLED = 6
"""Most pages of a sheet for which a full or level last one is worth another layout of all."""
SMALLEST = 7.0
"""Points of the smallest text that a sheet is set in to save a page."""


class Content(NamedTuple):
    """What is printed."""

    tables: tuple[Item, ...]
    formulas: tuple[Item, ...]
    questions: tuple[Item, ...]


class Piece(NamedTuple):
    """An item as HTML, with the headings right above it; `last` below its heading.

    `sources` are the documents of all items below the title.
    """

    title: str
    subtitle: str
    html: Markup
    last: bool
    sources: str = ""


def sheet(library: Library, settings: Print = DEFAULT) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The sheet as a PDF, and a warning for each source with characters that no font has.

    The same library and settings give the same bytes. Raises `Failure` where Pango is missing.
    """
    output = f"{library.name}-sheet.pdf"
    content = Content(selection.tables(library), selection.formulas(library), selection.questions(library))
    page = Page("sheet/sheet.html.j2", library, settings)
    asked = sum(entry.note.kind is Kind.QA for entry in library.entries)

    def html(paper: Layout, starts: Collection[str] = ()) -> str:
        return page.html(
            paper,
            wide=_across(content.tables, paper),
            pieces=_in_columns(content, paper, settings.language),
            printed=len(content.questions),
            asked=asked,
            starts=starts,
        )

    with press(output, settings.fonts) as set_pages:
        paper, typeset = _fitted(layout.sheet(settings), html, set_pages, settings.font_size is None)
        if len(typeset.pages) <= LEVELLED:
            starts = column_starts(typeset.pages[-1], paper.columns)
            typeset = set_pages(html(paper, starts)) if starts else typeset
        data = typeset.pdf()
    everything = (*content.tables, *content.formulas, *content.questions)
    return data, missing_glyphs(library, everything, output, settings.fonts)


def _fitted(
    paper: Layout, html: Callable[[Layout], str], set_pages: Press, may_shrink: bool
) -> tuple[Layout, Typeset]:
    """The sheet without a last page that holds but a few items, where slightly smaller type saves it."""
    typeset = set_pages(html(paper))
    count = len(typeset.pages)
    if may_shrink and 1 < count <= LEVELLED:
        wanted = paper.size * sqrt((count - 1) / (count - 1 + fill(typeset.pages[-1], paper.box)))
        for size in (wanted * spare for spare in (0.985, 0.965)):
            if size >= SMALLEST:
                smaller = paper._replace(size=floor(size * 20) / 20)
                tried = set_pages(html(smaller))
                if len(tried.pages) < count:
                    return smaller, tried
    return paper, typeset


def _across(tables: Sequence[Item], paper: Layout) -> list[Piece]:
    """The tables that are too wide for a column."""
    wide = [item for item in tables if _is_wide(item, paper)]
    return list(_below(TABLES, ((item.topic, item.source, _table(item, paper)) for item in wide)))


def _in_columns(content: Content, paper: Layout, language: str) -> list[Piece]:
    """All else: the other tables, whose title wide ones may have above them already, formulas, questions."""

    def card(item: Item) -> Markup:
        return pieces.card(item.question, item.answer, language, paper.line)

    narrow = [item for item in content.tables if not _is_wide(item, paper)]
    title = TABLES if len(narrow) == len(content.tables) else ""
    found = [*_below(title, ((item.topic, item.source, _table(item, paper)) for item in narrow))]
    found += _below(FORMULAS, ((item.topic, item.source, card(item)) for item in content.formulas))
    topics: dict[str, list[Item]] = {}
    for item in content.questions:
        topics.setdefault(item.topic, []).append(item)
    for topic, items in topics.items():
        found += _below(topic, ((item.subtopic, item.source, card(item)) for item in items))
    return found


def _below(title: str, items: Iterable[tuple[str, str, Markup]]) -> Iterator[Piece]:
    """Pieces below a title and subtitles, which come in the order of their first pieces, the empty first.

    Each of `items` is a subtitle, a source and HTML.
    """
    groups: dict[str, list[Markup]] = {"": []}
    sources: dict[str, None] = {}
    for subtitle, source, html in items:
        groups.setdefault(subtitle, []).append(html)
        sources[source] = None
    for subtitle, group in groups.items():
        for at, html in enumerate(group):
            yield Piece(title, "" if at else subtitle, html, at == len(group) - 1, _named(list(sources)))
            title = ""


def _named(sources: Sequence[str]) -> str:
    """The names of two sources, and how many more there are."""
    names = [source.rpartition("/")[2] for source in sources[:2]]
    return ", ".join(names) + (f" + {len(sources) - 2}" if len(sources) > 2 else "")


def _is_wide(item: Item, paper: Layout) -> bool:
    return pieces.least_width(item.answer) > pieces.SMALLER * paper.line


def _table(item: Item, paper: Layout) -> Markup:
    caption = Markup('<p class="caption">{}</p>').format(item.subtopic) if item.subtopic else Markup()
    whole = lines(item.answer, paper.line) <= paper.lines / WHOLE
    columns = paper.columns if _is_wide(item, paper) else 1
    crowding = pieces.crowded(item.answer, columns * paper.line)
    return pieces.box("table whole" if whole else "table", caption + pieces.blocks(item.answer), crowding)
