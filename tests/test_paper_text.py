"""Text on paper: code that goes on between words, and hyphens by the language of a document."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from conftest import needs_pango
from deckbuild.collection.print_settings import Print
from deckbuild.model import CodeBlock, CodeSpan, Library, List, ListItem, Paragraph
from deckbuild.paper import pieces
from deckbuild.paper.booklet.booklet import booklet
from deckbuild.paper.code_drawings import in_bands
from deckbuild.paper.cutouts.cutouts import cutouts
from deckbuild.paper.languages import languages
from deckbuild.paper.sheet.sheet import sheet
from deckbuild.paper.wrapped_code import broken, with_wrapped_code
from hand_made import SPAN, qa
from looks import paper_seen
from sheet_points import runs
from test_cutouts import library

GERMAN = "Die Rechtsschutzversicherung ist nicht das Verfassungsgericht und auch nicht die Gesetzgebung. "
ENGLISH = (
    "The administration of an extraordinary establishment is the responsibility of its representatives. "
)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("tide = moon + sun", ["tide = moon + sun"]),
        (
            "    height = mean(levels, weights) + offset",
            ["    height = mean(", "      ↪ levels, weights)", "      ↪ + offset"],
        ),
        ("潮位 = 平均(水位, 権重) + 補正値", ["潮位 = 平均(水位, 権重)", "  ↪ + 補正値"]),
        ("高さ（満潮、干潮、小潮、大潮、中潮）", ["高さ（満潮、干潮、小潮、", "  ↪ 大潮、中潮）"]),
        ("f(alpha=1,beta=2,gamma=3,delta=4)", ["f(alpha=1,beta=2,gamma=", "  ↪ 3,delta=4)"]),
        (
            "see https://tides.example/a/very/long/address",
            ["see https://tides.", "  ↪ example/a/very/long/", "  ↪ address"],
        ),
        (
            "TideTable<HarbourChart<NeapTide>> aTable = null;",
            ["TideTable<HarbourChart<", "  ↪ NeapTide>> aTable =", "  ↪ null;"],
        ),
        ("height = a_rather_long_name_of", ["height = a_rather_long_", "  ↪ name_of"]),
        ("tar --exclude=version-1.25.tar.gz -x", ["tar --exclude=", "  ↪ version-1.25.tar.gz", "  ↪ -x"]),
        (
            "# 潮の高さを計算するための関数です。次の行",
            ["# 潮の高さを計算するため", "  ↪ の関数です。次の行"],
        ),
        ("0123456789abcdef0123456789abcdef", ["0123456789abcdef01234567", "  ↪ 89abcdef"]),
    ],
)
def test_lines_of_code_go_on_between_words(line: str, parts: list[str]) -> None:
    assert broken(line, 24) == parts


def test_code_is_set_smaller_before_a_name_is_cut_and_lists_leave_less_room() -> None:
    name, call = "abcdefghij" * 5, "tide(moon, sun) + " * 4
    note = replace(qa("Which?", ""), answer=(CodeBlock(SPAN, f"{name}abcde\n{call}x"),))
    wrapped = with_wrapped_code(library(note), 87.5, 9).entries[0].note.answer[0]
    assert isinstance(wrapped, CodeBlock)
    assert wrapped.text.startswith(f"{name}abcde\n")
    assert float(str(pieces.box("", pieces.blocks((wrapped,)), (), 56)).partition("size: ")[2][:4]) * 9 >= 6.5
    inner = List(SPAN, (ListItem((CodeBlock(SPAN, f"{call}x"),), SPAN),))
    nested = with_wrapped_code(library(replace(note, answer=(inner,))), 87.5, 9).entries[0].note.answer[0]
    assert isinstance(nested, List)
    assert isinstance(code := nested.items[0].blocks[0], CodeBlock)
    assert max(map(len, code.text.split("\n"))) <= 47


@needs_pango
def test_no_line_of_code_is_broken_without_a_mark() -> None:
    line = "private TideTable<HarbourChart<NeapTide>> aRatherLongNameOfATable = HarbourCharts.tablesOfAllTides();"
    note = replace(qa("Which?", ""), answer=(CodeBlock(SPAN, line, "java"), CodeBlock(SPAN, "潮" * 90)))
    for write in (sheet, booklet, cutouts):
        with paper_seen.typeset() as documents:
            write(library(note), Print(tagged=True))
        assert paper_seen.faults(documents[-1]).inside == []


BOXES = "┌──────┐      ┌────────┐\n│ tide │─────▶│ chart  │\n└──────┘      └────────┘"


@needs_pango
def test_drawings_of_box_signs_are_set_smaller_in_place_of_being_broken() -> None:
    note = replace(qa("What is drawn?", ""), answer=(CodeBlock(SPAN, BOXES.replace("──▶", "──────────▶")),))
    data, _ = sheet(library(note), Print(columns=5))
    lines = PdfReader(io.BytesIO(data)).pages[-1].extract_text().splitlines()
    assert [sum(sign in line for line in lines) for sign in "▶┐┘↪"] == [1, 1, 1, 0]
    assert float(str(pieces.box("", pieces.blocks(note.answer), (), 34)).partition("size: ")[2][:4]) < 0.86
    assert "size" not in pieces.box("", pieces.blocks(note.answer), (), 60)


def spoken(*texts: str) -> dict[str, str]:
    made = library(*(qa("?", text) for text in texts))
    entries = tuple(replace(entry, source=f"{at}.md") for at, entry in enumerate(made.entries))
    return languages(Library("Sea", (), entries))


def test_short_words_tell_a_language() -> None:
    french = "Le chat est sur la table et il ne dort pas dans le lit avec les autres."
    assert spoken(GERMAN, ENGLISH, french, "Ebb, flood, spring, neap, gale.") == {
        "0.md": "de",
        "1.md": "en",
        "2.md": "fr",
    }


def printed(text: str) -> str:
    data, _ = sheet(library(qa("Who?", text)), Print(columns=4))
    return PdfReader(io.BytesIO(data)).pages[0].extract_text()


@needs_pango
def test_long_words_are_hyphenated_in_their_language() -> None:
    words = "Rechtsschutzversicherung " * 12
    assert "-\n" in printed(GERMAN + words).replace("\u2010", "-")
    assert "-\n" not in printed(words).replace("\u2010", "-")


def test_short_words_of_code_stay_whole_on_paper_and_dunders_have_no_border_inside() -> None:
    html = str(pieces.inlines((CodeSpan(SPAN, "rm -rf a/b --no-pager"),))).replace("\u2060", "~")
    assert html == "<code>rm -~rf a/~b -~-~no-~pager</code>"
    assert broken("print(self.__class__.__name__)", 20) == ["print(self.", "  ↪ __class__.", "  ↪ __name__)"]


@needs_pango
def test_code_on_paper_shows_that_a_line_goes_on() -> None:
    note = qa("Which call?", "")
    code = CodeBlock(
        SPAN, "loss = criterion(model(inputs), targets) / accumulation + penalty * weight  # all\n"
    )
    data, _ = sheet(library(replace(note, answer=(code,))))
    assert "↪" in PdfReader(io.BytesIO(data)).pages[0].extract_text()


FLOW = "\n".join(
    (
        "┌────────────┐      ┌─────────────┐      ┌──────────────┐",
        "│ lunar tide │─────▶│ 潮 harbour  │─────▶│ chart of ebb │",
        "└────────────┘      └─────────────┘      └──────────────┘",
    )
)


def test_drawings_that_would_be_too_small_are_cut_from_top_to_bottom() -> None:
    assert in_bands(FLOW, 100, 8) == FLOW
    parts = [part.split("\n") for part in in_bands(FLOW, 55, 8).split("\n↪\n")]
    assert [len(part) for part in parts] == [3, 3]
    assert "".join(line for part in parts for line in (part[1],)).replace(" ", "") == FLOW.split("\n")[
        1
    ].replace(" ", "")
    assert parts[0][1].endswith("harbour  │─────") or parts[1][1].endswith("│ chart of ebb │")


@needs_pango
def test_no_drawing_on_a_card_that_is_cut_out_is_smaller_than_all_else() -> None:
    note = replace(
        qa("What is drawn?", ""), answer=(CodeBlock(SPAN, FLOW), *qa("", "Much water. " * 90).answer)
    )
    data, _ = cutouts(library(note), Print())
    pages = enumerate(PdfReader(io.BytesIO(data)).pages)
    sizes = [run.size for number, page in pages for run in runs(number, page) if set(run.text) & set("│─")]
    assert sizes
    assert min(sizes) >= 6.45


@needs_pango
def test_code_in_text_goes_on_between_names_with_a_mark() -> None:
    name = "org.tides.example.HarbourChartRepositoryImplementationFactory"
    note = replace(qa("Which class?", ""), answer=(Paragraph(SPAN, (CodeSpan(SPAN, name),)),))
    text = PdfReader(io.BytesIO(sheet(library(note), Print(columns=6))[0])).pages[-1].extract_text()
    lines = [line.strip() for line in text.splitlines() if "↩" in line]
    assert lines
    assert all(line.removesuffix("↩")[-1] in "." or line.removesuffix("↩")[-1].islower() for line in lines)
    assert name in text.replace("↩\n", "").replace("\u00ad", "")


@needs_pango
def test_options_have_the_letters_of_their_script() -> None:
    asked = qa("Where?", "There.")
    items = tuple(ListItem(asked.question, SPAN) for _ in range(4))
    options = List(SPAN, items, start=1, lettered=True, letters="АБВГДЕ")
    data, _ = cutouts(library(replace(asked, question=(*asked.question, options))), Print())
    text = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert [letter for letter in "АБВГ" if f"{letter}." in text] == ["А", "Б", "В", "Г"]
