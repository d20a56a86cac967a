"""The items of a sheet as HTML below their headings: tables, formulas, and questions topic by topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from deckbuild.paper import pieces
from deckbuild.paper.press.layout import PageLayout
from deckbuild.paper.selection import Item, lines
from deckbuild.paper.widths import least_width

WHOLE = 6
"""A table of at most this part of a column is never split between columns."""
TALL = 1 / 3
"""Part of a column from which on one of the longer questions goes on in the next: else as much would stay blank."""
SPACE, HEADING, RUN_IN = 0.4, 1.5, 0.5
"""Lines that the space below an item and a heading above it take, and that an answer saves which begins in
the line of its question: means."""


class Content(Struct, frozen=True):
    """What is printed, the languages of its sources, and the words for its headings.

    `more` are longer questions that fill the last page.
    """

    tables: tuple[Item, ...]
    formulas: tuple[Item, ...]
    questions: tuple[Item, ...]
    languages: dict[str, str] = {}
    words: dict[str, str] = {}
    more: tuple[Item, ...] = ()


class ItemHtml(Struct, frozen=True):
    """An item as HTML, with the headings right above it; `last` below its heading.

    `sources` are the documents of all items below the title, `lines` is about what it takes of a column, `way`
    attributes that tell its language, and that it runs from the right.
    """

    title: str
    subtitle: str
    html: Markup
    last: bool
    sources: str
    lines: float
    way: Markup = Markup()


def across(content: Content, paper: PageLayout) -> list[ItemHtml]:
    """The tables that are too wide for a column."""
    wide = [item for item in content.tables if _is_wide(item, paper)]
    return list(_below(content.words["tables"], wide, paper, content.languages, _table))


def in_columns(content: Content, paper: PageLayout, language: str) -> list[ItemHtml]:
    """All else: the other tables, whose title wide ones may have above them already, formulas, questions."""

    def card(item: Item, paper: PageLayout) -> Markup:
        spoken = content.languages.get(item.source, language)
        return pieces.card(item.question, item.answer, spoken, paper.line)

    def long_card(item: Item, paper: PageLayout) -> Markup:
        html = card(item, paper)
        is_tall = lines(item.question, paper.line) + lines(item.answer, paper.line) > TALL * paper.lines
        return Markup(html.replace('class="card', 'class="card tall', 1)) if is_tall else html

    narrow = [item for item in content.tables if not _is_wide(item, paper)]
    title = content.words["tables"] if len(narrow) == len(content.tables) else ""
    found = [*_below(title, narrow, paper, content.languages, _table)]
    found += _below(
        content.words["formulas"], content.formulas, paper, content.languages, card, lambda item: item.topic
    )
    topics: dict[str, list[Item]] = {}
    for item in content.questions:
        topics.setdefault(item.topic, []).append(item)
    for topic, items in topics.items():
        found += _below(topic, items, paper, content.languages, card, lambda item: item.subtopic)
    found += _below(content.words["more"], content.more, paper, content.languages, long_card)
    return found


def _below(
    title: str,
    items: Iterable[Item],
    paper: PageLayout,
    languages: Mapping[str, str],
    html: Callable[[Item, PageLayout], Markup],
    subtitle: Callable[[Item], str] = lambda item: item.topic,
) -> Iterator[ItemHtml]:
    """Pieces below a title and subtitles, which come in the order of their first items, the empty first."""
    groups: dict[str, list[Item]] = {"": []}
    for item in items:
        groups.setdefault(subtitle(item), []).append(item)
    sources = _named(list(dict.fromkeys(item.source for group in groups.values() for item in group)))
    for name, group in groups.items():
        for at, item in enumerate(group):
            below = "" if at else name
            height = float(lines(item.question, paper.line) + lines(item.answer, paper.line))
            height -= RUN_IN if item.question else 0
            height += SPACE + HEADING * (bool(title) + bool(below))
            made = html(item, paper)
            last = at == len(group) - 1
            yield ItemHtml(
                title, below, made, last, sources, height, pieces.way(made, languages.get(item.source, ""))
            )
            title = ""


def _named(sources: Sequence[str]) -> str:
    """The names of two sources, and how many more there are."""
    names = [source.rpartition("/")[2] for source in sources[:2]]
    return ", ".join(names) + (f" + {len(sources) - 2}" if len(sources) > 2 else "")


def _is_wide(item: Item, paper: PageLayout) -> bool:
    return least_width(item.answer) > pieces.SMALLER * paper.line


def _table(item: Item, paper: PageLayout) -> Markup:
    caption = Markup('<p class="caption">{}</p>').format(item.subtopic) if item.subtopic else Markup()
    whole = lines(item.answer, paper.line) <= paper.lines / WHOLE
    columns = paper.columns if _is_wide(item, paper) else 1
    style, html = "table whole" if whole else "table", caption + pieces.blocks(item.answer)
    return pieces.box(style, html, item.answer, columns * paper.line)
