"""Which ends of lines are the author's, and which come of an editor that wraps text at a width.

An editor that wraps fills each line: the next word would not have fitted. Where it would have, as in poems,
chats and steps, the author began a new line, and means it to be seen.
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
    List,
    Note,
    Paragraph,
    Quote,
    Section,
    inner_blocks,
)

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
    body = tuple(_part(part, lines) for part in section.body)
    return replace(section, body=body, sections=tuple(with_breaks(s, lines) for s in section.sections))


def _part(part: Note | AnyBlock, lines: Lines) -> Note | AnyBlock:
    if isinstance(part, Note):
        return replace(part, question=_blocks(part.question, lines), answer=_blocks(part.answer, lines))
    return _block(part, lines)


def _blocks(blocks: Blocks, lines: Lines) -> Blocks:
    return tuple(_block(block, lines) for block in blocks)


def _block(block: AnyBlock, lines: Lines) -> AnyBlock:
    match block:
        case Paragraph(content=content) if any(isinstance(e, Break) for e in content):
            all_of_them = _are_meant(block, lines) if lines.kept is None else lines.kept
            return replace(block, content=tuple(_element(e, all_of_them, lines.source) for e in content))
        case List(items=items):
            return replace(block, items=tuple(replace(i, blocks=_blocks(i.blocks, lines)) for i in items))
        case Quote(blocks=inner):
            return replace(block, blocks=_blocks(inner, lines))
    return block


def _element(element: AnyInline, is_meant: bool, source: Sequence[str]) -> AnyInline:
    """A break made hard where its line ends so in the source, too, of which a part may have been cut out."""
    if not isinstance(element, Break) or element.hard:
        return element
    line = source[element.span.line - 1] if element.span.line <= len(source) else ""
    return replace(element, hard=is_meant or line.endswith(("  ", "\\")))


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
