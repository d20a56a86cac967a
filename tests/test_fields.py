"""Fields, tags and cards of notes."""

from __future__ import annotations

import msgspec
import pytest

import hand_made
from deckbuild.cards.fields import card_ordinals, render
from deckbuild.cards.note_tags import tags
from deckbuild.cards.note_types import note_types
from deckbuild.decode.source import decode
from deckbuild.html.blocks import flow_html
from deckbuild.html.looks import Look, mathjax, picture
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import (
    Formula,
    HtmlSpan,
    Image,
    Inlines,
    Kind,
    List,
    ListItem,
    Mark,
    Note,
    Paragraph,
    SourceSpan,
    outline,
)
from deckbuild.paper.lettered import with_letters
from deckbuild.read import extract
from hand_made import CLOZE, FORMULA, QUESTION, ROW, SPAN, paragraph, qa, row, table, text

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
        "Table": "Activations",
        "Asked": "formula · range",
        "Column": "name",
        "Reverse": "1",
        "Section": "Training",
        "Source": "Networks",
        "ID": "guid",
    }


def test_a_row_that_compares_sets_its_columns_against_each_other() -> None:
    answer = (table(row("GPT", "BERT"), row("left to right", "both ways")),)
    note = Note(Kind.ROW, (paragraph("Direction"),), answer, SPAN, title="Models")
    assert fields(note)["Asked"] == "GPT ↔ BERT"


def test_a_column_whose_title_asks_is_asked_for_with_one_sign() -> None:
    assert fields(msgspec.structs.replace(ROW, column="Which layer?"))["Column"] == "Which layer"


def test_formula_fields_keep_the_legend_apart() -> None:
    shown = fields(FORMULA)
    assert shown["Name"] == "<p>Softmax</p>"
    assert shown["Formula"].startswith(r'<div class="formula">\[\frac{e^{x_{i} } }{')
    assert shown["Legend"] == "<p>x: the logits</p>"


def test_a_formula_in_a_line_of_its_own_is_displayed_and_its_row_defines_it() -> None:
    inline = Paragraph(SPAN, (Formula(SPAN, "s/t", r"\frac{s}{t}"),))
    note = Note(Kind.FORMULA, (paragraph("speed"),), (inline, table(row("Unit"), row("m/s"))), SPAN)
    shown = fields(note)
    assert shown["Formula"] == r'<div class="formula">\[\frac{s}{t}\]</div>'
    assert shown["Legend"] == "<dl><dt>Unit</dt><dd>m/s</dd></dl>"


def test_options_have_letters_and_the_right_one_has_its_own_on_the_back() -> None:
    options = List(SPAN, tuple(ListItem((paragraph(each),), SPAN) for each in ("heap", "queue", "<b>")))
    note = Note(
        Kind.QA,
        (paragraph("Which is first in, first out?"), options),
        (paragraph("queue"), paragraph("It keeps the order.")),
        SPAN,
        cues=("options",),
    )
    shown = fields(note)
    listed = '<ol class="options"><li data-letter="A">heap</li><li data-letter="B">queue</li>'
    listed += '<li data-letter="C">&lt;b&gt;</li></ol>'
    assert shown["Question"] == f"<p>Which is first in, first out?</p>\n{listed}"
    right = '<ol class="options right"><li data-letter="B">queue</li></ol>'
    assert shown["Answer"] == f"{right}\n<p>It keeps the order.</p>"


def test_an_image_is_shown_if_it_is_among_the_media_and_told_otherwise() -> None:
    name = "db-0123456789abcdef.png"
    shown = Paragraph(SPAN, (Image(SPAN, 'a "b"', "x.png", name), Image(SPAN, "<c>", "y.png")))
    raw = Paragraph(
        SPAN, (HtmlSpan(SPAN, f"<img onerror=x src={name} alt=d>"), HtmlSpan(SPAN, "<img src=z alt=e>"))
    )
    assert fields(Note(Kind.QA, (shown,), (raw,), SPAN)) | {
        "Question": f'<p><img src="{name}" alt="a &quot;b&quot;"><span class="missing">&lt;c&gt;</span></p>',
        "Answer": f'<p><img src="{name}" alt="d"><span class="missing">e</span></p>',
    } == fields(Note(Kind.QA, (shown,), (raw,), SPAN))


def test_references_of_the_document_are_links() -> None:
    note = msgspec.structs.replace(
        qa("q", "a"), extras={"source": "See https://example.org/a?b=1&c, page <3>."}
    )
    address = "https://example.org/a?b=1&amp;c"
    assert fields(note)["References"] == f'See <a href="{address}">{address}</a>, page &lt;3&gt;.'


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
        ("a:", "a&#58;"),
        ("f{{x}}", "f&#123;{x&#125;&#125;"),
        ("{x}", "{x&#125;"),
    ],
)
def test_cloze_syntax_inside_a_cloze_is_text(content: str, shown: str) -> None:
    assert cloze(text(content)) == f"<p>{{{{c1::{shown}}}}}</p>"


def test_a_cloze_keeps_the_authors_number_and_hint() -> None:
    marks = (Mark(SPAN, text("b"), 2, "le}}t::ter:"), Mark(SPAN, text("c")), Mark(SPAN, text("a"), 2))
    shown = fields(Note(Kind.CLOZE, (Paragraph(SPAN, marks),), (), SPAN))["Text"]
    assert shown == "<p>{{c2::b::le&#125;}t&#58;:ter&#58;}}{{c3::c}}{{c2::a}}</p>"


def test_cloze_syntax_outside_of_marks_is_text() -> None:
    assert cloze("{{c2::x}} {", text("y")) == "<p>&#123;{c2&#58;:x&#125;} &#123;{{c1::y}}</p>"


def test_a_note_has_the_cards_that_anki_will_make() -> None:
    types = note_types()
    made = [
        card_ordinals(types[note.kind], render(note, SECTION, "networks.md", "", "guid"))
        for note in hand_made.NOTES
    ]
    assert made == [(0,), (0, 1), (0,), (0, 1)]


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
        ("1.2 Set-up", "Set-up"),
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


def test_a_cloze_in_a_list_shows_what_stands_above_it() -> None:
    text = "The arm has three bones:\n\n- in the upper arm\n  - the ==humerus==\n- ==ulna==\n"
    notes = extract(decode(text.encode(), "a.md")).derived
    assert [fields(note).get("Context") for note in notes] == [
        "The arm has three bones: › in the upper arm",
        "The arm has three bones:",
    ]


def test_a_cloze_made_of_a_heading_does_not_show_it_as_its_place() -> None:
    (note,) = extract(decode(b"# Bones\n\n## The {{c1::femur}} is long\n", "a.md")).derived
    assert fields(note, ("Bones", "The femur is long"), "Bones") == {
        "Text": "<p>The {{c1::femur}} is long</p>",
        "Source": "Bones",
        "ID": "guid",
    }


@pytest.mark.parametrize(
    "hint",
    [
        "**Hint**: think\nof *two*.",
        "Tipp: think\nof two.",
        "> **Hint:** think of two.",
        "> [!hint]-\n> think of two.",
    ],
)
def test_a_hint_in_an_answer_is_folded_below_the_question(hint: str) -> None:
    text = (
        f"## What is a prime number?\nOne with two divisors.\n\n{hint}\n\n## What is a twin?\nTwo of them.\n"
    )
    note, _ = outline.notes(extract(decode(text.encode(), "a.md")))[0]
    shown = fields(note)
    assert (shown["Answer"], shown["Hint"]) == ("<p>One with two divisors.</p>", "think of two.")


@pytest.mark.parametrize("kind", ["| Full | E = mc² |", "| Full | cold |"])
def test_a_front_names_the_table_or_document_it_is_about(kind: str) -> None:
    text = f"# Rules\n\n| Name | Formula |\n|---|---|\n{kind}\n"
    document = extract(decode(text.encode(), "a.md"))
    shown = fields(document.derived[0], (), document.title)
    assert (shown["Table"], shown.get("Section")) == ("Rules", None)
    below = extract(decode(text.replace("\n\n|", "\n\n## Heat\n\n|", 1).encode(), "a.md"))
    shown = fields(below.derived[0], ("Rules", "Heat"), "Rules")
    assert (shown["Table"], shown.get("Section")) == ("Heat", None)


def test_a_cloze_shows_the_extra_of_its_export_with_the_answer() -> None:
    rows = b"#separator:tab\n#tags column:3\nAn {{c1::ebb}} falls.\t<b>Twice</b> a day.<br>The moon & the sun\ttides\n"
    (note,) = extract(decode(rows, "a.txt")).derived
    assert fields(note)["Extra"] == "Twice a day.<br>The moon &amp; the sun"
    entry = (
        b"* Rocks\n** Marble\n:PROPERTIES:\n:ANKI_NOTE_TYPE: Cloze\n:END:\n"
        b"*** Text\n{{c1::Marble}} was limestone.\n*** Extra\nHeat and pressure.\n"
    )
    (note,) = extract(decode(entry, "a.org")).derived
    assert fields(note)["Extra"] == "Heat and pressure."


def test_options_keep_the_letters_of_their_script_and_sentences_about_them_stay_whole() -> None:
    text = (
        "1. Где течёт Волга?\n   а) в Африке\n   б) в Европе\n   в) в Азии\n\n   Ответ: б\n\n"
        "2. Where is the Nile?\n   a) Asia\n   b) Africa\n   c) Europe\n\n   Answer: b\n\n"
        "   Explanation: answer B is right, because it ends in Egypt.\n"
    )
    document = extract(decode(text.encode(), "a.md"))
    notes = [note for note, _ in outline.notes(document)]
    (russian, told, *_), (latin, why, *_) = (render(note, (), "a.md", "", "g") for note in notes)
    assert [letter for letter in "АБВABC" if f'data-letter="{letter}"' in russian] == ["А", "Б", "В"]
    assert 'data-letter="Б"' in told
    assert 'data-letter="A"' in latin
    assert "answer B is right, because" in why
    printed = flow_html((notes[0].question[-1],), Look(mathjax, picture))
    assert "data-letters" not in printed
    lettered = with_letters(collate((document,), Lock("0" * 32), 1, "Sea").library).entries[0].note
    assert 'type="A" data-letters="А"' in flow_html(lettered.question, Look(mathjax, picture))
