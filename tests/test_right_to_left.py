"""Text from the right on paper: pieces that begin so run so, with their tables and lists."""

from __future__ import annotations

import io

import pytest
from markupsafe import Markup
from pypdf import PdfReader

from conftest import needs_pango
from deckbuild.collection.print_settings import Print
from deckbuild.model import Kind, Note, Paragraph, Text
from deckbuild.paper import pieces
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
