"""Fields, tags and cards of notes."""

from __future__ import annotations

import msgspec
import pytest

import hand_made
from deckbuild.model import Inlines, Kind, Mark, Note, Paragraph, SourceSpan
from deckbuild.writers.fields import card_ordinals, render, tags
from deckbuild.writers.note_types import note_types
from hand_made import CLOZE, FORMULA, QUESTION, ROW, SPAN, paragraph, qa, text

SECTION = ("Networks", "Training")


def fields(note: Note, section: tuple[str, ...] = SECTION, title: str = "Networks") -> dict[str, str]:
    values = render(note, section, "notes/networks.md", title, "guid")
    names = [field.name for field in note_types()[note.kind].fields]
    return {name: value for name, value in zip(names, values, strict=True) if value}


def cloze(*content: str | Inlines) -> str:
    """The cloze text of a paragraph; what is marked is given as inlines."""
    inlines = [text(part)[0] if isinstance(part, str) else Mark(SPAN, part) for part in content]
    return fields(Note(Kind.CLOZE, (Paragraph(SPAN, tuple(inlines)),), (), SPAN))["Text"]


def test_question_fields() -> None:
    shown = fields(QUESTION)
    assert shown["Hint"] == "Think &amp; try"
    assert shown["Follow-up"] == "And then?"
    assert shown["Difficulty"] == "hard"
    assert (shown["Section"], shown["Source"], shown["ID"]) == ("Training", "Networks", "guid")
    assert {"Reverse", "Spare 1"}.isdisjoint(shown)


def test_row_fields_leave_blank_cells_out() -> None:
    assert fields(ROW) == {
        "Key": "<p>ReLU</p>",
        "Columns": "<dl><dt>formula</dt><dd>max(0, x)</dd><dt>range</dt><dd>0 … ∞</dd></dl>",
        "Table": "Activations<br>formula · range",
        "Section": "Training",
        "Source": "Networks",
        "ID": "guid",
    }


def test_formula_fields_keep_the_legend_with_the_formula() -> None:
    shown = fields(FORMULA)
    assert shown["Name"] == "<p>Softmax</p>"
    assert shown["Formula"].startswith(r'<div class="formula">\[\frac{e^{x_{i} } }{')
    assert shown["Formula"].endswith("<p>x: the logits</p>")


@pytest.mark.parametrize("note", hand_made.NOTES)
def test_a_moved_line_changes_no_field(note: Note) -> None:
    below = SourceSpan(40, 44)
    assert fields(msgspec.structs.replace(note, span=below)) == fields(note)


def test_a_document_without_a_title_is_named_by_its_path() -> None:
    shown = fields(qa("q", "a"), section=("A", "B & C"), title="")
    assert (shown["Section"], shown["Source"]) == ("A › B &amp; C", "notes/networks.md")


def test_fields_are_in_the_normal_form_that_anki_stores() -> None:
    assert fields(qa("e\u0301", "a"))["Question"] == "<p>é</p>"


def test_marks_become_clozes_in_order() -> None:
    assert cloze("A ", text("b"), " c ", text("d")) == "<p>A {{c1::b}} c {{c2::d}}</p>"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("std::vector", "std&#58;:vector"),
        ("f{{x}}", "f&#123;{x&#125;&#125;"),
        ("{x}", "{x&#125;"),
    ],
)
def test_cloze_syntax_inside_a_cloze_is_text(content: str, shown: str) -> None:
    assert cloze(text(content)) == f"<p>{{{{c1::{shown}}}}}</p>"


def test_cloze_syntax_outside_of_marks_is_text() -> None:
    assert cloze("{{c2::x}} {", text("y")) == "<p>&#123;{c2&#58;:x&#125;} &#123;{{c1::y}}</p>"


def test_a_note_has_the_cards_that_anki_will_make() -> None:
    types = note_types()
    made = [card_ordinals(types[note.kind], tuple(fields(note).values())) for note in hand_made.NOTES]
    assert made == [(0,), (0,), (0,), (0, 1)]


def test_marks_beyond_what_anki_allows_share_the_last_card() -> None:
    values = (cloze(*[text("x")] * 502),)
    assert card_ordinals(note_types()[Kind.CLOZE], values) == tuple(range(500))
    assert card_ordinals(note_types()[Kind.CLOZE], ("no mark",)) == (0,)


def test_tags_name_chapter_difficulty_type_and_the_authors_own() -> None:
    assert tags(QUESTION, SECTION) == ("difficulty::hard", "exam", "Networks::Training", "type::concept")
    assert tags(CLOZE, ()) == ()


@pytest.mark.parametrize(
    ("title", "tag"),
    [
        ("What's new: “C++”, C# & more", "Whats_new_C++_C#_more"),
        ("a\u3000b\u00a0c\u2028d", "a_b_c_d"),
        ("हिन्दी 中文 re\u0301sume\u0301", "हिन्दी_中文_résumé"),
        ("std::vector", "std_vector"),
        ("1.2 Set-up", "1.2_Set-up"),
    ],
)
def test_a_title_becomes_one_part_of_a_tag(title: str, tag: str) -> None:
    assert tags(qa("q", "a"), ("🧠", title)) == (tag,)


def test_tags_that_differ_in_case_are_one() -> None:
    note = msgspec.structs.replace(qa("q", "a"), tags=("Exam 1", "exam_1", "a::b", "A::B", "::"))
    assert tags(note, ()) == ("a::b", "Exam_1")


def test_a_hint_keeps_its_lines_and_shows_tags_as_text() -> None:
    note = Note(Kind.QA, (paragraph("q"),), (paragraph("a"),), SPAN, extras={"hint": "<b>\n[sound:x]"})
    assert fields(note)["Hint"] == "&lt;b&gt;<br>&#91;sound:x]"
