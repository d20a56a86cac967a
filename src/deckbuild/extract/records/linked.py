"""Records of a list of links: each question leads to a heading that only counts, below which its answer stands."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from deckbuild.extract.page.page import Page
from deckbuild.extract.records.record import Part, Record
from deckbuild.machine.regex import regex
from deckbuild.model import Link
from deckbuild.model.text import inline_text

_FEWEST = 3
"""Links from which a list of questions is one of contents with answers behind it."""

_WORD = regex(r"[^\W\d_]{2,}")
_OUTSIDE = regex(r"[^\w\- ]")


def answered_by_link(page: Page) -> tuple[Record, ...]:
    """Questions that link to headings without words of their own, as `#1` or `Q1`, with what stands below these."""
    targets = {_anchor(page.units[at].text): at for at in page.headings}
    found = [(at, targets[anchor]) for at, anchor in _links(page) if anchor in targets]
    found = [(at, to) for at, to in found if at < to and not _WORD.search(page.units[to].text)]
    if len(found) < _FEWEST or len({to for _, to in found}) < len(found):
        return ()
    return tuple(_record(page, at, to) for at, to in found)


def _links(page: Page) -> Iterator[tuple[int, str]]:
    """The units that are a link to a place in the document, each with the name of the place."""
    for at, unit in enumerate(page.units):
        links = [e for e in unit.content if isinstance(e, Link)]
        if unit.kind != "text" or len(links) != 1 or not links[0].url.startswith("#"):
            continue
        if len(inline_text(unit.content)) <= len(inline_text(links[0].content)) + len("100. "):
            yield at, unquote(links[0].url[1:]).lower()


def _anchor(title: str) -> str:
    """What a heading is linked by: lower case, without punctuation, blanks as hyphens, as forges do it."""
    return _OUTSIDE.sub("", title.strip().lower()).strip().replace(" ", "-")


def _record(page: Page, at: int, to: int) -> Record:
    level = page.units[to].level
    end = next((i for i in page.headings if i > to and page.units[i].level <= level), len(page.units))
    record = Record(at, at + 1, [Part(at, page.signs[at].body)])
    record.answer = [Part(i) for i in range(to + 1, end)]
    record.asks = page.signs[at].asks
    record.answered = bool(record.answer)
    return record
