"""The edge to WeasyPrint: HTML in, a tagged PDF out, with our own fonts and nothing fetched from anywhere."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, TypeAlias

from msgspec import Struct

from deckbuild.machine.deadline import TimeIsUp, deadline
from deckbuild.machine.memory import memory_at_most
from deckbuild.paper.press.balance import Box
from deckbuild.paper.press.drawings import Drawings
from deckbuild.paper.press.fonts import only_fonts
from deckbuild.paper.press.pango import command_here, loading
from deckbuild.paper.press.tags import mended
from deckbuild.report.diagnostics import Code, Failure

RESOLUTION = 300
"""Most pixels to an inch of an image: more can't be seen on paper, and photographs have a thousand."""

SECONDS, MOST = 4.0, 0.5e-3
"""Seconds of a processor that a layout may take, and more for each usual character of its HTML.

That is some seven times what pages take: 0.35 s each, of 5,000 characters.
"""

SIZE, SIZE_MORE = 300_000_000, 5_000
"""Bytes of memory that a layout may take, and more for each usual character: twice what text needs."""

PAGES, PAGES_MORE = 100, 0.01
"""Pages that a layout may have, and more for each usual character, which is some 50 times what text needs.

Headers and footers of long prints, which are set by themselves, need a page for 150 characters.
"""

Pages: TypeAlias = Sequence[dict[str, Box]]
"""For each page its elements that have an `id`, by that, in document order."""


class PageHtml(Struct, frozen=True):
    """HTML to be set, and how many characters our own templates write for what is on it, styles left out.

    Limits go by these `usual` characters: a stranger's template would allow itself what it likes. `media` are its
    images by their addresses; in these themselves they would lie in memory many times.
    """

    text: str
    usual: int
    media: dict[str, bytes] = {}


Press: TypeAlias = Callable[[PageHtml], "Typeset"]
"""Sets HTML on pages."""


class Bookmark(Struct, frozen=True):
    """A heading for the outline: its level, its text, its page counted from 0, pixels from the page's top."""

    level: int
    title: str
    page: int
    top: float


class Typeset:
    """Pages as they will be printed."""

    def __init__(self, document: Any, bounded: Callable[[], AbstractContextManager[None]]) -> None:
        self._document = document
        self._bounded = bounded
        self.pages: Pages = [
            {id: Box(*box) for id, box in page.anchors.items()} for page in self._document.pages
        ]

    @property
    def marks(self) -> tuple[Bookmark, ...]:
        """All headings, in document order."""
        return tuple(
            Bookmark(level, title, number, float(top))
            for number, page in enumerate(self._document.pages)
            for level, title, (_, top), _ in page.bookmarks
        )

    def with_pages(self, numbers: Sequence[int], others: Typeset) -> Typeset:
        """The same with other pages in the places of these, counted from 0; as it is where there are more."""
        if len(numbers) != len(others.pages):
            return self
        pages = list(self._document.pages)
        for number, page in zip(numbers, others._document.pages, strict=True):
            pages[number] = page
        return Typeset(self._document.copy(pages), self._bounded)

    def pdf(self, tagged: bool = True) -> bytes:
        """The pages as a file, PDF/UA-1 where `tagged`. Raises `Failure` where they are too much to be drawn."""
        with self._bounded():
            data: bytes = self._document.write_pdf(**_options(tagged))
            return mended(data) if tagged else data


@contextmanager
def press(output: str, fonts: Sequence[str] = (), tagged: bool = True) -> Iterator[Press]:
    """What sets HTML on pages; the same HTML gives the same bytes. What is set is written within the context.

    `fonts` are files to use beside our own fonts. Of all URLs only `data:` ones and its media are read. Raises
    `Failure` where Pango is missing; `output` names the file that can't be made.
    """
    with only_fonts(fonts):
        try:
            with loading():
                from weasyprint import HTML
                from weasyprint.text.fonts import FontConfiguration

                from deckbuild.paper.press.fetching import Fetcher
        except OSError as error:
            raise Failure(Code.NO_PANGO.at(output, 1, command=command_here())) from error
        known = FontConfiguration()  # reading it takes longer than a page

        def set_pages(html: PageHtml) -> Typeset:
            bounded = partial(_bounded, output, html.usual)
            with bounded(), _pages_at_most(PAGES + int(html.usual * PAGES_MORE)):
                document = HTML(string=html.text, url_fetcher=Fetcher(html.media))
                pages = document.render(font_config=known, cache=Drawings(), **_options(tagged))
                return Typeset(pages, bounded)

        yield set_pages


@contextmanager
def _bounded(output: str, length: int) -> Iterator[None]:
    """Raises `Failure` for pages of so many usual characters that take too much, or that can't be set at all."""
    seconds = SECONDS + length * MOST
    try:
        with deadline(seconds), memory_at_most(SIZE + length * SIZE_MORE):
            yield
            return
    except Failure:
        raise
    except TimeIsUp:
        why = f"they take more than {seconds:.0f} seconds, or are far more than the text needs"
    except RecursionError:
        why = "styles or elements are nested too deeply"
    except MemoryError:
        why = "they take far more memory than text needs"
    except Exception as error:  # whatever unusual styles bring about in WeasyPrint
        logging.getLogger(__name__).debug("WeasyPrint fails", exc_info=error)
        why = "the program that sets them fails on a style or an element of them"
    raise Failure(Code.ENDLESS_PAGES.at(output, 1, why=why))


@contextmanager
def _pages_at_most(count: int) -> Iterator[None]:
    """Raises `TimeIsUp` where a layout has more pages, each of which WeasyPrint tells its log."""
    progress = logging.getLogger("weasyprint.progress")
    level = progress.level

    def check(record: logging.LogRecord) -> bool:
        if record.args == (count,):
            raise TimeIsUp
        return False

    progress.addFilter(check)
    progress.setLevel(logging.INFO)
    try:
        yield
    finally:
        progress.removeFilter(check)
        progress.setLevel(level)


def pdf(html: str, output: str, fonts: Sequence[str] = ()) -> bytes:
    """`html` as a PDF/UA-1 file. Raises `Failure` as `press` does."""
    with press(output, fonts) as set_pages:
        return set_pages(PageHtml(html, len(html))).pdf()


def _options(tagged: bool) -> dict[str, object]:
    """Hints are attributes such as the first number of a list."""
    variant = {"pdf_variant": "pdf/ua-1"} if tagged else {}
    return {"presentational_hints": True, "dpi": RESOLUTION, **variant}
