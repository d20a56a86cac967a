"""Marks of note programs: what of them stays on cards, and what they say of notes."""

from __future__ import annotations

from collections.abc import Iterator

from conftest import Case, cases
from deckbuild.model import Document, Kind, outline
from deckbuild.model.text import block_text
from test_extract import answer_lines, document


def shown(read: Document) -> Iterator[str]:
    """All notes with what marks say of them."""
    if read.deck:
        yield f"deck: {read.deck}"
    for note, titles in outline.notes(read):
        kind = "" if note.kind is Kind.QA else f"{note.kind} "
        way = ", both ways" if note.reverse and note.kind is Kind.QA else ""
        yield f"{note.span.line}-{note.span.end_line} {kind}[{' › '.join(titles)}]{way}"
        yield from (f"  ? {line.strip()}" for line in block_text(note.question).splitlines())
        yield from answer_lines(block_text(note.answer))
        yield from sorted(f"  {label}: {value}" for label, value in note.extras.items())
        if note.tags:
            yield f"  tags: {', '.join(note.tags)}"
        if note.id:
            yield f"  id: {note.id}"


@cases("vaults.md")
def test_vaults(case: Case) -> None:
    assert list(shown(document(case.text))) == case.expected.splitlines()
