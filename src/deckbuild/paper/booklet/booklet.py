"""The study booklet: all questions with full answers, and contents with page numbers.

`booklet_content` decides what is printed, `templates/booklet/` how it looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from deckbuild.collection.print_settings import DEFAULT, Print
from deckbuild.machine.processes import Progress, silent
from deckbuild.model import Diagnostic, Library
from deckbuild.paper.booklet.booklet_content import DEEPEST, BookletPart, parts
from deckbuild.paper.booklet.level_columns import ROUNDS, Run, levelled, parted
from deckbuild.paper.booklet.part_html import PartHtml, Title, part_html
from deckbuild.paper.page_templates import PageTemplate
from deckbuild.paper.prepared import Prepared, prepared
from deckbuild.paper.press import layout
from deckbuild.paper.press.balance import Levels
from deckbuild.paper.press.layout import PIXEL, PageLayout
from deckbuild.paper.press.long_print import LONGEST, cuts, long_pdf
from deckbuild.paper.press.pdf import PageHtml, Pages, press
from deckbuild.paper.unprintable import unprintable
from deckbuild.paper.wrapped_code import with_wrapped_code
from deckbuild.report.diagnostics import Code

NEW_PAGE = 0.5
"""A chapter that fills at least this part of a page begins a new one if the last one is filled as much."""
ENTRY, ABOVE = 1.2, 6
"""Lines that an entry of the contents takes, with its space, and what stands above them on their page."""
BRIEF = 1 / 2
"""The part of a page up to which contents have none for themselves, or most of it would be blank."""
LEVELLED = 40
"""Most pages of a booklet for which level columns where a chapter ends are worth another layout of all."""


def booklet(
    library: Library, settings: Print = DEFAULT, progress: Progress = silent
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The booklet as a PDF, and a warning for each source with characters that no font has.

    The same library and settings give the same bytes. Raises `Failure` where Pango is missing.
    """
    paper = layout.booklet(settings)
    ready = prepared(library, settings)
    settings = ready.settings
    library = with_wrapped_code(ready.library, paper.column, paper.size)
    output = f"{library.name}-booklet.pdf"
    content = parts(library)
    items = [part.item for part in content]
    problems = ready.problems + unprintable(library, items, output, settings.fonts, paper.line, paper.size)
    runs = _runs(content, paper, ready)
    blocks = [block for run in runs for block in run]
    contents = [title for block in blocks for title in block.titles if title.level < DEEPEST]
    page = PageTemplate(
        "booklet/booklet.html.j2",
        library,
        settings,
        backwards=ready.backwards,
        questions=sum(block.number > 0 for block in blocks),
        documents=len(library.documents),
        fold=_fold(contents, paper),
        brief=len(contents) * ENTRY + ABOVE <= paper.lines * BRIEF,
    )
    pages = [part.lines(paper.line) / (paper.lines * paper.columns) for part in content]
    if sum(pages) > LONGEST and not settings.tagged:
        data = _long(page, runs, contents, pages, paper, output, progress)
        return data, (*problems, Code.UNTAGGED.at(output, 1, limit=LONGEST))

    is_short = sum(pages) <= LEVELLED

    def html(runs: Sequence[Run], level: Levels = Levels()) -> PageHtml:  # noqa: B008  frozen
        here = parted(runs, is_short)
        return page.html(paper, contents=contents, numbers=None, runs=here, level=level)

    with press(output, settings.fonts) as set_pages:
        typeset = set_pages(html(runs))
        if is_short:
            joined = _joined(runs, typeset.pages, paper, ready.backwards)
            if len(joined) < len(runs):
                runs, typeset = joined, set_pages(html(joined))
            level, done = Levels(), set[str]()
            for _ in range(ROUNDS):
                more = levelled(runs, typeset.pages, paper.columns, done)
                if not more.starts:
                    break
                level = Levels(level.starts | more.starts, {**level.space, **more.space})
                typeset = set_pages(html(runs, level))
        return typeset.pdf(), problems


def _long(
    page: PageTemplate,
    runs: Sequence[Run],
    contents: Sequence[Title],
    pages: Sequence[float],
    paper: PageLayout,
    output: str,
    progress: Progress,
) -> bytes:
    blocks = [(number, block) for number, run in enumerate(runs) for block in run]
    starts = [bool(block.titles) + (block is runs[number][0]) for number, block in blocks]
    parts = []
    for span in cuts(pages, starts):
        here = [[block for _, block in run] for _, run in groupby(blocks[span], itemgetter(0))]
        parts.append(
            page.html(paper, contents=None, numbers=None, runs=parted(here, False), level=Levels(), part=True)
        )

    def front(numbers: Mapping[str, int]) -> PageHtml:
        return page.html(paper, contents=contents, numbers=numbers, runs=(), level=Levels(), part=True)

    def furniture(topics: Sequence[str]) -> PageHtml:
        return page.html(paper, topics=topics)

    return long_pdf(parts, output, page.settings.fonts, progress, front, furniture)


def _fold(contents: Sequence[Title], paper: PageLayout) -> int:
    """The place of the entry that begins a second column of the contents; 0 where one column holds them.

    Else the last few of them would have a page for themselves.
    """
    if len(contents) * ENTRY + ABOVE <= paper.lines:
        return 0
    middle = len(contents) / 2
    chapters = [at for at, title in enumerate(contents) if title.level == 1 and at] or [int(middle)]
    return min(chapters, key=lambda at: abs(at - middle))


def _joined(runs: Sequence[Run], pages: Pages, paper: PageLayout, backwards: bool) -> list[Run]:
    """The runs, those in one that have room on the last page of the ones before.

    Columns are filled from the right where they run `backwards`.
    """
    joined: list[Run] = []
    filled = 1.0  # the part of the last page
    places = {id: box for page in pages for id, box in page.items()}
    for run in runs:
        end, free = places[f"{run[-1].id}.end"], paper.box
        column = (end.left - free.left) // (paper.column * PIXEL)
        column = paper.columns - 1 - column if backwards else column
        alone = (column + (end.top - free.top) / (free.bottom - free.top)) / paper.columns
        if filled < NEW_PAGE:
            joined[-1] = [*joined[-1], *run]
            filled = (filled + alone) % 1
        else:
            joined.append(run)
            filled = alone
    return joined


def _runs(content: Sequence[BookletPart], paper: PageLayout, ready: Prepared) -> list[Run]:
    """The parts as HTML, in runs: long chapters, and short ones after them."""
    lengths: list[float] = []
    chapters: list[list[PartHtml]] = []
    for place, part in enumerate(content):
        if not chapters or (part.headings and part.headings[0][0] == 1):
            chapters.append([])
            lengths.append(0)
        chapters[-1].append(part_html(place, part, paper, ready))
        lengths[-1] += part.lines(paper.line) / (paper.lines * paper.columns)
    runs: list[Run] = []
    for chapter, length in zip(chapters, lengths, strict=True):
        if runs and length < NEW_PAGE:
            runs[-1] += chapter
        else:
            runs.append(chapter)
    return runs
