"""What a study booklet prints: every question with its full answer, tables, named formulas, and marked text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from deckbuild.model import (
    AnyBlock,
    Blocks,
    Document,
    Emphasis,
    Heading,
    Inlines,
    Kind,
    Library,
    Mark,
    Note,
    Paragraph,
    Quote,
    SourceSpan,
    Strong,
    Table,
    Text,
    inner_blocks,
    inner_inlines,
    outline,
)
from deckbuild.model.callouts import callout
from deckbuild.model.contents import is_contents
from deckbuild.model.documents import CONTEXT
from deckbuild.model.leads import with_leads
from deckbuild.paper.selection import Item, leads_elsewhere, lines, title_of

DEEPEST = 3
"""Levels of headings: chapter, section, and all below it as one."""


class BookletPart(Struct, frozen=True):
    """One thing to print, with the headings right above it: level, counted from 1, and title.

    `item` has a question or, for tables and marked text, none; `number` counts the questions. `extras` are a
    note's labelled values that help to learn.
    """

    headings: tuple[tuple[int, str], ...]
    item: Item
    number: int = 0
    extras: tuple[tuple[str, str], ...] = ()
    level: int = 1

    def lines(self, width: int) -> float:
        """Lines of `width` characters that it takes, with its headings and the space below."""
        item = self.item
        return lines(item.question, width) + lines(item.answer, width) + 1.1 + 2 * len(self.headings)


def parts(library: Library) -> tuple[BookletPart, ...]:
    """All parts of a booklet, document by document."""
    found: list[BookletPart] = []
    number = 0
    for document in library.documents:
        printed: tuple[str, ...] = ()
        for block, titles in _printed(document):
            path = (title_of(document), *titles)
            shown = path[: DEEPEST - 1] + ((" › ".join(path[DEEPEST - 1 :]),) if path[DEEPEST - 1 :] else ())
            same = 0
            while printed[same : same + 1] == shown[same : same + 1] != ():
                same += 1
            headings = tuple((level, shown[level - 1]) for level in range(same + 1, len(shown) + 1))
            printed = shown
            is_question = isinstance(block, Note)
            number += is_question
            question, answer = _sides(block)
            topic, subtopic, *_ = (*shown, "")
            item = Item(document.source, topic, subtopic, question, answer)
            found.append(
                BookletPart(
                    headings, item, number if is_question else 0, _extras(block), min(len(shown), DEEPEST)
                )
            )
    return tuple(found)


def _printed(document: Document) -> Iterator[tuple[Note | Blocks, tuple[str, ...]]]:
    """Questions and other blocks to print, each with its titles; what is marked below what it belongs to."""
    above: Note | AnyBlock | None = None
    clozes = {note.span: note.extras.get(CONTEXT, "") for note in document.derived if note.kind is Kind.CLOZE}
    formulas = [note for note in document.derived if note.kind is Kind.FORMULA]
    said = ""
    for part, titles in outline.parts(document):
        if isinstance(part, Note):
            yield part, titles
        elif isinstance(part, Heading):
            if _has_cloze(part.content):
                yield (Paragraph(part.span, part.content),), titles
        else:
            for blocks in (*_content(part, above), *_named(part, formulas)):
                before, said = (
                    said,
                    clozes.get(blocks[0].span, "") if isinstance(blocks[0], Paragraph) else "",
                )
                yield (*(_remark(blocks[0].span, said) if said and said != before else ()), *blocks), titles
        above = part


def _named(part: AnyBlock, formulas: Sequence[Note]) -> Iterator[Blocks]:
    """The formulas with a name that begin in a block, below their names; those of tables stand there."""
    tables = [inner.span for inner in inner_blocks(part) if isinstance(inner, Table)]
    for note in formulas:
        line = note.span.line
        if _holds(part.span, line) and not any(_holds(table, line) for table in tables):
            names = (block.content for block in note.question if isinstance(block, Paragraph))
            yield (*(Paragraph(note.span, (Strong(note.span, name),)) for name in names), *note.answer)


def _holds(span: SourceSpan, line: int) -> bool:
    return span.line <= line <= span.end_line


def _remark(span: SourceSpan, text: str) -> Blocks:
    return (Paragraph(span, (Emphasis(span, (Text(span, text),)),)),)


def _content(part: AnyBlock, above: Note | AnyBlock | None) -> Iterator[Blocks]:
    """The tables of a block, each below the line that announces it, and its marked text.

    A box of which some is marked is printed as a whole.
    """
    boxed: set[AnyBlock] = set()
    for block, lead in with_leads((above, part) if isinstance(above, Paragraph) else (part,)):
        if block in boxed or block is above:
            continue
        inside = list(inner_blocks(block)) if isinstance(block, Quote) and callout(block) else []
        if any(map(_is_marked, inside)):
            boxed.update(inside)
            yield (block,)
        elif _is_table(block) and not is_contents(block):
            yield (lead, block) if lead and not _is_marked(lead) else (block,)
        elif _is_marked(block):
            yield (block,)


def _is_table(block: AnyBlock) -> bool:
    """Whether this is a table with rows: of one whose rows became questions only the head is left.

    Those of links are no content.
    """
    return isinstance(block, Table) and bool(block.rows) and not leads_elsewhere(block)


def _is_marked(block: AnyBlock) -> bool:
    return isinstance(block, Paragraph) and any(isinstance(e, Mark) for e in inner_inlines(block.content))


def _has_cloze(heading: Inlines) -> bool:
    """Whether a heading has a card of its own: what is merely marked in one is its emphasis."""
    return any(isinstance(e, Mark) and e.number for e in inner_inlines(heading))


def _sides(part: Note | Blocks) -> tuple[Blocks, Blocks]:
    return (part.question, part.answer) if isinstance(part, Note) else ((), part)


def _extras(part: Note | Blocks) -> tuple[tuple[str, str], ...]:
    if not isinstance(part, Note):
        return ()
    told = ((label, part.extras[label]) for label in ("hint", "follow-up") if part.extras.get(label))
    return (*told, *part.beside)
