"""The notes of a library as cards of paper: what stands on the front and on the back."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    Emphasis,
    Entry,
    Inlines,
    Kind,
    Library,
    Mark,
    Note,
    Paragraph,
    SourceSpan,
    Strike,
    Strong,
    Table,
    Text,
)
from deckbuild.model.documents import CONTEXT
from deckbuild.model.outline import shortened
from deckbuild.model.text import inline_text, is_blank, one_line, unnumbered
from deckbuild.paper.selection import title_of

GAP = "[ … ]"
"""What stands on the front where the back has marked text."""


class Card(Struct, frozen=True):
    """A card; `place` are the titles above its note, `source` is its document."""

    front: Blocks
    back: Blocks
    place: str
    source: str


def cards(library: Library) -> tuple[Card, ...]:
    """A card for each note, in the order of the library."""
    titles = {document.source: title_of(document) for document in library.documents}
    return tuple(_card(entry, titles.get(entry.source, entry.source)) for entry in library.entries)


def _card(entry: Entry, title: str) -> Card:
    note = entry.note
    front, back = note.question, note.answer
    if note.kind is Kind.ROW:
        front, back = _row(front, back, " · ".join(filter(None, (note.title, note.extras.get(CONTEXT)))))
    elif note.kind is Kind.FORMULA:
        back = _lines(back)
    elif note.kind is Kind.CLOZE:
        above = _remark(note.span, note.extras.get(CONTEXT, ""))
        front, back = (*above, *map(_with_gaps, front)), (*above, *front)
    elif note.beside:
        back = (*back, *_remark(note.span, " · ".join(f"{title}: {text}" for title, text in note.beside)))
    elif extra := note.extras.get("follow-up"):
        back = (*back, *_remark(note.span, f"→ {extra}"))
    place = " › ".join(map(unnumbered, _above(entry) or (title,)))
    return Card(front, back, place, entry.source)


def _above(entry: Entry) -> tuple[str, ...]:
    """The titles above a card; of a cloze that a heading makes it is none of them, since it gives the answer away."""
    match entry.note:
        case Note(kind=Kind.CLOZE, question=(Paragraph(content=content),)):
            own = shortened(one_line(content))
            return entry.section[:-1] if entry.section[-1:] == (own,) else entry.section
    return entry.section


def _row(key: Blocks, back: Blocks, title: str) -> tuple[Blocks, Blocks]:
    """The key of a row with what is asked of it, and a line for each of its other columns."""
    names = [inline_text(name).strip() for name, _ in _columns(back)]
    asked = " · ".join(filter(None, [title, *names]))
    return (*key, *_remark(key[0].span, asked)), _lines(back)


def _remark(span: SourceSpan, text: str) -> Blocks:
    """A line beside the text of a card; none where there is nothing to say."""
    return (Paragraph(span, (Emphasis(span, (Text(span, text),)),)),) if text else ()


def _lines(blocks: Blocks) -> Blocks:
    """Tables of one row as a line for each column, since such tables are wide and flat."""
    columns = _columns(blocks)
    others = tuple(block for block in blocks if not _is_flat(block))
    return (*others, *(_named(name, cell, blocks[-1].span) for name, cell in columns))


def _columns(blocks: Blocks) -> list[tuple[Inlines, Inlines]]:
    return [
        (name, cell)
        for block in blocks
        if isinstance(block, Table) and _is_flat(block)
        for name, cell in zip(block.header.cells, block.rows[0].cells, strict=True)
        if not is_blank(cell)
    ]


def _is_flat(block: AnyBlock) -> bool:
    return isinstance(block, Table) and len(block.rows) == 1


def _named(name: Inlines, cell: Inlines, span: SourceSpan) -> Paragraph:
    label = (Strong(span, name), Text(span, ": ")) if inline_text(name).strip() else ()
    return Paragraph(span, (*label, *cell))


def _with_gaps(block: AnyBlock) -> AnyBlock:
    return replace(block, content=_gaps(block.content)) if isinstance(block, Paragraph) else block


def _gaps(content: Inlines) -> Inlines:
    return tuple(map(_gap, content))


def _gap(element: AnyInline) -> AnyInline:
    match element:
        case Mark(span=span):
            return Text(span, GAP)
        case Strong() | Emphasis() | Strike():
            return replace(element, content=_gaps(element.content))
    return element
