"""The sheet as a reader of PDF sees it."""

from __future__ import annotations

import io
import logging
import os
import re
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from pypdf.generic import Destination

from conftest import needs_pango
from deckbuild.model import (
    AnyBlock,
    CodeBlock,
    Document,
    Entry,
    Formula,
    Heading,
    Html,
    HtmlSpan,
    Kind,
    Library,
    List,
    ListItem,
    Note,
    Paragraph,
    Section,
    SourceSpan,
    Text,
    codec,
)
from deckbuild.paper.press import fonts
from deckbuild.paper.press.pdf import pdf
from deckbuild.paper.sheet import sheet as paper_sheet
from deckbuild.paper.sheet.sheet import sheet
from deckbuild.report.diagnostics import Failure
from hand_made import paragraph, row, table, text
from sheet_points import Sheet

pytestmark = needs_pango

UPDATED = 1_780_012_800
"""2026-05-29 in UTC."""


def at(line: int) -> SourceSpan:
    return SourceSpan(line, line)


def qa(question: str, *answer: AnyBlock) -> Note:
    return Note(Kind.QA, (paragraph(question),), answer, at(1))


TIDES = table(row("Tide", "Sun and moon"), row("spring", "in line"), row("neap", "at a right angle"))
SEA = Document(
    "sea.md",
    "The sea",
    "",
    Section(
        (),
        at(1),
        Heading(at(1), 1, text("The sea")),
        (Section((TIDES,), at(2), Heading(at(2), 2, text("Tides"))),),
    ),
    (),
)
NOTES = (
    qa("How often is it high water?", paragraph("Every 12 h 25 min, so ŷᵢ₊₁ ≈ ŷᵢ.")),
    qa(
        "What moves the water?",
        List(at(1), tuple(ListItem((paragraph(body),), at(1)) for body in ("the moon", "the sun"))),
        Heading(at(1), 4, text("In short")),
        CodeBlock(at(1), "pull = mass / distance**3", "python"),
    ),
    Note(
        Kind.FORMULA,
        (paragraph("Speed of a long wave"),),
        (Formula(at(9), "c = √(g·h)", r"c=\sqrt{gh}", display=True), paragraph("h: depth")),
        at(9),
    ),
)


def library(*notes: Note, name: str = "Sea", section: tuple[str, ...] = ("Tides", "Causes")) -> Library:
    entries = tuple(
        Entry(note, "sea.md", section, "Sea", f"guid{at}", at, UPDATED)
        for at, note in enumerate(notes or NOTES)
    )
    return Library(name, (SEA,), entries, updated=UPDATED)


def reader(library: Library) -> PdfReader:
    return PdfReader(io.BytesIO(sheet(library)[0]))


@pytest.fixture(scope="module")
def plain() -> PdfReader:
    """The sheet of the library that most tests look at, set once."""
    return reader(library())


def text_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def words(library: Library) -> str:
    return text_of(reader(library))


def bookmarks(outline: list[Destination | list[Destination]], level: int = 1) -> Iterator[tuple[int, str]]:
    for part in outline:
        if isinstance(part, list):
            yield from bookmarks(part, level + 1)
        else:
            yield level, part.title


def test_tables_come_first_then_formulas_then_questions(plain: PdfReader) -> None:
    found = text_of(plain)
    order = [
        "Reference tables",
        "spring",
        "at a right angle",
        "Speed of a long wave",
        "h: depth",
        "How often",
        "the moon",
    ]
    assert sorted(order, key=found.index) == order


def test_an_answer_goes_on_in_the_line_of_its_question(plain: PdfReader) -> None:
    assert "How often is it high water? Every 12 h 25 min" in text_of(plain)


def test_the_page_is_landscape_a4_with_name_date_and_number(plain: PdfReader) -> None:
    (page,) = plain.pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 210]
    assert " ".join(page.extract_text().split()).endswith("Sea › Reference tables 2026-05-29 · 1/1")


def test_many_questions_fill_several_numbered_pages() -> None:
    many = [qa(f"Question {n}?", paragraph("An answer of some length. " * 9)) for n in range(50)]
    pages = reader(library(*many)).pages
    assert len(pages) > 1
    assert all(page.extract_text().endswith(f"{n}/{len(pages)}") for n, page in enumerate(pages, 1))


def test_the_columns_of_the_last_page_are_level() -> None:
    (page,) = reader(library(*(qa(f"Question {n}?", paragraph("yes")) for n in range(9)))).pages
    columns: Counter[float] = Counter()

    def count(part: str, _: object, matrix: list[float], *rest: object) -> None:
        columns[matrix[4]] += part.startswith("Question ")

    page.extract_text(visitor_text=count)
    assert list((+columns).values()) == [4, 5], "table and headings fill a column"


def test_the_last_of_many_pages_is_level_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_sheet, "SHORT", 1)
    many = [qa(f"Question {n}?", paragraph("An answer of some length. " * 9)) for n in range(60)]
    pages = reader(library(*many)).pages
    assert len(pages) > 1
    asked = re.findall(r"Question (\d+)\?", "".join(page.extract_text() for page in pages))
    assert asked == [str(n) for n in range(60)]
    columns: Counter[float] = Counter()

    def count(part: str, _: object, matrix: list[float], *rest: object) -> None:
        columns[matrix[4]] += part.startswith("Question ")

    pages[-1].extract_text(visitor_text=count)
    counts = (+columns).values()
    assert len(counts) == 3
    assert max(counts) - min(counts) <= 1


def test_what_is_left_out_is_counted() -> None:
    found = words(library(NOTES[0], qa("Long?", paragraph("word " * 2000))))
    assert "Questions: a selection of 2; the deck has all" in found


def test_bookmarks_are_the_headings_of_the_sheet_and_none_of_an_answer(plain: PdfReader) -> None:
    assert list(bookmarks(plain.outline)) == [
        (1, "Sea"),
        (2, "Reference tables"),
        (3, "Tides"),
        (2, "Formulas"),
        (3, "Tides"),
        (2, "Tides"),
        (3, "Causes"),
    ]


def test_questions_of_one_topic_stand_together_whichever_document_they_are_from() -> None:
    sections = {"One?": "Tides", "Two?": "Ships", "Three?": "Tides"}
    entries = (
        entry
        for question, title in sections.items()
        for entry in library(qa(question, paragraph("yes")), section=(title,)).entries
    )
    found = words(replace(library(), entries=tuple(entries)))
    assert found.index("One?") < found.index("Three?") < found.index("Two?")


def test_the_file_has_title_language_tags_and_date() -> None:
    pdf = reader(library(name="Sea & shore"))
    root = pdf.trailer["/Root"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Sea & shore"
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert pdf.metadata["/ModDate"].startswith("D:20260529")


def test_all_fonts_are_ours_and_embedded(plain: PdfReader) -> None:
    (page,) = plain.pages
    descriptors = {}
    for font in page["/Resources"]["/Font"].values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        embedded = {"/FontFile2", "/FontFile3"} & set(descriptor)
        descriptors[font["/BaseFont"].split("+")[1]] = bool(embedded)
    assert descriptors == {
        "Source-Sans-Pro": True,
        "Source-Sans-Pro-Semi-Bold": True,
        "Fira-Mono": True,
        "DejaVu-Sans": True,
    }


def test_weasyprint_has_nothing_to_say(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert sheet(library())[1] == ()
    assert caplog.messages == []


def test_the_same_library_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    code = (
        "import sys; from deckbuild import model; from deckbuild.model import codec; "
        "from deckbuild.paper.sheet.sheet import sheet; "
        "sys.stdout.buffer.write(sheet(codec.decode(sys.stdin.buffer.read(), model.Library))[0])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        input=codec.encode(library()),
        cwd=tmp_path,
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "LC_ALL": "C", "HOME": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    first, second = sheet(library())[0], sheet(library())[0]
    assert first == second == run.stdout


def test_a_character_without_a_glyph_is_reported_where_it_stands() -> None:
    note = qa("Which tide?", Paragraph(at(7), (Text(at(7), "ᚠ \u200b\ufe0f and ᚠꀀ ✅ ❌ 📚"),)))
    (problem,) = sheet(library(note))[1]
    assert (problem.source, problem.line, problem.code) == ("sea.md", 7, "no-glyph")
    assert "ᚠ (U+16A0), ꀀ (U+A000)" in problem.message


def test_a_name_without_glyphs_is_reported_of_the_sheet() -> None:
    (problem,) = sheet(library(name="ᚠ"))[1]
    assert problem.source == "ᚠ-sheet.pdf"


def test_a_document_in_a_script_without_font_gets_one_warning() -> None:
    note = qa("?", *(CodeBlock(at(line), chr(0x16A0 + line)) for line in range(1, 8)))
    (problem,) = sheet(library(note))[1]
    assert problem.line == 1
    assert "2 more" in problem.message


def test_a_document_makes_the_sheet_fetch_nothing(tmp_path: Path) -> None:
    image = tmp_path / "image.svg"
    image.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">pearl</text></svg>')
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        web = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        hostile = "".join(
            f'<img src="{url}"><object data="{url}"></object><link rel="stylesheet" href="{url}">'
            f'<link rel="attachment" href="{url}">'
            f'<style>@import "{url}"; p {{ background: url({url}) }}</style>'
            for url in (web, image.as_uri(), web.removeprefix("http:"), "image.svg")
        )
        note = qa("Safe?", Html(at(1), hostile), Paragraph(at(1), (HtmlSpan(at(1), hostile), *text("yes"))))
        for data in (sheet(library(note))[0], pdf(f"<title>x</title><p>text{hostile}", "x.pdf")):
            (page,) = PdfReader(io.BytesIO(data)).pages
            assert "pearl" not in page.extract_text()
            assert "/EmbeddedFile" not in data.decode("latin-1")
            assert list(page.images) == []
        with pytest.raises(BlockingIOError):
            server.accept()


def test_words_too_long_for_a_line_are_broken() -> None:
    path = "/".join(["directory"] * 15)
    (page,) = reader(library(qa("Long?", paragraph(path), paragraph("w" * 150)))).pages
    lines = page.extract_text().splitlines()
    assert max(map(len, lines)) < 100
    assert path in "".join(lines)
    assert "w" * 150 in "".join(line.removesuffix("-").removesuffix("\u2010") for line in lines)


def test_a_table_too_wide_for_a_column_runs_across_the_page() -> None:
    words_of_a_row = ["Donaudampfschifffahrt"] * 6
    wide = replace(SEA, root=replace(SEA.root, body=(table(row(*words_of_a_row), row(*"abcdef")),)))
    assert " ".join(words_of_a_row) in words(replace(library(), documents=(wide,)))


def test_an_empty_library_gives_a_page_with_its_name() -> None:
    assert words(Library("Nothing yet", (), ())).startswith("Nothing yet")


def test_the_fonts_of_the_system_are_back_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    pdf("<p>text", "x.pdf")
    assert "FONTCONFIG_FILE" not in os.environ
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/mine.conf")
    pdf("<p>text", "x.pdf")
    assert os.environ["FONTCONFIG_FILE"] == "/etc/fonts/mine.conf"


def test_without_our_fonts_it_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path / "fonts")
    with pytest.raises(Failure, match="no-fonts"):
        pdf("<p>text", "x.pdf")


def test_every_font_has_its_licence() -> None:
    families = {path.stem.split("-")[0] for path in fonts.FOLDER.glob("*.?tf")}
    licences = {path.name.split(".")[0]: path.read_text("utf-8") for path in fonts.FOLDER.glob("*.txt")}
    assert families == set(licences)
    assert all("copyright" in text.lower() and "AS IS" in text for text in licences.values())


def test_no_short_item_and_no_row_is_split_and_headers_are_repeated() -> None:
    cards = [
        qa(f"begin{n}?", paragraph("An answer of some length. " * (n % 9)), paragraph(f"end{n}"))
        for n in range(60)
    ]
    rows = (row(f"row{n}", "a cell of several words " * 4 + f"last{n}") for n in range(90))
    long = replace(SEA, root=replace(SEA.root, body=(table(row("Header", "Cells"), *rows),)))
    found = Sheet(sheet(replace(library(*cards), documents=(long,)))[0], 3)
    places: dict[str, tuple[int, int]] = {}
    for place, lines in found.lines.items():
        for line in lines.values():
            for word in re.findall(r"(?:begin|end|row|last)\d+", line):
                places[word] = place
    for word, place in places.items():
        other = word.replace("begin", "end").replace("row", "last")
        assert places[other] == place, word
    tables = {places[f"row{n}"] for n in range(90)}
    headers = {
        place for place, lines in found.lines.items() if any("Header" in line for line in lines.values())
    }
    assert len(tables) > 3
    assert headers == tables
