"""The study booklet: all questions with full answers, and contents with page numbers.

`booklet_content` decides what is printed, `templates/booklet/` how it looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from deckbuild.model import Diagnostic, Heading, Library, Paragraph
from deckbuild.plain import inline_text
from deckbuild.print_settings import DEFAULT, Print
from deckbuild.writers import layout, pieces
from deckbuild.writers.balance import column_starts
from deckbuild.writers.booklet_content import DEEPEST, Part, parts
from deckbuild.writers.glyphs import missing_glyphs
from deckbuild.writers.layout import Layout
from deckbuild.writers.page_templates import Page
from deckbuild.writers.pdf import Pages, press

NEW_PAGE = 0.5
"""A chapter that fills at least this part of a page begins a new one."""
WHOLE = 1 / 3
"""A part that takes at most this of a column is never split."""
LEVELLED = 40
"""Most pages of a booklet for which level columns where a chapter ends are worth another layout of all."""


class Title(NamedTuple):
    """A heading of the booklet, `level` counted from 1; `id` is its name for links."""

    level: int
    text: str
    id: str


class Block(NamedTuple):
    """A part as HTML, below its headings; a `whole` one is not split between columns.

    `asked` is the first block of a question, `level` that of its heading.
    """

    id: str
    titles: tuple[Title, ...]
    number: int
    asked: Markup
    level: int
    whole: bool
    html: Markup


def booklet(library: Library, settings: Print = DEFAULT) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The booklet as a PDF, and a warning for each source with characters that no font has.

    The same library and settings give the same bytes. Raises `Failure` where Pango is missing.
    """
    output = f"{library.name}-booklet.pdf"
    paper = layout.booklet(settings)
    content = parts(library)
    runs = _runs(content, paper)
    blocks = [block for run in runs for block in run]
    page = Page("booklet/booklet.html.j2", library, settings)
    values = {
        "contents": [title for block in blocks for title in block.titles if title.level < DEEPEST],
        "questions": sum(block.number > 0 for block in blocks),
        "documents": len(library.documents),
        "runs": runs,
    }
    with press(output, settings.fonts) as set_pages:
        typeset = set_pages(page.html(paper, **values, starts=()))
        if len(typeset.pages) <= LEVELLED:
            starts = _starts(runs, typeset.pages, paper.columns)
            typeset = set_pages(page.html(paper, **values, starts=starts)) if starts else typeset
        data = typeset.pdf()
    return data, missing_glyphs(library, [part.item for part in content], output, settings.fonts)


def _starts(runs: Sequence[Sequence[Block]], pages: Pages, columns: int) -> frozenset[str]:
    """The blocks that should begin a column, so that the columns are level on the last page of each run."""
    found: set[str] = set()
    for run in runs:
        ids = {block.id for block in run}
        last = next(page for page in pages if run[-1].id in page)
        found |= column_starts({id: box for id, box in last.items() if id in ids}, columns)
    return frozenset(found)


def _runs(content: Sequence[Part], paper: Layout) -> list[list[Block]]:
    """The parts as HTML, in runs that begin a page each: long chapters, and short ones after them."""
    lengths: list[float] = []
    chapters: list[list[Block]] = []
    for place, part in enumerate(content):
        if not chapters or (part.headings and part.headings[0][0] == 1):
            chapters.append([])
            lengths.append(0)
        chapters[-1].append(_block(place, part, paper))
        lengths[-1] += part.lines(paper.line) / (paper.lines * paper.columns)
    runs: list[list[Block]] = []
    for chapter, length in zip(chapters, lengths, strict=True):
        if runs and length < NEW_PAGE:
            runs[-1] += chapter
        else:
            runs.append(chapter)
    return runs


def _block(place: int, part: Part, paper: Layout) -> Block:
    titles = tuple(Title(level, title, f"t{place}.{level}") for level, title in part.headings)
    asked, html = _asked(part)
    answer = html + pieces.blocks(part.item.answer) + _extras(part)
    crowding = pieces.crowded(part.item.answer, paper.line)
    whole = part.lines(paper.line) <= paper.lines * WHOLE
    html = pieces.box("", answer, crowding)
    return Block(f"b{place}", titles, part.number, asked, part.level + 2, whole, html)


def _asked(part: Part) -> tuple[Markup, Markup]:
    """The first block of a question, which becomes its heading, and the others, such as code and options."""
    first, rest = part.item.question[:1], part.item.question[1:]
    if first and isinstance(first[0], Heading | Paragraph) and inline_text(first[0].content).strip():
        return pieces.inlines(first[0].content), pieces.blocks(rest)
    return Markup(), pieces.blocks(part.item.question)


def _extras(part: Part) -> Markup:
    return Markup().join(
        Markup('<p class="extra"><b>{}:</b> {}</p>').format(label.capitalize(), text)
        for label, text in part.extras
    )
