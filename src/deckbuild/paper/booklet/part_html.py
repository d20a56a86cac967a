"""A part of the booklet as HTML: the question as its heading, the full answer below."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup
from msgspec import Struct

from deckbuild.model import Heading, Paragraph
from deckbuild.model.text import is_blank
from deckbuild.paper import pieces
from deckbuild.paper.booklet.booklet_content import BookletPart
from deckbuild.paper.prepared import Prepared
from deckbuild.paper.press.layout import PageLayout
from deckbuild.paper.widths import least_width
from deckbuild.paper.words import words

WHOLE = 1 / 3
"""A part that takes at most this of a column is never split."""


class Title(Struct, frozen=True):
    """A heading of the booklet, `level` counted from 1; `id` is its name for links."""

    level: int
    text: str
    id: str


class PartHtml(Struct, frozen=True):
    """A part as HTML, below its headings; a `whole` one is not split between columns.

    `asked` is the first block of a question, `level` that of its heading, `way` attributes that tell its language,
    and that it runs from the right. One that is `across` runs over all columns, since its table fits into none; of all
    parts of its run `fill` tells how their columns are filled, as style classes.
    """

    id: str
    titles: tuple[Title, ...]
    number: int
    asked: Markup
    level: int
    whole: bool
    html: Markup
    way: Markup
    across: bool
    fill: str = ""


def part_html(place: int, part: BookletPart, paper: PageLayout, ready: Prepared) -> PartHtml:
    """The part at a place of the booklet, `ready` with its language and settings, for pages of a layout."""
    titles = tuple(Title(level, title, f"t{place}.{level}") for level, title in part.headings)
    asked, html = _asked(part)
    answer = pieces.parted(part.item.answer) if html else pieces.blocks(part.item.answer)
    answer = html + answer + _extras(part, words(ready.settings.language))
    across = paper.columns > 1 and least_width(part.item.answer) > pieces.SMALLER * paper.line
    whole = not across and part.lines(paper.line) <= paper.lines * WHOLE
    html = pieces.box("", answer, part.item.answer, paper.line * (paper.columns if across else 1))
    way = pieces.way(asked or html, ready.spoken.get(part.item.source, ""))
    return PartHtml(f"b{place}", titles, part.number, asked, part.level + 2, whole, html, way, across)


def _asked(part: BookletPart) -> tuple[Markup, Markup]:
    """The first block of a question, which becomes its heading, and the others, such as code and options."""
    first, rest = part.item.question[:1], part.item.question[1:]
    if first and isinstance(first[0], Heading | Paragraph) and not is_blank(first[0].content):
        return pieces.inlines(first[0].content), pieces.blocks(rest)
    return Markup(), pieces.blocks(part.item.question)


def _extras(part: BookletPart, named: Mapping[str, str]) -> Markup:
    return Markup().join(
        Markup('<p class="extra"><b>{}:</b> {}</p>').format(named.get(label, label), text)
        for label, text in part.extras
    )
