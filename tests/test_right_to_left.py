"""Text from the right on paper: pieces that begin so run so, with their tables and lists."""

from __future__ import annotations

import io

import pytest
from markupsafe import Markup
from msgspec.structs import replace
from pypdf import PdfReader

from conftest import needs_pango
from deckbuild.collection.print_settings import Print
from deckbuild.model import Document, Kind, List, ListItem, Note, Paragraph, Section, Text
from deckbuild.paper import pieces
from deckbuild.paper.booklet.booklet import booklet
from deckbuild.paper.cutouts.cutouts import cutouts
from deckbuild.paper.prepared import prepared
from deckbuild.paper.sheet.sheet import sheet
from hand_made import SPAN, paragraph, qa
from test_cutouts import library


@pytest.mark.parametrize(
    ("html", "way"),
    [
        ("<p>3000 שנה (Jerusalem)</p>", ' dir="rtl"'),
        ("<p>ما هي؟</p>", ' dir="rtl"'),
        ('<b class="x">Jerusalem</b> ירושלים', ""),
        ("&nbsp;<i>é</i>", ""),
        ("12 + 3", ""),
    ],
)
def test_the_first_letter_says_from_where_a_text_runs(html: str, way: str) -> None:
    assert pieces.way(html) == way
    assert pieces.box("card", Markup(html), (), 66) == f'<div class="card"{way}>{html}</div>'


@pytest.mark.parametrize(
    ("texts", "backwards"),
    [
        (("גאות ים", "المد والجزر", "Ebb"), True),
        (("جزر و مد در پایان هر ماه", "Tide: ", "ساحل پژمرد"), True),
        (("Ebb (גאות)", "Flood", "גאות"), False),
    ],
)
def test_columns_run_from_where_most_notes_do(texts: tuple[str, ...], backwards: bool) -> None:
    made = library(*(Note(Kind.QA, (paragraph(text),), (paragraph("1"),), SPAN) for text in texts))
    assert prepared(made, Print()).backwards == backwards


@needs_pango
def test_questions_from_the_right_stand_at_the_right_of_their_column() -> None:
    left = qa("Capital of Egypt?", "Cairo.")
    right = Note(Kind.QA, (Paragraph(SPAN, (Text(SPAN, "בירת ישראל?"),)),), (paragraph("ירושלים."),), SPAN)
    assert _start(right, "י") > _start(left, "Cairo") + 60


def _start(note: Note, sign: str) -> float:
    """The left edge of the first text on the sheet of a note that has a sign, in points."""
    data, _ = sheet(library(note))
    found: list[float] = []

    def visit(part: str, at: list[float], matrix: list[float], font: object, size: float) -> None:
        if sign in part:
            found.append(matrix[4] * at[0] + at[4])

    PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=visit)
    return min(found)


@needs_pango
def test_letters_stand_beside_their_options_on_cards_that_are_cut_out() -> None:
    options = tuple(ListItem((paragraph(word),), SPAN) for word in ("גאות", "שפל"))
    asked = Note(
        Kind.QA,
        (paragraph("מה עולה?"), List(SPAN, options)),
        (options[0].blocks[0],),
        SPAN,
        cues=("options",),
    )
    data, _ = cutouts(library(asked))
    texts = _texts(data, 0)
    word = next(x for text, x in texts if "גאות" in (text, text[::-1]))
    letter = next(x for text, x in texts if text.strip(".") == "A")
    assert 0 < letter - word < 60


@needs_pango
def test_titles_and_page_numbers_stand_where_the_text_begins_and_ends() -> None:
    notes = tuple(qa(f"מהי גאות {at}?", "מים עולים.") for at in range(40))
    made = replace(library(*notes), documents=(Document("sea.md", "", "", Section(notes, SPAN), ()),))
    data, _ = booklet(made)
    places = dict(_texts(data, 0))
    middle = float(PdfReader(io.BytesIO(data)).pages[0].mediabox[2]) / 2
    assert places["Sea"] > middle
    assert next(x for text, x in _texts(data, 0) if text.startswith("1/")) < middle


@pytest.mark.parametrize(
    "asked", ["ما هو الماء؟", "پانی کیا ہے۔", "जल क्या है।", "水是什么？", "Τι είναι;", "Ի՞նչ է։"]
)
def test_no_colon_stands_behind_the_stop_of_any_script(asked: str) -> None:
    html = pieces.card((paragraph(asked),), (paragraph("H2O"),), "", 66)
    assert f"{asked}</b>" in html


def _texts(data: bytes, page: int) -> list[tuple[str, float]]:
    """The texts of a page with their distance from the left, in points."""
    found: list[tuple[str, float]] = []

    def visit(part: str, at: list[float], matrix: list[float], font: object, size: float) -> None:
        if part.strip():
            found.append((part.strip(), matrix[4] * at[0] + at[4]))

    PdfReader(io.BytesIO(data)).pages[page].extract_text(visitor_text=visit)
    return found
