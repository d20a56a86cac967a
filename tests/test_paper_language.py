"""The language of documents on paper: scripts with fonts of their own, where lines break, what headers say."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont
from msgspec.structs import replace
from pypdf import PdfReader

from conftest import needs_pango
from deckbuild.collection.print_settings import Print
from deckbuild.model import Library
from deckbuild.paper import pieces
from deckbuild.paper.booklet.booklet import booklet
from deckbuild.paper.cutouts.cutouts import cutouts
from deckbuild.paper.languages import languages
from deckbuild.paper.press import fonts, script_fonts
from deckbuild.paper.press.pdf import PageHtml, press
from deckbuild.paper.selection import lines
from deckbuild.paper.sheet.sheet import sheet
from deckbuild.paper.widths import least_width
from deckbuild.paper.words import _known, words
from hand_made import paragraph, qa, row, table
from test_cutouts import library
from test_paper_text import GERMAN

JAPANESE = "潮は月の引力で満ちたり引いたりします。「大潮」は新月と満月のころです。"
CHINESE = "潮汐是海水在月球和太阳的引力作用下产生的周期性涨落现象。"
KOREAN = "밀물과 썰물은 달과 태양의 끌어당기는 힘 때문에 생깁니다."
HEBREW = "הגאות נגרמת על ידי כוח המשיכה של הירח והשמש."

installed = pytest.mark.skipif(not script_fonts.fonts_for("潮ท"), reason="the fonts of scripts are missing")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (JAPANESE, "ja"),
        (CHINESE, "zh"),
        (KOREAN, "ko"),
        (HEBREW, "he"),
        ("المد والجزر ظاهرة طبيعية تحدث في البحار.", "ar"),
        ("جزر و مد دریا پدیده‌ای است که می‌بینیم.", "fa"),
        ("سمندر میں پانی چاند کی وجہ سے اٹھتا ہے۔", ""),
        ("ज्वार चंद्रमा के आकर्षण से उठता है।", "hi"),
        ("Η παλίρροια είναι η άνοδος και η πτώση της θάλασσας από την έλξη της σελήνης.", "el"),
        ("Gelgit, denizin bir günde iki kez yükselmesi ve alçalması için bir ad olarak kullanılır.", "tr"),
        ("Vuorovesi on ilmiö, joka nostaa merta, ja se on sekä kuun että auringon syytä.", "fi"),
        ("Tidevannet er en bevegelse av havet som månen har skyld i, og det er ikke å stanse.", "nb"),
        (
            "Tidevandet er en bevægelse af havet, som månen har skylden for, og det er ikke til at standse.",
            "da",
        ),
        ("Mareea este o mișcare a mării din care nu se poate ieși, și este dată de lună.", "ro"),
        ("Thủy triều là hiện tượng của nước biển và được một lực của mặt trăng gây ra trong ngày.", "vi"),
        ("น้ำขึ้นน้ำลงเกิดจากแรงดึงดูดของดวงจันทร์", "th"),
        (GERMAN + "潮", "de"),
    ],
)
def test_scripts_tell_a_language(text: str, language: str) -> None:
    assert languages(library(qa("?", text))).get("sea.md", "") == language


def test_words_of_scripts_without_spaces_are_left_to_pango() -> None:
    word = "น้ำขึ้นน้ำลงเกิดจากแรงดึงดูดของดวงจันทร์และดวงอาทิตย์"
    assert pieces.blocks((paragraph(word),)) == f"<p>{word}</p>"
    assert least_width((table(row(word), row("1")),)) < 16


def test_each_language_has_all_words() -> None:
    assert {
        name: found.keys() for name, found in _known().items() if found.keys() != words("en").keys()
    } == {}
    assert all(found["selected"].count("{}") == 1 for found in _known().values())
    assert words("pt-BR") == words("pt")
    assert words("xx") == words("")


def printed(made: Library, settings: Print | None = None) -> str:
    outputs = (output(made, settings or Print())[0] for output in (sheet, booklet, cutouts))
    return " ".join(page.extract_text() for data in outputs for page in PdfReader(io.BytesIO(data)).pages)


@needs_pango
def test_headers_and_footers_are_in_the_language_of_the_documents() -> None:
    german = printed(library(qa("Was ist Ebbe?", GERMAN)))
    assert all(
        words("de")[name] in german for name in ("questions", "documents", "sheet", "front", "back", "print")
    )
    assert "Questions" not in german
    assert words("fr")["sheet"] in printed(library(qa("Was ist Ebbe?", GERMAN)), Print(language="fr"))


@needs_pango
def test_columns_run_from_the_right_where_the_text_does() -> None:
    data, _ = sheet(library(qa("מהי גאות?", HEBREW)), Print(paper="a4"))
    starts: list[float] = []
    page = PdfReader(io.BytesIO(data)).pages[0]
    page.extract_text(
        visitor_text=lambda part, at, matrix, *_: (
            starts.append(matrix[4]) if re.search("[א-ת]", part.replace("שאלות", "")) else None
        )
    )
    assert min(starts) > float(page.mediabox[2]) * 0.6


@needs_pango
@installed
@pytest.mark.parametrize("text", [JAPANESE, CHINESE, KOREAN, "กรุงเทพมหานคร", "समुद्र", "📎 💡"])
def test_scripts_are_printed_in_fonts_of_packages(text: str) -> None:
    data, problems = sheet(library(qa("?", text)))
    assert problems == ()
    used = PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert any(re.search("Noto-(Sans-(?!Math|Symbols)|Emoji)", used[name]["/BaseFont"]) for name in used)
    assert len(data) < 150_000, "the font is a subset"


@needs_pango
def test_one_warning_tells_how_to_get_the_fonts_of_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_fonts, "_installed", lambda file: "")
    made = library(qa("?", JAPANESE + "ท"), qa("?", KOREAN), qa("?", "📎"))
    found = {problem for output in (sheet, booklet, cutouts) for problem in output(made)[1]}
    (problem,) = found
    assert problem.code == "no-script-font"
    assert "Chinese, Japanese and Korean and Emoji and Thai" in problem.message
    command = f"{sys.executable} -m pip install manimgx-fonts noto-cjk-sans-jp-bold noto-cjk-sans-jp-regular"
    assert command in problem.hint


@needs_pango
@installed
def test_korean_breaks_between_words_only() -> None:
    settings = replace(Print(columns=5), language="ko", fonts=script_fonts.fonts_for("가"))
    text = "밀물과썰물은 " * 40
    data, _ = sheet(library(qa("?", text)), settings)
    shown = PdfReader(io.BytesIO(data)).pages[0].extract_text().split()
    assert shown.count("밀물과썰물은") == 40


def test_a_korean_word_longer_than_a_line_breaks() -> None:
    assert pieces.blocks((paragraph("가나다라마바사아" * 2),)).count("\u2060") == 15
    assert "\u2060" not in pieces.blocks((paragraph("가나다라마바사아" * 4),))


def test_words_of_wide_characters_are_left_to_their_own_rules() -> None:
    assert "<wbr>" not in pieces.blocks((paragraph(JAPANESE * 2),))
    assert pieces.blocks((paragraph("가나<b>다"),)).count("\u2060") == 1
    assert lines((paragraph("潮" * 40),), 66) == 2
    assert least_width((table(row("潮" * 20, "가나다 라"), row("a", "b")),)) == 4 + 6 + 4
    assert "\u00ad" in pieces.blocks((paragraph("Verhältnismäßigkeitsgesichtspunkte"),))


def test_a_file_with_several_fonts_is_read(tmp_path: Path) -> None:
    collection = TTCollection()
    collection.fonts = [TTFont(fonts.FOLDER / f"SourceSansPro-{style}.ttf") for style in ("Regular", "It")]
    collection.save(tmp_path / "two.ttc")
    name = str(tmp_path / "two.ttc")
    assert fonts.families((name,)) == ("Source Sans Pro",)
    assert fonts.without_glyph("é", (name,)) == set()


@needs_pango
def test_a_file_with_several_fonts_is_printed(tmp_path: Path) -> None:
    collection = TTCollection()
    collection.fonts = [TTFont(fonts.FOLDER / "DejaVuSans.ttf")]
    collection.save(tmp_path / "one.ttc")
    with press("x.pdf", (str(tmp_path / "one.ttc"),)) as set_pages:
        assert set_pages(PageHtml("<p>ebb", 6)).pdf()
