"""Documents in random layouts: what of their notes comes back, held against a table that must be true.

`make accept` writes the table anew. `make soak` tries thousands of seeds, `scripts/try_layouts.py` shows
which layouts fail, and how.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers

from deckbuild.decode.source import decode
from deckbuild.ledger.conserved import lost_words
from deckbuild.model import Note, claimed, outline
from deckbuild.read import extract
from layouts import negatives
from layouts.content import LANGUAGES, content
from layouts.figures import FALSE, notes, precision, row, share, table_of
from layouts.grade import graded
from layouts.pieces import Expected
from layouts.sample import Document, documents

GOLDEN = Path(__file__).parent / "golden/layouts.txt"
SEEDS = range(120)


def figures() -> Iterator[str]:
    """The figures that the golden file holds: each family, all documents, texts without notes."""
    table = table_of(documents, SEEDS)
    for (name, value), grades in sorted(table.items()):
        if name == "family":
            yield row(value, grades)
    total = table["all", ""]
    yield f"{row('all', total)}; precision {precision(total):.1%}"
    without = table_of(negatives.documents, SEEDS)
    for (name, value), grades in sorted(without.items()):
        if name in ("kind", "all"):
            yield f"{grades[FALSE]:6} false in texts without notes {value}".rstrip()


def test_as_many_notes_as_told_come_back(accept: bool) -> None:
    found = "".join(f"{line}\n" for line in figures())
    if accept:
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8"), "run `make accept` if the new figures are better"


@pytest.mark.parametrize("make", [documents, negatives.documents], ids=["notes", "negatives"])
def test_a_seed_always_gives_the_same_document(make: Callable[[int], Document]) -> None:
    assert [make(seed) for seed in range(30)] == [make(seed) for seed in range(30)]


def record(note: Expected) -> dict[str, object]:
    """What a perfect reader would list for a note."""
    question = "\n".join((note.question, *note.options))
    return {
        "kind": "qa", "question": question, "answer": note.answer, "line": note.first, "extras": {},
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(120))
def test_a_perfect_reader_finds_all(seed: int) -> None:
    document = documents(seed)
    result = graded(document, [record(note) for note in document.notes])
    assert [grade for _, grade, _ in result.notes] == ["exact"] * len(document.notes)
    assert not result.false


@pytest.mark.parametrize("seed", range(120))
def test_notes_stand_on_their_lines(seed: int) -> None:
    document = documents(seed)
    lines = document.text.split("\n")
    for note in document.notes:
        asked = "".join("".join(lines[note.first - 1 : note.last + 1]).split())
        assert "".join(note.question.split())[:10] in asked
        assert note.first <= note.last <= note.end <= len(lines)


def test_layouts_are_many() -> None:
    drawn = {
        tuple(sorted((k, v) for k, v in region.layout.items() if k != "wording"))
        for seed in range(400)
        for region in documents(seed).regions
    }
    assert len(drawn) > 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_all_parts(language: str) -> None:
    here, english = content(language), content("en")
    assert here.words.keys() == english.words.keys()
    assert len(here.notes) >= 12 and len(here.terms) >= 11
    assert len(here.choices) >= 6 and len(here.claims) >= 6


def test_nothing_exact_is_nothing() -> None:
    result = graded(documents(1), [])
    assert {grade for _, grade, _ in result.notes} == {"missed"}
    empty = table_of(documents, [])["all", ""]
    assert (share(empty), precision(empty), notes(empty), empty[FALSE]) == (1.0, 1.0, 0, 0)


@given(seed=integers(0, 9_999))
@settings(max_examples=40, derandomize=True)
def test_no_word_of_a_note_is_lost(seed: int) -> None:
    """Of any layout: each word of the lines that a note owns stands in its fields, or marks a part of it."""
    document = documents(seed)
    source = decode(document.text.encode(), f"document{document.suffix}")
    found = extract(source)
    owners = [part for part, _ in outline.parts(found) if isinstance(part, Note)]
    lines = {n for note in owners for span in claimed(note) for n in range(span.line, span.end_line + 1)}
    lost = {line: words for line, words in lost_words(source.lines, found).items() if line in lines}
    assert lost == {}, document.description
