"""What fills the last pages of prints, and what stands above and beside it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from conftest import needs_pango
from deckbuild.collection.print_settings import Print
from deckbuild.decode.source import decode
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Document, Image, Kind, Library, Mark, Note, Paragraph, Section
from deckbuild.model.documents import CONTEXT
from deckbuild.model.text import block_text
from deckbuild.paper import pieces, selection
from deckbuild.paper.booklet.booklet import booklet
from deckbuild.paper.booklet.booklet_content import parts
from deckbuild.paper.cutouts.cutout_cards import cards
from deckbuild.paper.press import layout
from deckbuild.paper.press.balance import Box
from deckbuild.paper.sheet.filling import fillings
from deckbuild.paper.sheet.sheet import sheet
from deckbuild.read import extract
from deckbuild.syntax import markdown
from hand_made import SPAN, qa, text
from test_cutouts import library

LONG = "It rises while the moon pulls on the water, and falls when the earth has turned away from it. "


def read(**texts: str) -> Library:
    documents = [extract(decode(body.encode(), f"{name}.md")) for name, body in texts.items()]
    return collate(documents, Lock("0" * 32), 1_780_012_800, "Sea").library


def page_texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


@needs_pango
def test_a_last_page_is_filled_with_longer_answers_shortest_first() -> None:
    notes = [qa(f"How does tide {n} go?", f"Tide {n}: {LONG * (8 + n)}") for n in range(20)]
    (page,) = page_texts(sheet(library(qa("What is ebb?", "Falling water."), *notes))[0])
    assert "Longer answers" in page
    told = [n for n in range(20) if f"Tide {n}:" in page]
    assert told == list(range(len(told)))
    assert 5 < len(told) < 20
    assert "Questions: a selection of 21; the deck has all" in page
    assert " ".join(page.split()).count("falls when") == sum(8 + n for n in told), "each is printed whole"


@needs_pango
def test_what_is_left_of_a_last_page_is_filled_where_lines_were_shorter_than_thought() -> None:
    narrow = "it will fill till it is still. " * 30
    notes = [qa(f"How does tide {n} go?", f"Tide {n}: {narrow}") for n in range(60)]
    (page,) = page_texts(sheet(library(qa("What is ebb?", "Falling water."), *notes))[0])
    assert page.count("Tide ") > 10, "8 go by what letters take on average"


@needs_pango
def test_a_sheet_says_where_all_is_printed() -> None:
    (page,) = page_texts(sheet(library(qa("What is ebb?", "Falling water."), qa("How?", LONG * 9)))[0])
    assert "Questions: 2\n" in page
    assert "Longer answers" in page


def test_a_full_page_is_left_as_it_is() -> None:
    paper = layout.sheet(Print())
    items = selection.longer(library(qa("How?", LONG * 9)))
    assert items
    column = paper.box.right / 3
    full = {str(n): Box(n * column, paper.box.top, (n + 1) * column - 20, paper.box.bottom) for n in range(3)}
    assert list(fillings(items, (), full, paper)) == []
    assert next(fillings(items, (), {"0": full["0"]}, paper)) == items


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("03-tidal_currents.md", "Tidal currents"),
        ("notes/07 - Ships.txt", "Ships"),
        ("2024.md", "2024"),
        ("3d-printing.md", "3d printing"),
        ("12.5-x.md", "5 x"),
        ("0059e58b.md", "0059e58b"),
    ],
)
def test_a_document_without_a_title_is_named_after_its_file(source: str, title: str) -> None:
    assert selection.title_of(Document(source, "", "", Section((), SPAN, None, ()), ())) == title


@needs_pango
def test_the_running_head_of_a_chapter_that_opens_with_a_wide_table_is_its_own() -> None:
    wide = "| " + " | ".join(f"Column{n}" for n in range(9)) + " |\n" + "|---" * 9 + "|\n"
    wide += "| " + " | ".join(f"unbreakable{n}" for n in range(9)) + " |\n"
    ships = f"# Ships\n\n## Sizes\n\n{wide}\n### What is a keel?\n\nThe lowest beam.\n"
    tides = "# Tides\n\n" + "".join(f"### Why is tide {n} high?\n\n{LONG * 9}\n\n" for n in range(14))
    pages = page_texts(booklet(read(a=tides, b=ships))[0])
    at = next(n for n, page in enumerate(pages) if "unbreakable0" in page)
    assert at
    assert pages[at].count("Ships") == 2
    assert "Tides" not in pages[at]


@needs_pango
def test_brief_contents_have_no_page_for_themselves() -> None:
    (page,) = page_texts(
        booklet(
            read(
                a="# One\n\n### What is ebb?\n\nFalling water.\n",
                b="# Two\n\n### What is flood?\n\nRising water.\n",
            )
        )[0]
    )
    assert page.index("One") < page.index("What is ebb?")


def test_tables_of_links_are_in_no_booklet() -> None:
    chrome = "| [Home](a.md) | [Next](b.md) |\n|---|---|\n| [Map](c.md) | [Help](d.md) |\n"
    found = parts(read(a=f"# Sea\n\n{chrome}\n### What is ebb?\n\nFalling water.\n"))
    assert [block_text((*part.item.question, *part.item.answer)) for part in found] == [
        "What is ebb?\nFalling water."
    ]


def test_clozes_of_headings_are_in_the_booklet() -> None:
    found = parts(read(a="# Sea\n\n## The {{c1::moon}} pulls\n\n## ==Ebb== falls\n"))
    assert [block_text(part.item.answer) for part in found] == ["The moon pulls"]


def test_no_card_of_paper_has_its_answer_above_it() -> None:
    (card,) = cards(read(a="# Sea\n\n## Tides\n\n### The {{c1::moon}} pulls\n"))
    assert (card.place, block_text(card.front)) == ("Tides", "The [ … ] pulls")


def test_clozes_of_lists_say_on_paper_what_stands_above_them() -> None:
    front = Paragraph(SPAN, (Mark(SPAN, text("8"), 1), *text(" bones")))
    note = Note(Kind.CLOZE, (front,), (), SPAN, extras={CONTEXT: "The hand has"})
    (card,) = cards(library(note))
    assert block_text(card.front) == "The hand has\n[ … ] bones"
    assert block_text(card.back) == "The hand has\n8 bones"


def test_markers_of_items_stand_on_the_line_of_their_formula() -> None:
    html = pieces.blocks(markdown.blocks("- mean $\\dfrac{a}{b}$\n- plain\n\n  $c$\n".split("\n")))
    assert html.count('<li class="set"><p>') == 1
    assert "<li><p>plain</p>" in html


def test_an_image_does_not_go_on_in_the_line_of_its_question() -> None:
    question = markdown.blocks(["Which tide?"])
    answer = Paragraph(SPAN, (Image(SPAN, "a wave", "wave.png", f"db-{0:016}.png"),))
    assert pieces.card(question, (answer,), "en", 66).startswith(
        '<div class="card"><p><b class="term">Which tide?</b></p><p>'
    )


def test_what_is_said_of_a_thing_is_no_term() -> None:
    (question,) = markdown.blocks(["What is said of spring tides?"])
    assert '<b class="term">What is said of' in pieces.card((question,), (), "en", 66)
