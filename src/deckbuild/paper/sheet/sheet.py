"""The cheat sheet: reference tables, formulas, then the questions with short answers, topic by topic.

`selection` decides what is printed, `sheet_pieces` and `templates/sheet/` how it looks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import floor, sqrt

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.collection.print_settings import DEFAULT, Print
from deckbuild.machine.processes import Progress, silent
from deckbuild.model import Diagnostic, Kind, Library
from deckbuild.paper import selection
from deckbuild.paper.as_read import as_read
from deckbuild.paper.page_templates import PageTemplate
from deckbuild.paper.prepared import prepared
from deckbuild.paper.press import layout
from deckbuild.paper.press.balance import Levels, fill, levels
from deckbuild.paper.press.layout import PageLayout
from deckbuild.paper.press.long_print import LONGEST, cuts, long_pdf
from deckbuild.paper.press.pdf import PageHtml, Pages, Press, Typeset, press
from deckbuild.paper.sheet.filling import ROUNDS, fillings
from deckbuild.paper.sheet.sheet_pieces import Content, ItemHtml, across, in_columns
from deckbuild.paper.unprintable import unprintable
from deckbuild.paper.widths import has_room
from deckbuild.paper.words import words
from deckbuild.paper.wrapped_code import with_wrapped_code
from deckbuild.report.diagnostics import Code

SHORT = 6
"""Most pages of a sheet for which it is worth another layout of all to do without a nearly empty one."""
NEARLY_EMPTY = 0.5
"""The part of a last page up to which it is tried to do without it."""
SMALLEST = 8.0
"""Points of the smallest text that a sheet is set in to save a page."""


def sheet(
    library: Library, settings: Print = DEFAULT, progress: Progress = silent
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The sheet as a PDF, and a warning for each source with characters that no font has.

    The same library and settings give the same bytes. Raises `Failure` where Pango is missing.
    """
    paper = layout.sheet(settings)
    ready = prepared(library, settings)
    settings = ready.settings
    library = with_wrapped_code(as_read(ready.library), paper.column, paper.size)
    output = f"{library.name}-sheet.pdf"
    content = Content(
        selection.tables(library),
        selection.formulas(library),
        tuple(item for item in selection.questions(library) if has_room(item, paper.line)),
        ready.spoken,
        words(settings.language),
    )
    asked = sum(entry.note.kind is Kind.QA for entry in library.entries)
    told = {"asked": asked, "about": _about(content, asked), "backwards": ready.backwards}
    page = PageTemplate("sheet/sheet.html.j2", library, settings, **told)
    columned = in_columns(content, paper, settings.language)
    pages = [piece.lines / (paper.lines * paper.columns) for piece in columned]
    if sum(pages) > LONGEST and not settings.tagged:
        data = _long(page, across(content, paper), columned, pages, paper, output, progress)
        problems = _problems(library, content, output, settings, paper)
        return data, (*ready.problems, *problems, Code.UNTAGGED.at(output, 1, limit=LONGEST))

    def html(
        paper: PageLayout,
        content: Content,
        level: Levels = Levels(),  # noqa: B008  frozen
        last: Reset | None = None,
    ) -> PageHtml:
        columned = in_columns(content, paper, settings.language)
        if last:
            here = slice(last.first, None)
            return page.html(paper, wide=(), pieces=columned[here], level=level, first=last.first, reset=last)
        wide, about = across(content, paper), _about(content, asked)
        return page.html(paper, wide=wide, pieces=columned, level=level, first=0, about=about)

    with press(output, settings.fonts) as set_pages:
        paper, typeset = _fitted(paper, partial(html, content=content), set_pages, settings.font_size is None)
        last = None if settings.templates else _last(typeset.pages, content, paper, settings.language)
        again = bool(last) or len(typeset.pages) <= SHORT
        end = typeset.pages[-1]
        longer = selection.longer(library) if again else ()
        for _ in range(ROUNDS):
            for more in fillings(longer, content.more, end, paper):
                fuller = replace(content, more=more)
                tried = set_pages(html(paper, fuller, last=last))
                if len(tried.pages) <= (1 if last else len(typeset.pages)):
                    content, end = fuller, tried.pages[-1]
                    typeset = typeset.with_pages([last.page - 1], tried) if last else tried
                    break
            else:
                break
        level = levels(end, paper.columns)
        if level.starts and again:
            tried = set_pages(html(paper, content, level, last))
            typeset = typeset.with_pages([last.page - 1], tried) if last else tried
        problems = _problems(library, content, output, settings, paper)
        return typeset.pdf(), (*ready.problems, *problems)


def _about(content: Content, asked: int) -> str:
    """How many questions there are, and whether all of them are printed."""
    printed = len(content.questions) + len(content.more)
    count = f"{asked:,}" if printed == asked else content.words["selected"].format(f"{asked:,}")
    return f"{content.words['questions']}: {count}"


def _problems(
    library: Library, content: Content, output: str, settings: Print, paper: PageLayout
) -> tuple[Diagnostic, ...]:
    everything = (*content.tables, *content.formulas, *content.questions, *content.more)
    return unprintable(library, everything, output, settings.fonts, paper.line, paper.size)


class Reset(Struct, frozen=True):
    """The last page, to be set once more by itself, with what it can't know then.

    `page` is its number, `first` the place of its first piece, `topic` one that goes on from the page before.
    """

    page: int
    first: int
    topic: str


def _last(pages: Pages, content: Content, paper: PageLayout, language: str) -> Reset | None:
    """What the last page needs to be set by itself; None where it is the first, or goes on with a piece."""
    if len(pages) == 1 or pages[-1].keys() & pages[-2].keys():
        return None
    columned = in_columns(content, paper, language)
    first = len(columned) - len(pages[-1])
    titles = [piece.title for piece in (*across(content, paper), *columned[:first]) if piece.title]
    goes_on = titles and not any(piece.title for piece in columned[first:])
    return Reset(len(pages), first, titles[-1] if goes_on else "")


def _fitted(
    paper: PageLayout, html: Callable[[PageLayout], PageHtml], set_pages: Press, may_shrink: bool
) -> tuple[PageLayout, Typeset]:
    """The sheet without a last page that holds but a few items, where slightly smaller type saves it."""
    typeset = set_pages(html(paper))
    count = len(typeset.pages)
    filled = fill(typeset.pages[-1], paper.box)
    if may_shrink and 1 < count <= SHORT and filled <= NEARLY_EMPTY:
        size = 0.98 * paper.size * sqrt((count - 1) / (count - 1 + filled))
        if size >= SMALLEST:
            smaller = replace(paper, size=floor(size * 20) / 20)
            tried = set_pages(html(smaller))
            if len(tried.pages) < count:
                return smaller, tried
    return paper, typeset


def _long(
    page: PageTemplate,
    wide: Sequence[ItemHtml],
    columned: Sequence[ItemHtml],
    pages: Sequence[float],
    paper: PageLayout,
    output: str,
    progress: Progress,
) -> bytes:
    parts = [
        page.html(
            paper,
            wide=() if span.start else wide,
            pieces=columned[span],
            level=Levels(),
            first=span.start,
            part=True,
        )
        for span in cuts(pages, [bool(piece.title) for piece in columned])
    ]
    return long_pdf(
        parts,
        output,
        page.settings.fonts,
        progress,
        furniture=lambda topics: page.html(paper, topics=topics),
    )
