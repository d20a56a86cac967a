"""Marks of note programs: what of them stays on cards, and what they say of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from conftest import Case, cases, read_cases
from deckbuild.api import build_library
from deckbuild.cards.stored import rendered_notes
from deckbuild.model import Document, Kind, outline
from deckbuild.model.text import block_text
from test_extract import answer_lines, document

KEPT = re.compile(r"<code>.*?</code>|<pre.*?</pre>|\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}")
LEAKS = re.compile(
    r"\[\[[^\d\s]|(?<!100)%%|(?:^|[\s>])\^[a-z0-9][a-z0-9-]+(?:\s*<|\s*$)|#(?:flash)?cards?\b|\w::|\{\{|<!--|\(\([0-9a-f]{8}-"
    r"|(?:^|\s):{3,}|\{[#.:]|\bID: \d{10}|\bSTARTI?\b",
    re.IGNORECASE,
)
"""Marks of note programs outside of code and mathematics."""


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


def test_no_mark_reaches_a_card(tmp_path: Path) -> None:
    """All cases as the vault that they are, built: what Anki would store of each note."""
    for number, case in enumerate(read_cases("vaults.md")):
        (tmp_path / f"{number}.md").write_text(case.text, encoding="utf-8")
    library = build_library(tmp_path)
    notes = rendered_notes(library)
    assert len(notes) > 30
    for entry, note in zip(library.entries, notes, strict=True):
        for value in (*note.values[:-1], *note.tags):
            said = CLOZE.sub(r"\1", KEPT.sub("", value)).replace("[[ -f", "")
            assert not LEAKS.search(said.replace("::", "") if value in note.tags else said), (
                entry.source,
                value,
            )
