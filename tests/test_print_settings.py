"""`[print]` in deckbuild.toml: what it takes, what it refuses, and where it reaches."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from conftest import needs_pango
from deckbuild.cli import cli
from deckbuild.collection.print_settings import DEFAULT, Print
from deckbuild.collection.settings import print_settings
from deckbuild.paper.press import fonts, layout
from deckbuild.report.diagnostics import Failure

NOTES = "# Sea\n\n## Tides\n\n### What is ebb?\n\nFalling water.\n\n### What is flood?\n\nRising water.\n"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/sea.md").write_text(NOTES)
    return tmp_path


def settle(root: Path, text: str) -> Print:
    (root / "deckbuild.toml").write_text(f"[print]\n{text}\n")
    return print_settings(root)


def test_all_settings_are_read(tmp_path: Path) -> None:
    assert settle(
        tmp_path, 'paper = "letter"\ncards-per-page = 10\nduplex = "short-edge"\ncolour = false'
    ) == (Print(paper="letter", cards_per_page=10, duplex="short-edge", colour=False))
    assert settle(tmp_path, "") == DEFAULT


@pytest.mark.parametrize(
    "text",
    [
        'papr = "a4"',
        'paper = "a3"',
        "columns = 0",
        "font-size = 4",
        "font_size = 8",
        'language = "<b>"',
        "cards-per-page = 9",
        'fonts = ["missing.ttf"]',
        'fonts = ["deckbuild.toml"]',
        'templates = "nowhere"',
    ],
)
def test_what_is_unknown_or_not_there_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Failure, match="bad-settings"):
        settle(tmp_path, text)


def test_paths_are_seen_from_the_root(tmp_path: Path) -> None:
    (tmp_path / "own.ttf").write_bytes((fonts.FOLDER / "DejaVuSans.ttf").read_bytes())
    (tmp_path / "looks").mkdir()
    found = settle(tmp_path, 'fonts = ["own.ttf"]\ntemplates = "looks"')
    assert (found.fonts, found.templates) == ((str(tmp_path / "own.ttf"),), str(tmp_path / "looks"))


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.ttf").write_text("no font")
    with pytest.raises(Failure, match=r"own\.ttf.*bad-font"):
        fonts.families((str(tmp_path / "own.ttf"),))


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(("orientation", "columns"), [("landscape", 3), ("portrait", 2)])
def test_lines_of_a_sheet_are_neither_short_nor_long(paper: str, orientation: str, columns: int) -> None:
    found = layout.sheet(Print(paper=paper, orientation=orientation))  # type: ignore[arg-type]
    assert found.columns == columns
    assert 40 <= found.line <= 75


def build(root: Path, *arguments: str) -> None:
    result = CliRunner().invoke(
        cli, ["build", str(root / "sources"), "-o", str(root / "build"), "--only", "sheet,model", *arguments]
    )
    assert result.exit_code == 0, result.output


@needs_pango
def test_settings_reach_the_sheet_and_change_neither_lock_nor_library(collection: Path) -> None:
    settle(collection, "")
    build(collection)
    lock, model = collection / "deckbuild.lock", next((collection / "build").glob("*.json"))
    before = lock.read_bytes(), model.read_bytes()
    settle(collection, 'paper = "letter"\norientation = "portrait"\nlanguage = "en-GB"')
    build(collection, "--locked")
    assert (lock.read_bytes(), model.read_bytes()) == before
    sheet = next((collection / "build").glob("*-sheet.pdf"))
    pdf = PdfReader(sheet)
    assert [round(float(side) / 72, 2) for side in pdf.pages[0].mediabox[2:]] == [8.5, 11]
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    written = collection / "again.pdf"
    arguments = ["write", "sheet", str(model), "-o", str(written), "--root", str(collection)]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    assert written.read_bytes() == sheet.read_bytes()


@needs_pango
def test_without_colour_all_is_grey(collection: Path) -> None:
    settle(collection, "colour = false")
    build(collection)
    (page,) = PdfReader(next((collection / "build").glob("*-sheet.pdf"))).pages
    colours: set[tuple[float, ...]] = set()

    def collect(operator: bytes, operands: list[float], *_: object) -> None:
        if operator in (b"rg", b"RG"):
            colours.add(tuple(float(value) for value in operands))

    page.extract_text(visitor_operand_before=collect)
    assert colours
    assert all(len(set(colour)) == 1 for colour in colours)


@needs_pango
def test_the_authors_templates_stand_before_ours(collection: Path) -> None:
    own = collection / "looks/print"
    own.mkdir(parents=True)
    (own / "own.css").write_text("h1::after { content: ' (mine)' }")
    settle(collection, 'templates = "looks"')
    build(collection)
    data = next((collection / "build").glob("*-sheet.pdf")).read_bytes()
    assert "(mine)" in PdfReader(io.BytesIO(data)).pages[0].extract_text()


@needs_pango
def test_a_font_of_the_authors_prints_what_ours_lack(collection: Path) -> None:
    with TTFont(fonts.FOLDER / "DejaVuSans.ttf") as font:
        for table in font["cmap"].tables:
            table.cmap[ord("ᚠ")] = "A"
        for record in font["name"].names:
            record.string = record.toUnicode().replace("DejaVu", "Shore")
        font.save(collection / "shore.ttf")
    settle(collection, "")
    (collection / "sources/sea.md").write_text("### What is ᚠ?\n\nThe tide.\n")
    arguments = ["build", str(collection / "sources"), "-o", str(collection / "build"), "--only", "sheet"]
    assert "no-glyph" in CliRunner().invoke(cli, arguments).output
    settle(collection, 'fonts = ["shore.ttf"]')
    assert "no-glyph" not in CliRunner().invoke(cli, arguments).output
    data = next((collection / "build").glob("*-sheet.pdf")).read_bytes()
    (page,) = PdfReader(io.BytesIO(data)).pages
    assert any("Shore" in font["/BaseFont"] for font in page["/Resources"]["/Font"].values())
