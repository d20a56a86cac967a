"""Images on paper: that they are there, within their bounds, and what becomes of bad ones."""

from __future__ import annotations

import base64
import io
import mimetypes
import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import astuple, replace
from pdfua import validate
from PIL import Image as Raster
from pypdf import PdfReader

from conftest import needs_pango
from deckbuild.collection import whole_images
from deckbuild.collection.media import gather
from deckbuild.collection.print_settings import Print
from deckbuild.collection.whole_images import is_hidden_picture
from deckbuild.decode.source import decode
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Diagnostic, Library, Medium
from deckbuild.paper import heavy_pictures, selection
from deckbuild.paper.booklet.booklet import booklet
from deckbuild.paper.cutouts.cutouts import cutouts
from deckbuild.paper.pictures import is_printable
from deckbuild.paper.press.pdf import RESOLUTION
from deckbuild.paper.press.tags import UNDESCRIBED
from deckbuild.paper.sheet.sheet import sheet
from deckbuild.read import extract
from deckbuild.report.diagnostics import Code, Failure
from pdf_reading import structure, words

pytestmark = needs_pango

Writer = Callable[[Library], tuple[bytes, tuple[Diagnostic, ...]]]
WRITERS = pytest.mark.parametrize("write", [sheet, booklet, cutouts])

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300"
height="200">%s<rect x="10" y="10" width="280" height="180" fill="#7ac"/></svg>"""


def png(width: int, height: int) -> bytes:
    data = io.BytesIO()
    Raster.radial_gradient("L").resize((width, height)).save(data, "PNG")
    return data.getvalue()


def shown(data: bytes) -> bytes:
    """A picture inside a drawing."""
    return b"<image width='9' height='9' href='data:image/png;base64,%s'/>" % base64.b64encode(data)


def library(folder: Path, text: str, **files: bytes) -> Library:
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    found = gather([extract(decode(text.encode(), "a.md"))], folder)
    assert not found.problems
    made, *_ = astuple(collate(found.documents, Lock("0"), 1_700_000_000, "Notes"))
    return replace(made, media=found.media)


def asked(answer: str) -> str:
    return f"# Sea\n\n## Q1: What is it?\n**Answer:** {answer}\n"


def alternatives(data: bytes) -> list[str]:
    elements = structure(PdfReader(io.BytesIO(data)))
    return [str(element["/Alt"]) for kind, element in elements if kind == "/Figure"]


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height in points of the images of a PDF as they are drawn, crop marks aside."""
    found: list[tuple[float, float]] = []

    def operand(operator: bytes, _: object, matrix: list[float], __: object) -> None:
        if operator == b"Do" and abs(matrix[0]) > 1:
            found.append((abs(matrix[0]), abs(matrix[3])))

    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_operand_before=operand)
    return found


@WRITERS
@pytest.mark.parametrize(
    "answer",
    [
        "![A tide](t.png)",
        "See [![A tide](t.png)](https://example.org/) there.",
        "\n\n- one ![A tide](t.png)\n- two",
        "\n\n| a | b |\n|---|---|\n| ![A tide](t.png) | x |",
        '\n\n<p align="center"><img src="t.png" alt="A tide" width="9999"></p>',
    ],
)
def test_an_image_is_printed_wherever_it_stands(tmp_path: Path, write: Writer, answer: str) -> None:
    data, problems = write(library(tmp_path, asked(answer), t_png=png(60, 40)))
    assert not problems
    assert "A tide" in alternatives(data)
    assert len(sizes(data)) >= 1
    assert "A tide" not in words(PdfReader(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("write", "height"), [(sheet, (210 - 19) / 4), (booklet, (297 - 36) / 2), (cutouts, 51)]
)
@pytest.mark.parametrize("size", [(3000, 40), (40, 3000), (2000, 2000)])
def test_a_large_image_stays_within_its_bounds(
    tmp_path: Path, write: Writer, height: float, size: tuple[int, int]
) -> None:
    data, _ = write(library(tmp_path, asked("![A tide](t.png) is long."), t_png=png(*size)))
    widest = {sheet: 91, booklet: 134, cutouts: 86}[write]
    assert sizes(data)
    for across, down in sizes(data):
        assert across <= widest * 72 / 25.4
        assert down <= height * 72 / 25.4 + 1


@pytest.fixture(scope="module")
def photograph() -> bytes:
    """An image of more pixels than paper shows, which hardly can be compressed."""
    data = io.BytesIO()
    Raster.effect_noise((2400, 1800), 30).convert("RGB").save(data, "JPEG")
    return data.getvalue()


@WRITERS
def test_a_photograph_has_no_more_pixels_than_paper_shows(
    tmp_path: Path, write: Writer, photograph: bytes
) -> None:
    data, problems = write(library(tmp_path, asked("![A tide](t.jpg)"), t_jpg=photograph))
    assert not problems
    (image,) = PdfReader(io.BytesIO(data)).pages[-1].images
    ((across, down),) = sizes(data)
    assert image.image
    assert image.image.width / across * 72 == pytest.approx(RESOLUTION, rel=0.01)
    assert image.image.height / down * 72 == pytest.approx(RESOLUTION, rel=0.01)
    assert len(data) < len(photograph) / 4


@WRITERS
def test_an_image_without_a_text_is_told_to_screen_readers(tmp_path: Path, write: Writer) -> None:
    data, _ = write(library(tmp_path, asked("The tide: ![](t.png)"), t_png=png(60, 40)))
    assert alternatives(data) == [UNDESCRIBED]
    printed = tmp_path / "print.pdf"
    printed.write_bytes(data)
    assert not validate(str(printed)).findings


def test_cards_of_many_images_go_on_upon_further_ones(tmp_path: Path) -> None:
    made = library(tmp_path, asked("![A tide](t.png)" * 12), t_png=png(900, 900))
    data, _ = cutouts(made, Print(cards_per_page=10))
    assert len(sizes(data)) == 12
    assert "card 1/" in words(PdfReader(io.BytesIO(data)))


@pytest.mark.parametrize(
    "inner",
    [
        b"<script>alert(1)</script>",
        b'<image href="file:///etc/hostname" width="9" height="9"/>',
        b'<image xlink:href="https://example.invalid/x.png" width="9" height="9"/>',
        b'<use href="file:///etc/x.svg#a"/>',
        b"<style>@import url(file:///etc/x.css); @font-face { font-family: x; src: url(file:///x) }</style>",
    ],
)
def test_svg_reads_no_files(
    tmp_path: Path, inner: bytes, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    mimetypes.init()  # which reads files of the system, once
    real = io.open

    def watched(file: object, *args: object, **named: object) -> object:
        opened.append(str(file))
        return real(file, *args, **named)  # type: ignore[call-overload]

    made = library(tmp_path, asked("![A tide](t.svg)"), t_svg=SVG % inner)
    monkeypatch.setattr("builtins.open", watched)
    data, problems = sheet(made)
    assert not problems
    assert alternatives(data) == ["A tide"]
    assert not [name for name in opened if name.startswith("/etc/")]
    assert "alert" not in words(PdfReader(io.BytesIO(data)))


HUGE = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    for kind, body in ((b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)), (b"IDAT", b""))
)
DEEP = io.BytesIO()
Raster.new("I;16", (9, 9), 30_000).save(DEEP, "PNG")
USES = {
    "copies": b'<g id="%s"><use href="#%s"/><use href="#%s"/></g>',
    "masks": b'<mask id="%s"><path mask="url(#%s)"/><path mask="url(#%s)"/></mask>',
    "clips": b"<clipPath id='%s'><path clip-path='url( \"#%s\" )'/><path style='clip-path:url(#%s)'/></clipPath>",
    "markers": b'<marker id="%s"><path marker-mid="url(#%s)" marker-end="url(#%s)" d="M0 0L1 1L2 2"/></marker>',
    "patterns": b'<pattern id="%s"><g fill="url(#%s)"><path/></g><path stroke="url(#%s)"/></pattern>',
}
"""Elements of one name that use those of the next twice."""


def chain(use: bytes, style: bytes = b"") -> bytes:
    """A drawing of thirty of them, the first of which is used."""
    names = [b"n%d" % number for number in range(31)]
    inner = b"".join(use % (own, below, below) for own, below in pairwise(names))
    return SVG % (style + inner + b'<path mask="url(#n0)"/>')


def spread(gradient: bytes, count: int = 1) -> bytes:
    """A drawing of shapes filled with a gradient."""
    stops = b'<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
    return SVG % (gradient.replace(b"/>", b">" + stops, 1) + b'<path fill="url(#g)"/>' * count)


STYLED = b'<mask id="%s"><path class="%s"/><path class="%s"/></mask>'
STYLES = b"<style>" + b"".join(b".n%d, x { mask: url(#n%d) }" % (n, n) for n in range(31)) + b"</style>"
FINE = b'<linearGradient id="g" spreadMethod="repeat" x2="0.00001"/></linearGradient>'
ROUND = b'<radialGradient id="g" spreadMethod="reflect" r=".01"/></radialGradient>'
TURNED = b'<linearGradient id="g" spreadMethod="reflect" gradientTransform="scale(1e-6)"/></linearGradient>'


@WRITERS
def test_an_image_that_can_not_be_shown_leaves_a_sign(tmp_path: Path, write: Writer) -> None:
    (tmp_path / "broken.png").write_bytes(png(300, 300)[:200])
    document = extract(decode(asked("![](gone.png) then ![](broken.png).").encode(), "a.md"))
    found = gather([document], tmp_path)
    made, *_ = astuple(collate(found.documents, Lock("0"), 1_700_000_000, "Notes"))
    printed, _ = write(replace(made, media=found.media))
    assert "[gone.png] then [broken.png]." in words(PdfReader(io.BytesIO(printed)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.png", png(300, 300)[:200]),
        ("t.png", HUGE),
        ("t.jpg", b"\xff\xd8\xff broken"),
        ("t.svg", b"<svg"),
        ("t.svg", SVG % b"<g>"),
        *(("t.svg", chain(use)) for use in USES.values()),
        ("t.svg", chain(STYLED, STYLES)),
        ("t.svg", SVG % b'<mask id="a"><path mask="url(#a)"/></mask><path mask="url(#a)"/>'),
        ("t.svg", spread(FINE)),
        ("t.svg", spread(ROUND, 600)),
        ("t.svg", spread(TURNED)),
        ("t.svg", SVG % shown(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n")),
        ("t.svg", SVG % (shown(png(5_000, 5_000)) * 2)),
        ("t.svg", b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg>&x;</svg>'),
    ],
)
def test_a_broken_image_is_told_and_kept_out_of_the_deck(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    found = gather([extract(decode(asked(f"![A tide]({name}) here").encode(), "a.md"))], tmp_path)
    assert [(d.code, d.source, d.line) for d in found.problems] == [("broken-image", "a.md", 4)]
    assert not found.media


def test_pictures_that_are_packed_unusually_have_a_limit_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_images, "MOST_PACKED", 1_500_000)
    texts = []
    for n in range(3):
        empty = io.BytesIO()
        Raster.new("L", (1_000, 1_000), n).save(empty, "PNG")
        (tmp_path / f"{n}.png").write_bytes(empty.getvalue())
        texts.append(f"![A tide]({n}.png)")
    found = gather([extract(decode(asked(" ".join(texts)).encode(), "a.md"))], tmp_path)
    assert [problem.code for problem in found.problems] == ["large-image"] * 2
    assert "pixels" in found.problems[0].message
    assert len(found.media) == 1


@pytest.mark.parametrize(
    ("data", "hidden"),
    [
        (png(9, 9), False),
        (HUGE, True),
        (b"BM" + bytes(60), True),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n", True),
        (SVG % b"", False),
        (b"p { color: red }", False),
        (b"", False),
    ],
)
def test_pages_read_pictures_of_few_kinds(data: bytes, hidden: bool) -> None:
    assert is_hidden_picture(data) == hidden


@WRITERS
def test_a_broken_image_shows_its_text(tmp_path: Path, write: Writer) -> None:
    (tmp_path / "t.svg").write_bytes(b"<svg")
    found = gather([extract(decode(asked("![A tide](t.svg) here").encode(), "a.md"))], tmp_path)
    made, *_ = astuple(collate(found.documents, Lock("0"), 1_700_000_000, "Notes"))
    printed, problems = write(made)
    assert not problems
    assert "A tide here" in words(PdfReader(io.BytesIO(printed)))


@WRITERS
def test_an_image_of_too_many_bits_is_for_cards_alone(tmp_path: Path, write: Writer) -> None:
    printed, problems = write(library(tmp_path, asked("![A tide](t.png) here"), t_png=DEEP.getvalue()))
    assert [(d.code, d.source, d.line) for d in problems] == [("unprintable-image", "a.md", 4)]
    assert "A tide here" in words(PdfReader(io.BytesIO(printed)))


@pytest.mark.parametrize(
    "data",
    [
        SVG % b'<path id="c"/><use href="#c"/><use xlink:href="#c"/>',
        SVG % b'<path id="c"/><g id="d"><use href="#c"/></g><use href="#d"/><use href="#d"/>',
        SVG % (b'<clipPath id="c"><path/></clipPath>' + b'<path clip-path="url(#c)"/>' * 9_000),
        SVG % (b'<marker id="m"><path/></marker><path marker-mid="url(#m)" d="M0 0%s"/>' % (b"L9 9" * 9_000)),
        spread(b'<linearGradient id="g" spreadMethod="repeat" x2=".1"/></linearGradient>', 90),
        spread(b'<linearGradient id="h" href="#g"/></linearGradient><linearGradient id="g" href="#h"/>'),
    ],
)
def test_what_is_drawn_a_few_times_is_no_reason_to_refuse(data: bytes) -> None:
    assert is_printable(Medium("a.svg", data))


def test_an_image_counts_as_lines_of_a_short_answer(tmp_path: Path) -> None:
    one = library(tmp_path, asked("![A tide](t.png)"), t_png=png(9, 9))
    two = library(tmp_path, asked("![A tide](t.png) ![A tide](t.png)"))
    assert [len(selection.questions(made)) for made in (one, two)] == [1, 0]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("", False),
        ('font-family="sans-serif"', False),
        ('font-family="Helvetica, Arial"', False),
        ('font-family="Courier New, monospace"', True),
    ],
)
def test_drawings_get_the_font_of_code_only_if_they_ask_for_it(
    tmp_path: Path, wanted: str, code: bool
) -> None:
    size = 'width="90" height="30"'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><text y="20" {wanted}>h</text></svg>'
    data, _ = booklet(library(tmp_path, asked("![h](h.svg)"), h_svg=drawing.encode()))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        dictionaries = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        fonts = {str(each["/BaseFont"]).partition("+")[2] for each in dictionaries if "/BaseFont" in each}
    assert ("Fira-Mono" in fonts) == code


BOXED = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80">{switch}'
    '<foreignObject width="90" height="60"><div xmlns="http://www.w3.org/1999/xhtml" style="font-size: 12px">'
    "<style>p {{}}</style>High<{tag}/>water comes late</div></foreignObject>{end}</svg>"
)


@pytest.mark.parametrize(
    ("tag", "switch", "end", "words"),
    [
        ("br", "", "", ["High", "water comes", "late"]),
        ("hr", "<switch>", "<text>Ebb</text></switch>", ["Ebb"]),
    ],
)
def test_words_that_a_drawing_sets_as_html_are_printed_and_what_else_it_holds_is_told(
    tmp_path: Path, tag: str, switch: str, end: str, words: list[str]
) -> None:
    drawing = BOXED.format(tag=tag, switch=switch, end=end).encode()
    data, problems = booklet(library(tmp_path, asked("![h](h.svg)"), h_svg=drawing))
    assert "\n".join(words) in PdfReader(io.BytesIO(data)).pages[-1].extract_text()
    assert [d.code for d in problems] == ["words-of-drawing"] * (tag == "hr")


def test_where_pages_take_too_long_the_heaviest_picture_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heavy_pictures, "LEAST", 0)
    text = "# A\n\n## What is a?\n\n![x](small.svg)\n\n## What is b?\n\n![y](large.svg)\n\n## What is c?\n\nThat.\n"
    made = library(tmp_path, text, **{"small.svg": SVG % b"", "large.svg": SVG % (b"<g/>" * 99)})
    problem = Code.ENDLESS_PAGES.at("a.pdf", 1, why="they take long")
    (named,) = heavy_pictures.with_heaviest(Failure(problem), made).diagnostics
    assert named.message == f"{problem.message}; of the pictures large.svg takes most, probably (a.md:9)"
    other = Failure(Code.NO_PANGO.at("a.pdf", 1, command="x"))
    assert heavy_pictures.with_heaviest(other, made) is other
