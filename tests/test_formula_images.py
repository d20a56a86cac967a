"""Formulas on the sheet as a reader of PDF sees them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from conftest import needs_pango
from deckbuild.html.blocks import flow_html
from deckbuild.html.cell_formulas import in_full_size
from deckbuild.html.looks import Look
from deckbuild.html.looks import mathjax as cards
from deckbuild.maths.check import mathjax
from deckbuild.maths.check.engine import Refused, engine
from deckbuild.model import (
    AnyBlock,
    Document,
    Entry,
    Formula,
    Kind,
    Library,
    List,
    ListItem,
    Note,
    Paragraph,
    Row,
    Section,
    SourceSpan,
    Strong,
    Table,
)
from deckbuild.paper import pieces
from deckbuild.paper.formula_images import SCALE, formula_html, image, legible_cells
from deckbuild.paper.press.pdf import pdf
from deckbuild.paper.selection import LINE
from deckbuild.paper.sheet.sheet import sheet
from deckbuild.paper.widths import MOST, least_width
from hand_made import paragraph, text

pytestmark = needs_pango

AT = SourceSpan(7, 7)
SOFTMAX = r"\frac{e^{x_i}}{\sum_j e^{x_j}}"
STEM = "H"
"""A letter that stands on the baseline in every font."""


def formula(tex: str | None, display: bool = False, shown: str = "as written") -> Formula:
    return Formula(AT, shown, tex, display)


def library(*answer: AnyBlock) -> Library:
    note = Note(Kind.QA, (paragraph("What?"),), answer, AT)
    document = Document("doc.md", "Doc", "", Section((), AT), ())
    return Library("Doc", (document,), (Entry(note, "doc.md", (), "Doc", "guid", 1, 1),))


def alternatives(data: bytes) -> list[str]:
    """The alternative texts of a tagged PDF, in order."""

    def walk(element: Any) -> Iterator[str]:
        element = element.get_object()
        if isinstance(element, list):
            for child in element:
                yield from walk(child)
        elif isinstance(element, dict):
            if "/Alt" in element:
                yield str(element["/Alt"])
            if "/K" in element:
                yield from walk(element["/K"])

    return list(walk(PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]))


class Matrix(NamedTuple):
    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def then(self, m: Matrix) -> Matrix:
        return Matrix(
            self.a * m.a + self.b * m.c,
            self.a * m.b + self.b * m.d,
            self.c * m.a + self.d * m.c,
            self.c * m.b + self.d * m.d,
            self.e * m.a + self.f * m.c + m.e,
            self.e * m.b + self.f * m.d + m.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def drawn(data: bytes) -> tuple[set[float], list[list[tuple[float, float]]]]:
    """What the first page draws, in points from its lower left: baselines of text, and filled paths."""
    reader = PdfReader(io.BytesIO(data))
    here, saved = Matrix(), list[Matrix]()
    baselines: set[float] = set()
    paths: list[list[tuple[float, float]]] = []
    path: list[tuple[float, float]] = []
    for operands, operator in ContentStream(reader.pages[0].get_contents(), reader).operations:
        numbers = [float(value) for value in operands if isinstance(value, int | float)]
        match operator:
            case b"q":
                saved.append(here)
            case b"Q":
                here = saved.pop()
            case b"cm":
                here = Matrix(*numbers).then(here)
            case b"Tm":
                baselines.add(Matrix(*numbers).then(here).f)
            case b"m" | b"l" | b"c":
                path += (here.point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))
            case b"f" | b"B" | b"b" if path:
                paths.append(path)
                path = []
            case b"n" | b"S":
                path = []
    return baselines, paths


@pytest.mark.parametrize(
    "tex",
    [
        rf"\mathrm{{{STEM}}}",
        rf"\mathrm{{{STEM}}}\rule[-1em]{{1em}}{{3em}}",
        rf"\mathrm{{{STEM}}}^{{2}}_{{2}}",
    ],
)
def test_a_formula_stands_on_the_baseline_of_its_line(tex: str) -> None:
    page = f'<title>x</title><p style="font-size: 20pt">{STEM}{formula_html(formula(tex))}{STEM}'
    (baseline,), paths = drawn(pdf(page, "x.pdf"))
    lowest, highest = min(y for _, y in paths[0]), max(y for _, y in paths[0])
    assert lowest == pytest.approx(baseline, abs=0.02)
    assert highest - lowest == pytest.approx(0.683 * SCALE * 20, rel=0.01), (
        "the height of a capital of MathJax"
    )


def test_the_latex_is_the_alternative_text() -> None:
    given = [r'a < b \& \text{"c"}', r"\frac{1}{2}", r"x^2"]
    content = (*text("so "), formula(given[0]), Strong(AT, (formula(given[1]),)))
    answer = (Paragraph(AT, content), formula(given[2], display=True))
    assert alternatives(sheet(library(*answer))[0]) == given


def test_the_same_library_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Paragraph(AT, (formula(SOFTMAX), formula(r"\text{Länge}"), formula(r"\ce{H2O}")))
    kept = sheet(library(answer))[0]
    monkeypatch.setenv("DECKBUILD_CACHE", "")
    assert sheet(library(answer))[0] == kept


@pytest.mark.parametrize(
    "tex",
    [
        None,
        "",
        r"\foobar",
        r"\frac{1}",
        r"\rule{9999em}{1em}",
        "x" * 9999,
        r"\text{漢}",
        "\ud800",
        r"\,",
        r"\rule{1em}{99em}",
    ],
)
def test_what_can_not_be_set_keeps_its_characters(tex: str | None) -> None:
    data, _ = sheet(library(Paragraph(AT, (formula(tex),))))
    assert "as written" in PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_without_an_engine_formulas_keep_their_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mathjax, "available", lambda: False)
    assert "as &lt; written" in formula_html(formula(r"never = seen", shown="as < written"))


def test_no_glyph_is_missed_in_what_is_set() -> None:
    shown = formula("x", shown="𐀀")
    assert sheet(library(Paragraph(AT, (shown,)), shown))[1] == ()
    (problem,) = sheet(library(formula(None, display=True, shown="𐀀")))[1]
    assert (problem.code, problem.line) == ("no-glyph", 7)


def test_a_formula_wider_than_the_column_shrinks_into_it() -> None:
    long = formula("x" * 60, display=True)
    found = image(long)
    assert found is not None
    assert 31 < found.width * SCALE < 62, "wider than a column, narrower than two"
    data, _ = sheet(library(long))
    right = max(x for path in drawn(data)[1] for x, _ in path)
    assert right < (8 + (297 - 2 * 8 - 2 * 5) / 3 + 0.1) / 25.4 * 72, "the margin and a column"


def test_a_formula_too_wide_to_be_read_is_reported() -> None:
    (problem,) = sheet(library(formula("x" * 100, display=True)))[1]
    assert (problem.source, problem.line, problem.code) == ("doc.md", 7, "wide-formula")


def test_a_formula_that_can_not_be_set_on_paper_is_reported() -> None:
    data, problems = sheet(library(formula(r"x\rule{1em}{900em}")))
    assert [(p.line, p.code) for p in problems] == [(7, "unprinted-formula")]
    assert "as written" in PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_slow_formulas_leave_no_time_for_those_that_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECKBUILD_CACHE", "")
    monkeypatch.setattr(engine().patience, "left", -1.0)
    with pytest.raises(Refused, match="took too long"):
        mathjax.svg("a + b + c + d + e + f + g + h + i")
    assert mathjax.svg("a + b").width > 0


def test_a_table_with_a_wide_formula_runs_across_the_page() -> None:
    wide = (formula("x" * 60),)
    across = Table(AT, Row((text("Name"), text("Formula")), AT), (Row((text("a name"), wide), AT),))
    assert least_width((across,)) > LINE
    section = Section((across,), AT)
    data, problems = sheet(Library("Doc", (Document("doc.md", "Doc", "", section, ()),), ()))
    right = max(x for path in drawn(data)[1] for x, _ in path)
    assert right > 100 / 25.4 * 72
    assert problems == ()


def test_a_wide_formula_in_the_table_of_an_answer_shrinks_into_its_cell() -> None:
    wide = (formula("x" * 90),)
    table = Table(AT, Row((text("Name"), text("Formula")), AT), (Row((text("a name"), wide), AT),))
    assert LINE < least_width((table,)) < MOST * LINE
    data, (problem,) = sheet(library(table))
    right = max(x for path in drawn(data)[1] for x, _ in path)
    assert right < (8 + (297 - 2 * 8 - 2 * 5) / 3 + 0.1) / 25.4 * 72
    assert problem.code == "wide-formula"


def test_a_formula_far_too_wide_for_a_column_is_broken_where_it_can_be() -> None:
    sums = "y = " + "+".join(["x"] * 60)
    for display, pieces_of_it in ((True, 1), (False, 4)):
        html = formula_html(formula(sums, display))
        widths = [float(width) for width in re.findall("width:([0-9.]+)em", html)]
        assert len(widths) >= pieces_of_it
        assert max(widths) < 34
    assert sheet(library(formula(sums, display=True), Paragraph(AT, (formula(sums),))))[1] == ()


def test_columns_of_a_wide_table_have_room_for_their_formulas() -> None:
    roots = (formula(r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"),)
    words = [text(word) for word in ("discriminant", "intersections", "real", "axis", "Vieta")]
    row = Row((roots, *words), AT)
    table = Table(AT, row, (row,))
    html = pieces.box("card", pieces.blocks((table,)), (table,), 40)
    shares = [float(share) for share in re.findall('col style="width:([0-9.]+)%', html)]
    assert len(shares) == 6
    assert shares[0] == max(shares)
    assert shares[3] < 100 / 6


def test_fractions_are_larger_in_cells() -> None:
    cells = (
        (formula(SOFTMAX),),
        (Strong(AT, (formula(r"\tbinom{n}{k}"),)),),
        (formula(r"\sum_i x_i"),),
        text("so"),
    )
    found = legible_cells(Table(AT, Row(cells, AT), (Row(cells, AT),)))
    assert found.header.cells == found.rows[0].cells
    ((softmax,), (strong,), (series,), rest) = found.header.cells
    assert (softmax, series, rest) == (formula(SOFTMAX, display=True), *cells[2], cells[3])
    assert isinstance(strong, Strong)
    assert strong.content == (formula(r"\tbinom{n}{k}", display=True),)


def test_fractions_are_larger_in_cells_of_cards_and_of_lists_on_paper() -> None:
    half = formula(r"\frac{1}{2}")
    cells = Table(AT, Row((text("a"), (half, *text(" of "), formula("x^2"))), AT), ())
    shown = flow_html(
        (List(AT, (ListItem((cells,), AT),)), Paragraph(AT, (half,))), Look(cards, cell=in_full_size)
    )
    assert shown.count(r"\(\displaystyle \frac{1}{2}\)") == 1
    assert r"<p>\(\frac{1}{2}\)</p>" in shown
    paper = pieces.blocks((List(AT, (ListItem((cells,), AT),)),))
    large = image(formula(half.tex, display=True))
    assert large and f"width:{large.width * SCALE:.4g}em" in paper


def test_no_script_is_smaller_than_can_be_read() -> None:
    image_of = mathjax.svg(r"x^{x^{x^{x}}}")
    scales = [
        float(part.split(")")[0])
        for part in image_of.markup.split("scale(")[1:]
        if "," not in part.split(")")[0]
    ]
    assert 7.6 * SCALE * min(scales[0], scales[0] * scales[1]) >= 5
