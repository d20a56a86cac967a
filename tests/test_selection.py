"""What goes on the sheet: tables, formulas that no printed table has, and questions with short answers."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from deckbuild.decode.source import decode
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import (
    AnyBlock,
    CodeBlock,
    Document,
    Entry,
    Heading,
    Kind,
    Library,
    Note,
    Section,
    SourceSpan,
)
from deckbuild.model.text import block_text
from deckbuild.paper import selection
from deckbuild.paper.selection import LINE, SHORT
from deckbuild.read import extract
from hand_made import paragraph, row, table, text


class Placed(NamedTuple):
    note: Note
    section: tuple[str, ...] = ("Tides",)
    source: str = "sea.md"


def qa(question: str, *answer: str | AnyBlock) -> Note:
    blocks = tuple(paragraph(part) if isinstance(part, str) else part for part in answer)
    return Note(Kind.QA, (paragraph(question),), blocks, SourceSpan(1, 1))


def library(*placed: Placed, documents: tuple[Document, ...] = ()) -> Library:
    entries = tuple(
        Entry(note, source, section, "deck", f"guid{at}", at, 0)
        for at, (note, section, source) in enumerate(placed)
    )
    sources = dict.fromkeys(source for _, _, source in placed)
    return Library("Sea", documents or tuple(document(source, "", ()) for source in sources), entries)


def document(source: str, title: str, body: tuple[Note | AnyBlock, ...], *headings: str) -> Document:
    """A document whose only text stands below all of `headings`."""
    span = SourceSpan(1, 99)
    section = Section(body, span)
    for level, heading in reversed(list(enumerate(headings, 2))):
        section = replace(section, heading=Heading(span, level, text(heading)))
        section = Section((), span, None, (section,))
    if title:
        section = replace(section, heading=Heading(span, 1, text(title)))
    return Document(source, title, "", section, ())


ROWS = tuple(
    replace(row(name, "x"), span=SourceSpan(line, line)) for line, name in enumerate(("neap", "spring"), 5)
)
TABLE = table(row("tide", "height"), *ROWS)


def questions(*placed: Placed) -> list[str]:
    return [block_text(item.question) for item in selection.questions(library(*placed))]


def test_an_answer_of_the_greatest_length_is_printed_and_a_longer_one_not() -> None:
    assert questions(
        Placed(qa("short?", "x" * LINE * SHORT)), Placed(qa("long?", "x" * (LINE * SHORT + 1)))
    ) == ["short?"]


def test_the_lines_of_code_count_however_few_its_words() -> None:
    code = CodeBlock(SourceSpan(1, 1), "x\n" * (SHORT + 1))
    assert questions(Placed(qa("code?", code))) == []


def test_a_long_question_is_not_printed() -> None:
    assert questions(Placed(qa("why " * LINE * SHORT, "so"))) == []


def test_what_is_asked_and_answered_alike_in_two_documents_is_printed_once() -> None:
    again = Placed(qa("What is ebb?", "Falling water."), ("Words",), "words.md")
    other = Placed(qa("What is ebb?", "The outflow."), ("Words",), "words.md")
    assert questions(Placed(qa("What is ebb?", "Falling water")), again, other) == ["What is ebb?"] * 2


def test_topic_and_subtopic_are_the_two_outermost_sections() -> None:
    (item,) = selection.questions(library(Placed(qa("q?", "a"), ("Tides", "Height", "Datum"))))
    assert (item.topic, item.subtopic) == ("Tides", "Height")


def test_without_sections_the_title_of_the_document_is_the_topic_else_its_name() -> None:
    titled = library(Placed(qa("q?", "a"), ()), documents=(document("sea.md", "The sea", ()),))
    assert [item.topic for item in selection.questions(titled)] == ["The sea"]
    assert [
        item.topic for item in selection.questions(library(Placed(qa("q?", "a"), (), "deep/sea.md")))
    ] == ["Sea"]


def test_tables_outside_of_notes_are_taken_with_their_sections() -> None:
    inside = qa("Which tides?", TABLE)
    documents = (document("sea.md", "The sea", (inside, TABLE), "Tides", "Height", "Range"),)
    (item,) = selection.tables(library(documents=documents))
    assert (item.topic, item.subtopic, item.answer) == ("Tides", "Range", (TABLE,))


def test_a_formula_in_a_row_of_such_a_table_is_not_repeated() -> None:
    in_table = Note(Kind.FORMULA, (paragraph("neap"),), (paragraph("x"),), ROWS[0].span)
    elsewhere = replace(in_table, question=(paragraph("range"),), span=SourceSpan(20, 20))
    documents = (document("sea.md", "", (TABLE,), "Tides"),)
    items = selection.formulas(library(Placed(in_table), Placed(elsewhere), documents=documents))
    assert [block_text(item.question) for item in items] == ["range"]


def test_rows_and_clozes_are_no_questions() -> None:
    notes = [
        Note(kind, (paragraph("q"),), (paragraph("a"),), SourceSpan(1, 1)) for kind in (Kind.ROW, Kind.CLOZE)
    ]
    assert questions(*map(Placed, notes)) == []


def test_a_block_of_formulas_is_taken_whole_with_its_remarks() -> None:
    fence = "```\nm = am + (1-a)g      # first moment\nn = bn + (1-b)g²\nw = w - s × m / (√n + ε)\n```"
    answer = f"It keeps two averages.\n\n{fence}\n\n{'It goes on and on. ' * 60}\n\nHere t = 1 at first."
    read = extract(decode(f"## What does the rule store?\n{answer}\n\n## And so?\nYes.\n".encode(), "a.md"))
    library = collate((read,), Lock("0" * 32), 1, "Sea").library
    (item,) = selection.formulas(library)
    said = block_text(item.answer)
    assert [line.split("=")[0].strip() for line in said.splitlines()] == ["m", "n", "w"]
    assert "first moment" in said


def test_a_table_of_links_is_no_reference_table() -> None:
    text = (
        "# Sea\n\n| [Home](/a) | [About](/b) · [Help](/c) |\n|---|---|\n| ![logo](l.png) | [Blog](/d) |\n\n"
        "## Winds\n\n| Wind | Page |\n|---|---|\n| gale | [more](/g) |\n"
    )
    read = extract(decode(text.encode(), "a.md"))
    library = collate((read,), Lock("0" * 32), 1, "Sea").library
    assert [item.topic for item in selection.tables(library)] == ["Winds"]


def test_a_block_of_formulas_keeps_the_label_above_it_and_the_word_that_joins_it() -> None:
    fence = "```\nFirst:\n  w = w - a·g\n\nSecond:\n  w = w - a·m\n  where a ≈ 0.1\n```"
    answer = f"Two steps.\n\n{fence}\n\n{'It goes on and on. ' * 60}"
    read = extract(decode(f"## What are the steps?\n{answer}\n\n## And so?\nYes.\n".encode(), "a.md"))
    (item,) = selection.formulas(collate((read,), Lock("0" * 32), 1, "Sea").library)
    said = block_text(item.answer).splitlines()
    assert [line for line in said if "=" not in line] == ["First:", "Second:", "where a ≈ 0.1"]


def test_a_reference_table_is_printed_below_the_line_that_announces_it() -> None:
    text = "# Sea\n\n## Winds\n\nMeasured at the coast:\n\n| Wind | Speed |\n|---|---|\n| gale | 17 m/s |\n"
    read = extract(decode(text.encode(), "a.md"))
    (item,) = selection.tables(collate((read,), Lock("0" * 32), 1, "Sea").library)
    assert block_text(item.answer).splitlines()[:2] == ["Measured at the coast:", "Wind | Speed"]
