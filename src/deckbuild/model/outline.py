"""Where things stand in a document: each note and block with the titles of its sections, outermost first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape

from deckbuild.model import (
    AnyBlock,
    Blocks,
    Document,
    Heading,
    Html,
    Note,
    Paragraph,
    Section,
    inner_blocks,
    walk,
)
from deckbuild.model.text import one_line

Titles = tuple[str, ...]

LONGEST_TITLE = 100
"""Characters of a line that can be a title."""

MOST_SHOWN = 500
"""Characters of a title that are kept: more than any has that names what stands below it.

Each card and each page repeats the titles that it stands below, and a heading may be as long as a document.
"""

# Functions of `re` compile these when they are first used; few documents need them.
_H1 = r"(?is)<h1\b[^>]*>(.*?)</h1>"
_TAG = r"<[^<>]*>"
_EXPORTED = r" [0-9a-f]{32}(?:_all)?(?=[/.]|$)"
"""What Notion puts behind the names of pages and databases that it exports."""


def notes(document: Document) -> list[tuple[Note, Titles]]:
    """All notes, derived ones too, in the order of their lines."""
    placed = [(part, titles) for part, titles in parts(document) if isinstance(part, Note)]
    sections = list(_sections(document))
    starts = [section.span.line for section, _ in sections]
    for note in document.derived:
        _, titles = sections[bisect_right(starts, note.span.line) - 1]
        placed.append((note, titles))
    return sorted(placed, key=lambda pair: pair[0].span)


def blocks(document: Document) -> Iterator[tuple[AnyBlock, Titles]]:
    """All blocks, nested ones, those of notes and those that answers repeat too, in document order."""
    for part, titles in parts(document):
        for block in _whole(part) if isinstance(part, Note) else (part,):
            for inner in inner_blocks(block):
                yield inner, titles


def _whole(note: Note) -> Blocks:
    return (*note.question, *note.repeated, *note.answer)


def parts(document: Document) -> Iterator[tuple[Note | AnyBlock, Titles]]:
    """Headings, notes, and the blocks that are in no note, in document order; derived notes aside."""
    for section, titles in _sections(document):
        if section.heading:
            yield section.heading, titles
        for part in section.body:
            yield part, titles


def _sections(document: Document) -> Iterator[tuple[Section, Titles]]:
    """Each section with its titles; the document's title is none of them."""
    for section, path in walk(document.root):
        below = path[1:] if document.root.heading else path
        yield section, tuple(map(title, below))


def title(heading: Heading) -> str:
    """What a heading says, on one line and shortened."""
    return shortened(one_line(heading.content))


def shortened(said: str) -> str:
    """A title; what is beyond all titles ends in `…`."""
    return said if len(said) <= MOST_SHOWN else f"{said[:MOST_SHOWN].rstrip()}…"


def page_title(root: Section) -> str:
    """The title of a document without headings: a line that stands by itself above its notes.

    A page copied from the web begins with lines of its site: the first of several words is its title, which no
    full stop ends. In Markdown the title may be the `<h1>` of a block of HTML.
    """
    for part in root.body:
        if isinstance(part, Html) and (found := re.search(_H1, part.text)):
            return " ".join(unescape(re.sub(_TAG, "", found[1])).split())
        if not isinstance(part, Paragraph):
            break
        line = one_line(part.content)
        is_line = part.span.line == part.span.end_line and len(line) <= LONGEST_TITLE
        if is_line and len(line.split()) > 1 and line[-1:].isalnum():
            return line
    return ""


def file_name(path: str) -> str:
    """The path of a document as people read it: without the ids that exports of Notion have in it."""
    return re.sub(_EXPORTED, "", path)
