"""Plain drawings: what is painted is what WeasyPrint would paint, and what is not plain is left to it."""

from __future__ import annotations

import io
from base64 import b64encode

import pikepdf
import pytest

from conftest import needs_pango
from deckbuild.maths.check import mathjax
from deckbuild.paper.press import pdf
from deckbuild.paper.press.drawings import PREFIX, Drawings
from deckbuild.paper.press.pdf import PageHtml, press

FORMULAS = [
    r"\frac{QK^\top}{\sqrt{d_k}}V",
    r"\left(\begin{array}{cc}a&b\\c&d\end{array}\right)",
    r"\dot x_i \in \{1\}",
]
OTHER = [r"\color{red}{x}", r"\text{é}", r"\boxed{y}", r"\overbrace{a+b}"]

needs_mathjax = pytest.mark.skipif(not mathjax.available(), reason="there is no QuickJS here")


def url(svg: str) -> str:
    return PREFIX + b64encode(svg.encode()).decode()


def painted(image: str) -> list[tuple[float, float]]:
    """The points of all lines and curves on a page with an image, in points of the page."""
    html = f'<style>@page {{ size: 80mm 40mm }}</style><img style="width: 50mm" src="{image}">'
    with press("some.pdf", tagged=False) as set_pages:
        data = set_pages(PageHtml(html, len(html))).pdf(tagged=False)
    points: list[tuple[float, float]] = []
    matrix = pikepdf.Matrix()
    saved = [matrix]
    with pikepdf.open(io.BytesIO(data)) as file:
        for operands, operator in pikepdf.parse_content_stream(file.pages[0]):
            numbers = [float(operand) for operand in operands if not isinstance(operand, pikepdf.Object)]
            match str(operator):
                case "q":
                    saved.append(matrix)
                case "Q":
                    matrix = saved.pop()
                case "cm":
                    matrix = pikepdf.Matrix(*numbers) @ matrix
                case "l" | "c":
                    points += [
                        matrix.transform(pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)
                    ]
                case "re":
                    x, y, width, height = numbers
                    points += [matrix.transform((x, y)), matrix.transform((x + width, y + height))]
    return points


@needs_pango
@needs_mathjax
@pytest.mark.parametrize("tex", FORMULAS)
def test_a_formula_is_painted_as_weasyprint_paints_it(tex: str, monkeypatch: pytest.MonkeyPatch) -> None:
    image = url(mathjax.svg(tex, True).markup)
    assert image in Drawings()
    ours = painted(image)
    monkeypatch.setattr(pdf, "Drawings", dict)
    theirs = painted(image)
    assert len(ours) == len(theirs) > 20
    for one, other in zip(ours, theirs, strict=True):
        assert one == pytest.approx(other, abs=0.002)


@needs_mathjax
@pytest.mark.parametrize("tex", OTHER)
def test_colours_texts_and_frames_are_left_to_weasyprint(tex: str) -> None:
    assert url(mathjax.svg(tex, True).markup) not in Drawings()


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg",
        "<svg viewBox='0 0 1 1'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 1'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1' width='9'/>",
        *(
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>{inside}</svg>"
            for inside in (
                "<circle r='1'/>",
                "<path d='m1 1l2 2'/>",
                "<path d='M1 1L2'/>",
                "<path d='M1 1Z2'/>",
                "<path d='M1,one'/>",
                "<path d='M1 1' style='fill: red'/>",
                "<g transform='rotate(9)'/>",
                "<g transform='scale(1,2,3)'/>",
                "<rect width='1em'/>",
                "<rect width='2' rx='1'/>",
                "<style>path { fill: red }</style>",
            )
        ),
    ],
)
def test_what_is_not_plain_is_left_to_weasyprint(svg: str) -> None:
    assert url(svg) not in Drawings()


def test_broken_addresses_are_left_to_weasyprint() -> None:
    assert f"{PREFIX}!" not in Drawings()
    assert "data:image/png;base64,AAAA" not in Drawings()
