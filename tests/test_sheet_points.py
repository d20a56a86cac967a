"""What good cheat sheets have in common, held against the sheet of the example documents.

The figures are those of hand-made sheets: lecture notes in two columns, posters of a plotting library, and
probability in three columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pdfua import validate

from conftest import needs_pango
from deckbuild.collection.print_settings import Print
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Blocks, Formula, Kind, Library, inline_runs, inner_blocks, inner_inlines
from deckbuild.model.text import block_text
from deckbuild.paper import selection
from deckbuild.paper.booklet.booklet import booklet
from deckbuild.paper.cutouts.cutouts import cutouts
from deckbuild.paper.press import layout
from deckbuild.paper.sheet.sheet import sheet
from deckbuild.paper.sheet.sheet_pieces import Content, in_columns
from deckbuild.paper.words import words
from deckbuild.read import read
from pdf_reading import bookmarks, structure
from sheet_points import Sheet, contrast, is_grey

pytestmark = needs_pango

SOURCES = Path(__file__).parent.parent / "sources"
MATHS = Path(__file__).parent / "fixtures" / "print.md"
FIGURES = (MATHS.parent / "cards" / "cards.md", MATHS.parent / "cards" / "records.md")


def _formulas(blocks: Blocks) -> Iterator[Formula]:
    for outer in blocks:
        for block in inner_blocks(outer):
            if isinstance(block, Formula):
                yield block
            for run in inline_runs(block):
                yield from (e for e in inner_inlines(run) if isinstance(e, Formula))


def _letters(text: str) -> str:
    """The letters and digits of ASCII in a text, which hyphens, bullets and ends of lines leave alone."""
    return "".join(sign for sign in text if sign.isalnum() and sign.isascii())


def load(*paths: Path) -> Library:
    documents = [read(path, path.name) for path in paths]
    return collate(documents, Lock("0" * 32), 1_780_012_800, "Deep Learning").library


@pytest.fixture(scope="module")
def library() -> Library:
    """Documents for three pages: hand-made sheets aren't longer."""
    return load(SOURCES / "00-basics.md", SOURCES / "03-vision.md", MATHS)


@pytest.fixture(scope="module")
def printed(library: Library) -> Sheet:
    return Sheet(sheet(library)[0], 3)


def test_1_pages_are_dense_and_full(printed: Sheet) -> None:
    assert all(500 <= words <= 1_400 for words in printed.words[:-1])
    assert all(fill >= 0.88 for fill in printed.fill)


def test_2_text_is_small_but_legible(printed: Sheet) -> None:
    assert 7 <= printed.body <= 8.5
    assert printed.smallest >= 5


def test_3_lines_have_room(printed: Sheet) -> None:
    assert 1.14 <= printed.leading <= 1.32


def test_4_lines_are_neither_short_nor_long(printed: Sheet) -> None:
    middle, long = printed.measure
    assert 40 <= middle <= 70
    assert long <= 75


@pytest.mark.parametrize(("orientation", "columns"), [("landscape", 3), ("portrait", 2)])
def test_5_columns_follow_the_paper(printed: Sheet, orientation: str, columns: int) -> None:
    settings = Print(orientation=orientation)  # type: ignore[arg-type]
    side = layout.sheet(settings).side
    few = load(SOURCES / "00-basics.md")
    found = printed if settings == Print() else Sheet(sheet(few, settings)[0], columns, side)
    assert found.side == side
    assert {column for _, column in found.lines} == set(range(columns))
    assert found.outside == []
    assert found.measure[1] <= 75


def test_6_the_columns_of_the_last_page_are_level_and_all_begin_alike(printed: Sheet) -> None:
    assert printed.spread <= 6, "lines: a few long items fill this page"
    assert printed.starts < 1


def test_7_no_heading_ends_a_column(printed: Sheet) -> None:
    assert printed.lonely_headings == []


def test_8_levels_differ_by_steps_that_can_be_seen(printed: Sheet) -> None:
    title, section = (
        max(run.size for run in printed.text),
        next(run.size for run in printed.text if run.text == "Reference tables"),
    )
    assert 1.1 <= section / printed.body <= 1.3
    assert 1.1 <= title / section <= 1.3


def test_9_every_item_opens_with_bold_words(library: Library) -> None:
    content = Content((), selection.formulas(library), selection.questions(library), words=words("en"))
    cards = [piece.html for piece in in_columns(content, layout.sheet(Print()), "en")]
    terms = [re.match(r'<div class="card[^"]*"><p><b class="term">(.*?)</b>', html) for html in cards]
    assert all(terms)
    assert any(term and len(re.sub("<.*?>", "", term[1]).split()) <= 5 for term in terms)


def test_10_header_cells_say_which_column_is_theirs(printed: Sheet) -> None:
    cells = [element for kind, element in structure(printed.pdf) if kind == "/TH"]
    assert cells
    assert {cell["/A"]["/Scope"] for cell in cells} == {"/Column"}


def test_11_formulas_have_their_latex_as_alternative_text(library: Library, printed: Sheet) -> None:
    figures = [element for kind, element in structure(printed.pdf) if kind == "/Figure"]
    texts = [str(figure.get("/Alt", "")) for figure in figures]
    assert r"\frac{1}{n} \sum_i (y_i - \hat y_i)^2" in texts
    assert all(texts)


def test_12_colours_are_few_and_dark_enough_in_grey(printed: Sheet) -> None:
    assert len({colour for colour in printed.colours if not is_grey(colour)}) <= 2
    assert min(map(contrast, printed.colours)) >= 4.5


def test_13_each_page_has_title_section_number_and_date(printed: Sheet) -> None:
    count = len(printed.pdf.pages)
    for number in range(count):
        line = " ".join(run.text for run in printed.furniture if run.page == number)
        assert re.fullmatch(rf"Deep Learning › .+ 2026-05-29\s+·\s+{number + 1}/{count}", line), line
    assert {run.size for run in printed.furniture} == {6.5}
    assert any(run.text.startswith("03-vision.md") for run in printed.text)


def test_14_nothing_is_lost(library: Library, printed: Sheet) -> None:
    assert printed.outside == []
    assert all(list(page.images) == [] for page in printed.pdf.pages), "formulas are outlines"
    printed_letters = _letters("".join(run.text for run in printed.text))
    whole = 0
    for item in (*selection.tables(library), *selection.questions(library)):
        set_as_images = " ".join(formula.text for formula in _formulas(item.answer))
        for part in re.split(r"[|\n]", block_text(item.answer)):
            if not set_as_images:
                whole += 1
                assert _letters(part) in printed_letters
            for word in part.split():
                if word.isalpha() and word.isascii() and word not in set_as_images:
                    assert word in printed_letters
    assert whole > 60


def test_15_bookmarks_are_the_headings(printed: Sheet) -> None:
    headings = [kind for kind, _ in structure(printed.pdf) if re.fullmatch(r"/H\d", kind)]
    assert [int(kind[2]) for kind in headings] == [level for level, _, _ in bookmarks(printed.pdf)]


def test_15_the_order_of_reading_is_that_of_the_columns(library: Library, printed: Sheet) -> None:
    titles = [title for level, title, _ in bookmarks(printed.pdf) if level == 2]
    places = [
        next(
            (run.page, int((run.x - 7) / printed.step), run.y)
            for run in printed.text
            if title.startswith(run.text) and run.size > 1.15 * printed.body
        )
        for title in titles
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("output", [sheet, booklet, cutouts], ids=lambda output: output.__name__)
def test_15_an_independent_checker_finds_nothing(output, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    few = load(MATHS, *FIGURES)
    path = tmp_path / "print.pdf"
    path.write_bytes(output(few)[0])
    report = validate(str(path))
    assert [finding.message for finding in report.findings] == []


def test_questions_of_the_example_are_many(library: Library) -> None:
    assert sum(entry.note.kind is Kind.QA for entry in library.entries) > 60
