"""Fixtures of shapes, derived notes, ledger and diagnostics; each case is also run in hostile modes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conftest import Case, cases, read_cases
from deckbuild.decode.source import decode
from deckbuild.model import Document, Html, Kind, Mark, codec, inline_runs, inner_inlines, outline
from deckbuild.model.text import block_text, one_line
from deckbuild.read import Preferences, extract
from deckbuild.report.headline import headline

EVERY_CASE = [
    case
    for name in ("shapes", "choices", "layouts", "derive", "ledger", "diagnostics")
    for case in read_cases(f"{name}.md")
]


def document(text: str) -> Document:
    return extract(decode(text.encode(), "doc.md"))


def answer_lines(answer: str) -> Iterator[str]:
    return (f"  ! {line.strip()}" for line in answer.splitlines() if line.strip())


def shown_questions(read: Document) -> Iterator[str]:
    for note, titles in outline.notes(read):
        if note.kind is Kind.QA:
            yield f"{note.span.line}-{note.span.end_line} {note.shape} [{' › '.join(titles)}]"
            yield from (f"  ? {line.strip()}" for line in block_text(note.question).splitlines())
            yield from answer_lines(block_text(note.answer))
            yield from sorted(f"  {label}: {value}" for label, value in note.extras.items())
            if note.tags:
                yield f"  tags: {', '.join(note.tags)}"


def shown_notes(read: Document) -> Iterator[str]:
    for note, _ in outline.notes(read):
        yield f"{note.span.line} {note.kind} [{note.title}] {block_text(note.question)}"
        yield from answer_lines(block_text(note.answer))


def shown_ledger(read: Document) -> Iterator[str]:
    for claim in read.ledger:
        first, last = claim.span.line, claim.span.end_line
        lines = f"{first}-{last}" if last > first else f"{first}"
        why = "" if claim.owner else claim.why
        yield " ".join(filter(None, (lines, claim.fate, claim.owner, why)))


@cases("choices.md")
def test_choices(case: Case) -> None:
    assert list(shown_questions(document(case.text))) == case.expected.splitlines()


@cases("shapes.md")
def test_shapes(case: Case) -> None:
    assert list(shown_questions(document(case.text))) == case.expected.splitlines()


@cases("layouts.md")
def test_layouts(case: Case) -> None:
    assert list(shown_questions(document(case.text))) == case.expected.splitlines()


@cases("run_on.md")
def test_questions_that_share_lines(case: Case) -> None:
    """The ledger gives a line to one note only, so none of these is among the layouts that lose no word."""
    assert list(shown_questions(document(case.text))) == case.expected.splitlines()


@cases("derive.md")
def test_derived_notes(case: Case) -> None:
    assert list(shown_notes(document(case.text))) == case.expected.splitlines()


@cases("ledger.md")
def test_ledger(case: Case) -> None:
    assert list(shown_ledger(document(case.text))) == case.expected.splitlines()


@cases("diagnostics.md")
def test_diagnostics(case: Case) -> None:
    assert list(map(headline, document(case.text).diagnostics)) == case.expected.splitlines()


def without_spans(read: Document) -> list[object]:
    notes = [
        (note.kind, block_text(note.question), block_text(note.answer), note.extras, note.tags, titles)
        for note, titles in outline.notes(read)
    ]
    return [*notes, [(d.code, d.message) for d in read.diagnostics]]


@pytest.mark.parametrize("case", EVERY_CASE, ids=[case.title for case in EVERY_CASE])
def test_line_ends_and_marks_change_nothing(case: Case) -> None:
    plain = document(case.text)
    for variant in (
        case.text.replace("\n", "\r\n"),
        case.text.replace("\n", "\r"),
        case.text.rstrip("\n"),
        "\ufeff" + case.text,
    ):
        assert without_spans(document(variant)) == without_spans(plain)


@pytest.mark.parametrize("case", EVERY_CASE, ids=[case.title for case in EVERY_CASE])
def test_a_blank_line_in_front_shifts_spans_and_nothing_else(case: Case) -> None:
    if case.text.startswith("---"):
        pytest.skip("front matter must stand first")
    plain, shifted = document(case.text), document("\n" + case.text)
    assert without_spans(shifted) == without_spans(plain)
    spans = [(n.span.line + 1, n.span.end_line + 1) for n, _ in outline.notes(plain)]
    assert [(n.span.line, n.span.end_line) for n, _ in outline.notes(shifted)] == spans


@pytest.mark.parametrize("case", EVERY_CASE, ids=[case.title for case in EVERY_CASE])
def test_json_round_trip_is_the_identity(case: Case) -> None:
    read = document(case.text)
    assert codec.decode(codec.encode(read), Document) == read


def test_the_numbers_and_hints_of_clozes_are_kept() -> None:
    (note,) = document("{{c2::a {{c1::b}}::h}} and {{c0::std::vector}}").derived
    (paragraph,) = note.question
    marks = [e for run in inline_runs(paragraph) for e in inner_inlines(run) if isinstance(e, Mark)]
    assert [(mark.number, mark.hint) for mark in marks] == [(2, "h"), (1, ""), (1, "vector")]


FOLDED = """## Q: What is it?
**Answer:** This.

<details><summary>In short</summary>

A bee.

</details>

<details><summary>Show answer</summary>

An insect.

</details>
"""


def test_a_fold_with_a_title_of_its_own_stays_whole_and_others_go() -> None:
    [(note, _)] = outline.notes(document(FOLDED))
    raw = [block.text.strip() for block in note.answer if isinstance(block, Html)]
    assert raw == ["<details><summary>In short</summary>", "</details>"]


UNITS = """## Units
| Unit | Of |
|---|---|
| metre | length |
| inch | length |
| second | time |

## Models
| | GPT | BERT |
|---|---|---|
| direction | one | both |
"""


def test_rows_are_asked_both_ways_where_their_values_lead_to_one_key() -> None:
    notes = document(UNITS).derived
    assert [(note.column, note.reverse) for note in notes] == [
        ("Unit", False),
        ("Unit", False),
        ("Unit", True),
        ("", False),
    ]
    assert not any(
        note.reverse for note in extract(decode(UNITS.encode(), "u.md"), Preferences(reverse=False)).derived
    )


def test_formulas_are_asked_both_ways_unless_two_are_the_same() -> None:
    head = "## Laws\n| Law | Formula | Unit |\n|---|---|---|\n"
    notes = document(head + "| a | x+y | m |\n| b | x+z | m |\n| c | x+z | s |\n").derived
    assert [note.reverse for note in notes] == [True, False, False]


def test_no_reverse_is_asked_where_the_answer_says_the_name() -> None:
    text = (
        "# Rules\n\n| Name | Rule |\n|---|---|\n| Attention | the attention is a weighted mean |\n"
        "| Dropout | some units are left out |\n\n"
        "**Softmax**: $softmax(z) = e^z / S$\n\n**Energy**: $E = mc^2$\n\n**F**: $F = ma$\n"
    )
    notes = extract(decode(text.encode(), "a.md")).derived
    assert {one_line(note.question[0].content): note.reverse for note in notes} == {
        "Attention": False,
        "Dropout": True,
        "Softmax": False,
        "Energy": True,
        "F": False,
    }


def test_what_stands_above_marked_text_and_above_a_table_is_beside_their_notes() -> None:
    text = (
        "# Gases\n\n> [!tip] Remember\n> Neon is ==noble==.\n\n> [!note] Note\n> Radon ==decays==.\n\n"
        "At sea level:\n\n| Gas | Density |\n|---|---|\n| neon | 0.9 |\n"
    )
    beside = [note.extras.get("context") for note, _ in outline.notes(document(text))]
    assert beside == ["Remember", None, "At sea level"]


def test_all_hints_of_an_answer_are_hints() -> None:
    labelled = (
        "Q: Which is long?\nA: Femur\nHint: In the leg.\nHint: With F.\n\nQ: Which is round?\nA: Skull\n"
    )
    apart = "## Which bone is small?\n\nStapes\n\n**Hint:** In the ear.\n\n**Hint 2:** A stirrup.\n"
    told = [
        note.extras.get("hint") for text in (labelled, apart) for note, _ in outline.notes(document(text))
    ]
    assert told == ["In the leg.\nWith F.", None, "In the ear.\nA stirrup."]
