"""Cards to cut out: backs that mirror, sizes, and long answers that go on."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

import pytest
from markupsafe import Markup
from pypdf import PageObject, PdfReader

from conftest import needs_pango
from deckbuild.collection.print_settings import Print
from deckbuild.model import (
    Blocks,
    CodeBlock,
    CodeSpan,
    Emphasis,
    Entry,
    Footnote,
    Kind,
    Library,
    List,
    ListItem,
    Mark,
    Note,
    Paragraph,
    Quote,
    Row,
    Text,
)
from deckbuild.model.text import block_text
from deckbuild.paper.cutouts.cutout_cards import GAP, cards
from deckbuild.paper.cutouts.cutouts import COLUMNS, MARGIN_X, MARGIN_Y, CardGrid, cutouts
from deckbuild.paper.cutouts.faces import FLOOR, fitted
from deckbuild.paper.cutouts.splitting import atoms, halves
from deckbuild.paper.rows_as_lines import with_rows_as_lines
from hand_made import SPAN, paragraph, qa, row, table, text
from hand_made import library as one_of_each

POINT = 72 / 25.4


def library(*notes: Note) -> Library:
    entries = tuple(
        Entry(note, "sea.md", ("2. Tides",), "Sea", f"g{at}", at, 0) for at, note in enumerate(notes)
    )
    return Library("Sea", (), entries)


def pages(library: Library, settings: Print | None = None) -> list[PageObject]:
    data, problems = cutouts(library, settings or Print())
    assert problems == ()
    return list(PdfReader(io.BytesIO(data)).pages)


def texts(page: PageObject) -> Iterator[tuple[str, float, float, float]]:
    """Each piece of text with its distance from the left and the top in mm, and its size in points."""
    found: list[tuple[str, float, float, float]] = []
    height = float(page.mediabox[3])

    def visit(part: str, at: list[float], matrix: list[float], font: object, size: float) -> None:
        if part.strip():
            x, y = matrix[4] * at[0] + at[4], matrix[5] * at[3] + at[5]
            found.append((part.strip(), x / POINT, (height - y) / POINT, abs(size * matrix[0] * at[0])))

    page.extract_text(visitor_text=visit)
    yield from found


def place(page: PageObject, grid: CardGrid, word: str) -> tuple[int, int]:
    """Row and column of the card on which a word stands."""
    ((x, y),) = {(x, y) for part, x, y, _ in texts(page) if word in part.split()}
    width, height = grid.card
    return int((y - MARGIN_Y) / height), int((x - MARGIN_X) / width)


MANY = library(*(qa(f"question{n}", f"answer{n}") for n in range(11)))


@needs_pango
@pytest.mark.parametrize(
    ("paper", "count", "duplex"),
    [
        ("a4", 8, "long-edge"),
        ("a4", 10, "short-edge"),
        ("letter", 8, "short-edge"),
        ("letter", 10, "long-edge"),
    ],
)
def test_each_answer_is_printed_behind_its_question(paper: str, count: int, duplex: str) -> None:
    settings = Print(paper=paper, cards_per_page=count, duplex=duplex)  # type: ignore[arg-type]
    rows = count // COLUMNS
    found = pages(MANY, settings)
    assert len(found) == 4
    width, height = (float(side) / POINT for side in found[0].mediabox[2:])
    grid = CardGrid(width, height, rows)
    for number in range(11):
        sheet = number // count
        front = place(found[2 * sheet], grid, f"question{number}")
        back = place(found[2 * sheet + 1], grid, f"answer{number}")
        assert front == divmod(number % count, COLUMNS)
        turned = (front[0], 1 - front[1]) if duplex == "long-edge" else (rows - 1 - front[0], front[1])
        assert back == turned


@pytest.mark.parametrize("duplex", ["long-edge", "short-edge"])
def test_front_and_back_have_the_same_edges(duplex: str) -> None:
    grid = CardGrid(210, 297, 4)
    width, height = grid.card
    for number in range(8):
        left, top = grid.position(number, False, duplex)
        other_left, other_top = grid.position(number, True, duplex)
        turned = (210 - left - width, top) if duplex == "long-edge" else (left, 297 - top - height)
        assert (other_left, other_top) == pytest.approx(turned)


@needs_pango
def test_a_long_answer_shrinks_and_a_longer_one_goes_on_upon_a_second_card() -> None:
    words = [f"w{n}" for n in range(900)]
    short, long = qa("short", " ".join(words[:190])), qa("long", " ".join(words))
    front, back = pages(library(short, long))
    assert " ".join(front.extract_text().split()).count("card") > 1
    found = list(texts(back))
    sizes = {size for part, _, _, size in found if "w189" in part.split()}
    assert min(sizes) >= FLOOR - 0.01
    printed = [word for part, *_ in found for word in part.split() if word[0] == "w" and word[1:].isdecimal()]
    assert sorted(printed) == sorted([*words[:190], *words])


def test_what_leads_in_goes_on_with_what_it_leads_to() -> None:
    side = (paragraph("x" * 8), paragraph("The limits are:"), paragraph("y" * 8), paragraph("z:"))

    def html(blocks: Blocks) -> Markup:
        return Markup("").join(Markup(f"{block_text((block,))}|") for block in blocks)

    def heights(pieces: Sequence[tuple[Markup, float]]) -> list[float]:
        return [float(len(piece.replace("The limits are", ""))) for piece, _ in pieces]

    (faces,) = fitted([side], "back", 11, html, heights)
    assert [face.html for face in faces] == ["xxxxxxxx|", "The limits are:|yyyyyyyy|", "z:|"]


@needs_pango
def test_no_text_stands_outside_of_its_card() -> None:
    tall = Note(
        Kind.QA,
        (CodeBlock(SPAN, "x = 1\n" * 60, "python"),),
        (
            table(row("name", "value"), *(row(f"name {n}", "text " * 30) for n in range(12))),
            List(SPAN, tuple(ListItem((paragraph("word " * 60),), SPAN) for _ in range(6)), 1),
            paragraph("w" * 400),
            Quote(SPAN, (paragraph("quoted " * 240),)),
        ),
        SPAN,
    )
    found = [text for page in pages(library(tall)) for text in texts(page) if "Sheet" not in text[0]]
    assert len(found) > 200
    for part, x, y, _ in found:
        assert 10 + 3.5 <= x <= 200 - 3.5, part
        assert 3.5 <= (y - 12) % 68.25 <= 68.25 - 3.5, part


@needs_pango
def test_one_note_of_each_kind_is_a_card() -> None:
    front, back = (" ".join(page.extract_text().split()) for page in pages(one_of_each()))
    assert "ReLU Activations · formula · range" in front
    assert "range: 0 … ∞" in back
    assert GAP in front
    assert "std::vector" not in front
    assert "std::vector" in back
    assert "And then?" in back


def test_numbers_of_sections_are_left_out() -> None:
    assert [card.place for card in cards(library(qa("q", "a")))] == ["Tides"]


@needs_pango
def test_nothing_to_cut_out_gives_a_page() -> None:
    (page,) = pages(Library("Sea", (), ()))
    assert page.extract_text() == "Sea"


@needs_pango
def test_the_same_library_gives_the_same_bytes() -> None:
    assert cutouts(MANY)[0] == cutouts(MANY)[0]


BLOCKS = (
    paragraph("one two three four"),
    Paragraph(SPAN, (*text("one "), Mark(SPAN, text("two three")), *text(" four"))),
    CodeBlock(SPAN, "a\nb\nc"),
    CodeBlock(SPAN, "abcdef"),
    List(SPAN, (ListItem((paragraph("a"),), SPAN), ListItem((paragraph("b"),), SPAN)), 3),
    table(row("h", "i"), row("1", "2"), row("3", "4")),
    table(row("h", "i"), row("1", "2")),
    Quote(SPAN, (paragraph("a"), paragraph("b"))),
)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_halves_hold_all_words(block: Paragraph) -> None:
    parts = halves(block)
    assert len(parts) > 1
    kept = block_text(parts)
    for word in block_text((block,)).replace("|", " ").split():
        assert word in kept or word == "abcdef"


def test_the_items_of_a_list_keep_their_numbers() -> None:
    numbered = List(SPAN, tuple(ListItem((paragraph(word),), SPAN) for word in "ab"), 3)
    assert [item.start for item in atoms((numbered,)) if isinstance(item, List)] == [3, 4]


@needs_pango
def test_numbers_go_on_upon_the_second_card() -> None:
    items = tuple(ListItem((paragraph("word " * 80),), SPAN) for _ in range(12))
    back = pages(library(Note(Kind.QA, (paragraph("q"),), (List(SPAN, items, 3),), SPAN)))[1]
    numbers = [part for part, *_ in texts(back) if part.rstrip(".").isdecimal() and part.endswith(".")]
    assert sorted(numbers, key=lambda number: int(number[:-1])) == [f"{n}." for n in range(3, 15)]


def choices(words: int) -> Note:
    options = tuple(
        ListItem((paragraph(f"{name} {'word ' * words}"),), SPAN)
        for name in ("iron", "mercury", "gold", "copper")
    )
    return Note(
        Kind.QA,
        (paragraph("Which metal is liquid?"), List(SPAN, options)),
        (options[1].blocks[0], paragraph("It melts at -39 degrees.")),
        SPAN,
        cues=("options",),
    )


@needs_pango
@pytest.mark.parametrize("words", [2, 60, 200])
def test_options_have_letters_and_go_on_where_they_do_not_fit(words: int) -> None:
    fronts, backs = "", ""
    for number, page in enumerate(pages(library(choices(words)))):
        found = list(texts(page))
        assert min(size for *_, size in found) >= FLOOR - 0.01
        said = " ".join(part for part, *_ in found)
        fronts, backs = (fronts, backs + said) if number % 2 else (fronts + said, backs)
    assert set(re.findall(r"\b([A-D])\.(?=\s)", fronts)) == set("ABCD")
    assert set(re.findall(r"\b([A-D])\.(?=\s)", backs)) == {"B"}
    assert all(name in fronts for name in ("liquid", "iron", "mercury", "gold", "copper"))
    assert "39" in backs


@needs_pango
def test_code_tables_and_footnotes_are_no_smaller_than_the_smallest_text() -> None:
    code = CodeSpan(SPAN, "set.sail()")
    note = Footnote(SPAN, (Text(SPAN, "told below"),), SPAN)
    answer = (
        Paragraph(SPAN, (*text("word " * 700), code, note)),
        table(row("name", "value"), Row((text("jib"), (code,)), SPAN)),
        CodeBlock(SPAN, "haul(sheet)\n", "python"),
    )
    asked = Note(
        Kind.QA, (Paragraph(SPAN, (*text("Who " * 400), Emphasis(SPAN, text("sails")))),), answer, SPAN
    )
    sizes = {size for page in pages(library(asked)) for _, _, _, size in texts(page)}
    assert min(sizes) >= FLOOR - 0.01


def test_rows_of_a_table_whose_words_a_card_would_break_are_lines() -> None:
    wide = table(
        row("Port", *("September",) * 9), Row((text("Emden"), text("2.2"), (), *(text("3"),) * 7), SPAN)
    )
    made = with_rows_as_lines(library(Note(Kind.QA, (paragraph("Which?"),), (wide,), SPAN)), 40)
    assert "Emden: September 2.2 · September 3 · " in block_text(made.entries[0].note.answer)


@needs_pango
def test_no_side_of_a_card_is_blank() -> None:
    long = library(choices(80), qa("short", "word " * 500), qa("word " * 500, "short"))
    for page in pages(long, Print(cards_per_page=8)):
        grid = CardGrid(*(float(side) / POINT for side in page.mediabox[2:]), 4)
        said: dict[tuple[int, int], int] = {}
        for part, x, y, _ in texts(page):
            if part.startswith(("Sea,", "50 mm", "2. Tides", "Tides")) or "sea.md" in part:
                continue
            width, height = grid.card
            at = int((y - MARGIN_Y) / height), int((x - MARGIN_X) / width)
            said[at] = said.get(at, 0) + len(part)
        numbers = sum("sea.md" in part for part, *_ in texts(page))
        assert len([at for at, length in said.items() if length > 3]) >= numbers
