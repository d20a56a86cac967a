"""What is taken from the example documents, line by line; `make accept` takes what the code now says."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from deckbuild.commands import listing
from deckbuild.model import Document, outline
from deckbuild.model.text import block_text
from deckbuild.read import read

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "sources").glob("*.*"))


@cache
def document_of(path: Path) -> Document:
    """An example document, read once."""
    return read(path, path.name)


def shown(path: Path) -> str:
    """The ledger and the notes of a document, a line each."""
    document = document_of(path)
    lines = [
        f"{claim.span.line:4}-{claim.span.end_line:<4} {claim.fate:9} {claim.owner or claim.why}".rstrip()
        for claim in document.ledger
    ]
    for note, titles in outline.notes(document):
        question = " ".join(block_text(note.question).split())
        answer = " / ".join(block_text(note.answer).split("\n"))
        lines.append(f"{note.span.line:4} {note.kind} [{' › '.join(titles)}] {question}")
        lines.append(f"     {answer}")
        lines.extend(f"     {label}: {value}" for label, value in sorted(note.extras.items()))
    return "\n".join(lines) + "\n"


def formulas() -> str:
    """Each formula of the example documents once, with its LaTeX."""
    found: dict[str, str] = {}
    for path in SOURCES:
        for record in listing.formulas([document_of(path)], None):
            tex = record["latex"] or "-"
            found.setdefault(" / ".join(record["text"].split("\n")), " / ".join(tex.split("\n")))
    return "".join(f"{text}\t{latex}\n" for text, latex in found.items())


def test_formulas_are_set_as_accepted(accept: bool) -> None:
    golden = Path(__file__).parent / "golden" / "formulas.tsv"
    text = formulas()
    if accept:
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text, "`make accept` takes the new LaTeX"


@pytest.mark.parametrize("path", SOURCES, ids=[path.name for path in SOURCES])
def test_example_documents_are_read_as_accepted(path: Path, accept: bool) -> None:
    golden = Path(__file__).parent / "golden" / f"{path.stem}.txt"
    text = shown(path)
    if accept:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text, "`make accept` takes the new reading"
