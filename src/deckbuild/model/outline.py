"""Where things stand in a document: each note and block with the titles of its sections, outermost first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from deckbuild.model import AnyBlock, Blocks, Document, Heading, Note, Section, inner_blocks, walk
from deckbuild.model.text import one_line

Titles = tuple[str, ...]


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
        yield section, tuple(map(_title, below))


def _title(heading: Heading) -> str:
    return one_line(heading.content)
