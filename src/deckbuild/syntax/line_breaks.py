"""Which ends of lines are the author's, and which come of an editor that wraps text at a width.

An editor that wraps fills each line: the next word would not have fitted. Where it would have, as in poems,
chats and steps, the author began a new line, and means it to be seen; so do lines that begin alike, as items do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    Break,
    Inlines,
    List,
    Note,
    Paragraph,
    Quote,
    Section,
    inner_blocks,
)
from deckbuild.model.changing import with_parts
from deckbuild.model.text import inline_text
from deckbuild.syntax.line_marks import marked_lines

NARROWEST, WIDEST = 60, 132
"""Columns between which text is wrapped. Of 62 documents with soft ends of lines the five that are wrapped are
72 to 79 columns wide; in all others at most one end in three is where a width would put it."""

RAGGED = 0.8
"""The part of the width that a wrapped line has with the word after it, even where it was edited later."""


class Lines(Struct, frozen=True):
    """The lines of a source, how wide it wraps them, and whether all ends are kept (None: those of the author)."""

    source: Sequence[str]
    width: int
    kept: bool | None = None


def lines_of(source: Sequence[str], blocks: Blocks, kept: bool | None = None) -> Lines:
    """The lines of a source of these blocks; its width is that below which nine in ten of its full lines are."""
    ends = sorted(
        length
        for outer in blocks
        for block in inner_blocks(outer)
        if isinstance(block, Paragraph) and len(block.content) > 1
        for length, _ in _ends(block, source)
        if length <= WIDEST
    )
    return Lines(source, ends[len(ends) * 9 // 10] if ends else 0, kept)


def with_breaks(section: Section, lines: Lines) -> Section:
    """The section with the author's ends of lines as hard breaks."""
    return with_parts(section, lambda part: _part(part, lines))


def _part(part: Note | AnyBlock, lines: Lines) -> Note | AnyBlock:
    if isinstance(part, Note):
        return replace(part, question=_blocks(part.question, lines), answer=_blocks(part.answer, lines))
    return _block(part, lines)


def _blocks(blocks: Blocks, lines: Lines) -> Blocks:
    return tuple(_block(block, lines) for block in blocks)


def _block(block: AnyBlock, lines: Lines) -> AnyBlock:
    match block:
        case Paragraph(content=content) if any(isinstance(e, Break) for e in content):
            return replace(block, content=_content(block, lines))
        case List(items=items):
            return replace(block, items=tuple(replace(i, blocks=_blocks(i.blocks, lines)) for i in items))
        case Quote(blocks=inner):
            return replace(block, blocks=_blocks(inner, lines))
    return block


def _content(paragraph: Paragraph, lines: Lines) -> Inlines:
    """The content with breaks made hard: all, those before items, those that the source ends so."""
    every = _are_meant(paragraph, lines) if lines.kept is None else lines.kept
    items = marked_lines(paragraph.content) if lines.kept is None and not every else frozenset[int]()
    found: list[AnyInline] = []
    line = 0
    for element in paragraph.content:
        line += inline_text((element,)).count("\n")
        if isinstance(element, Break) and not element.hard:
            at = element.span.line
            text = lines.source[at - 1] if at <= len(lines.source) else ""
            hard = every or line in items or text.endswith(("  ", "\\"))
            element = replace(element, hard=hard)
        found.append(element)
    return tuple(found)


def _are_meant(paragraph: Paragraph, lines: Lines) -> bool:
    """Whether less than half of the ends of a paragraph's lines are where a width would put them."""
    ends = list(_ends(paragraph, lines.source))
    full = sum(lines.width >= NARROWEST and length + word > RAGGED * lines.width for length, word in ends)
    return 2 * full < len(ends)


def _ends(paragraph: Paragraph, source: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Columns of each line of a paragraph in the source but the last, and of the word after it."""
    span = paragraph.span
    for line, after in pairwise(source[span.line - 1 : span.end_line]):
        if line.strip() and after.strip():
            yield _columns(line.rstrip()), 1 + _columns(after.split()[0])


def _columns(text: str) -> int:
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
