"""What of a library goes on the sheet, and below which headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from math import ceil
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyBlock,
    Blocks,
    Document,
    Entry,
    Formula,
    Kind,
    Library,
    Note,
    Paragraph,
    Table,
    inner_inlines,
    walk,
)
from deckbuild.model.contents import share_of_links
from deckbuild.model.leads import leads_in, with_leads
from deckbuild.model.text import block_text, distinct_text, normalise, one_line, unnumbered
from deckbuild.paper.shown_images import shown_images

LINE = 66
"""Characters in a line of a sheet in three columns on A4, by which short answers are told from long ones.

The same for all papers, so that other paper has the same content.
"""

SHORT = 8
"""Lines that a question or an answer may take. That is an eighth of a column: found and read at one glance.

Counted in lines, since words say little of the room that code or Chinese takes; it is 80 words of English.
"""


PICTURE = 6
"""Lines that an image is counted as: a tenth of a column, in which a diagram can be read."""

_COUNTED = regex(r"^\d{1,3}[-_.\s]+(?=.*[^\W\d_])")
"""The number before the name of a file, which puts it in its place among others."""


class Item(Struct, frozen=True):
    """A table, a formula or a question with its answer; a table is an answer without a question.

    `topic` is the title of the outermost section that it stands in, else of the document; `subtopic` is the
    title of the section below that (of the innermost, for a table), empty where there is none. Both without
    the section's number: it counts within one document, and a topic is gathered from all of them.
    """

    source: str
    topic: str
    subtopic: str
    question: Blocks
    answer: Blocks


def tables(library: Library) -> tuple[Item, ...]:
    """The tables outside of notes."""
    return tuple(
        Item(document.source, topics[0], topics[-1] if len(topics) > 1 else "", (), blocks)
        for document in library.documents
        for titles, blocks in _reference_tables(document)
        for topics in [_topics(titles)]
    )


def formulas(library: Library) -> tuple[Item, ...]:
    """The formula notes but for rows of a table outside of notes, then questions with too long an answer.

    Of these the blocks of formulas are all of the answer, each whole and once, however many answers give it. So
    are those of answers that cards fold, as other notes ask the same.
    """
    rows = {
        (document.source, row.span)
        for document in library.documents
        for _, (*_, table) in _reference_tables(document)
        if isinstance(table, Table)
        for row in table.rows
    }
    entries = (entry for entry in library.entries if entry.note.kind is Kind.FORMULA)
    noted = _items(library, (entry for entry in entries if (entry.source, entry.note.span) not in rows))
    asked = [entry for entry in library.entries if entry.note.kind is Kind.QA]
    long = (entry for entry in asked if not _is_short(entry.note))
    folded = (replace(entry, note=other.note) for entry in asked for other in entry.others)
    seen = {block.tex for item in noted for block in item.answer if isinstance(block, Formula)}
    found = list(noted)
    for item in _items(library, (*long, *folded)):
        answer: list[AnyBlock] = []
        for group in _groups(item.answer):
            displayed = {block.tex for block in group if isinstance(block, Formula)}
            if not displayed <= seen:
                answer += group
                seen |= displayed
        if answer:
            found.append(replace(item, answer=tuple(answer)))
    return tuple(found)


def _groups(answer: Blocks) -> Iterator[Blocks]:
    """The blocks of formulas of an answer: displayed formulas and the lines around that hold formulas too.

    Such lines have a comment or a side condition, so the block would mislead without them, and without the
    label above it, which says of which thing it is (`Momentum:`).
    """
    run: list[AnyBlock] = []
    for above, block in zip((None, *answer), answer, strict=False):
        if run and not (_has_formula(block) and block.span.line <= run[-1].span.end_line + 1):
            if any(isinstance(b, Formula) and b.tex for b in run):
                yield tuple(run)
            run = []
        if _has_formula(block):
            if not run and above and leads_in(above) and lines((above,)) == 1 and not _has_formula(above):
                run.append(above)
            run.append(block)
    if any(isinstance(b, Formula) and b.tex for b in run):
        yield tuple(run)


def _has_formula(block: AnyBlock) -> bool:
    return isinstance(block, Formula) or (
        isinstance(block, Paragraph) and any(isinstance(e, Formula) for e in inner_inlines(block.content))
    )


def questions(library: Library) -> tuple[Item, ...]:
    """The questions that take `SHORT` lines at most and whose answers do.

    What is asked and answered in the same words several times is taken once.
    """
    entries: dict[tuple[str, str], Entry] = {}
    for entry in library.entries:
        note = entry.note
        if note.kind is Kind.QA and _is_short(note):
            words = normalise(distinct_text(note.question)), normalise(distinct_text(note.answer))
            entries.setdefault(words, entry)
    return _items(library, entries.values())


def longer(library: Library) -> tuple[Item, ...]:
    """The questions that are too long for `questions` and of which `formulas` takes nothing, shortest first."""
    taken = {item.question for item in formulas(library)}
    found: dict[tuple[str, str], Entry] = {}
    for entry in library.entries:
        note = entry.note
        if note.kind is Kind.QA and not _is_short(note) and note.question not in taken:
            words = normalise(distinct_text(note.question)), normalise(distinct_text(note.answer))
            found.setdefault(words, entry)
    items = _items(library, found.values())
    return tuple(sorted(items, key=lambda item: lines(item.question) + lines(item.answer)))


def _is_short(note: Note) -> bool:
    return max(lines(note.question), lines(note.answer)) <= SHORT


def lines(blocks: Blocks, width: int = LINE) -> int:
    """The lines of `width` characters that the text of the blocks takes, and those of their images."""
    text = sum(ceil(characters(line) / width) for line in block_text(blocks).splitlines())
    return text + PICTURE * sum(1 for _ in shown_images(blocks))


def characters(line: str) -> int:
    """Characters of a line; those of Chinese, Japanese and Korean have the width of two."""
    return len(line) if line.isascii() else sum(1 + (char >= "\u1100" and is_wide(char)) for char in line)


def is_wide(char: str) -> bool:
    """Whether a character has the width of two."""
    return unicodedata.east_asian_width(char) in ("W", "F")


def _items(library: Library, entries: Iterable[Entry]) -> tuple[Item, ...]:
    titles = {document.source: title_of(document) for document in library.documents}
    items = []
    for entry in entries:
        topic, subtopic, *_ = (*_topics(entry.section or (titles[entry.source],)), "")
        items.append(Item(entry.source, topic, subtopic, entry.note.question, entry.note.answer))
    return tuple(items)


def _reference_tables(document: Document) -> Iterator[tuple[list[str], Blocks]]:
    """The tables outside of notes below the lines that announce them, with the titles of their sections.

    Of a table whose rows became questions nothing is left but its head.
    """
    for section, path in walk(document.root):
        titles = [one_line(heading.content) for heading in path if heading is not document.root.heading]
        for block, lead in with_leads(section.body):
            if isinstance(block, Table) and block.rows and not leads_elsewhere(block):
                yield titles or [title_of(document)], (lead, block) if lead else (block,)


def leads_elsewhere(table: Table) -> bool:
    """Whether a table is what a page has around its text: at least half of its cells are mere links or images."""
    return share_of_links(table) >= 0.5


def _topics(titles: Iterable[str]) -> list[str]:
    return list(map(unnumbered, titles))


def title_of(document: Document) -> str:
    """The title of a document, else the name of its file as a title: `03-tidal_currents.md` is `Tidal currents`."""
    if document.title:
        return document.title
    stem = PurePosixPath(document.source).stem
    words = re.sub(r"[-_\s]+", " ", _COUNTED.sub("", stem)).strip() or stem
    return words[0].upper() + words[1:]
