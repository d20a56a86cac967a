"""What is measured in processes of its own: each function gives the seconds of its work alone."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from deckbuild.model import Kind, Library, Table, codec
from deckbuild.model.text import block_text, inline_text
from deckbuild.paper.sheet.sheet_pieces import Content


class Ready(msgspec.Struct):
    """A note as any writer could take it: its fields are HTML already."""

    values: tuple[str, ...]
    tags: tuple[str, ...]
    guid: str


def parse_alone(files: Sequence[Path]) -> float:
    """markdown-it-py by itself: CommonMark and tables, text to tokens."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.parse("warm *up*")
    seconds = 0.0
    for file in files:
        text = file.read_text(encoding="utf-8")
        start = time.perf_counter()
        parser.parse(text)
        seconds += time.perf_counter() - start
    return seconds


def read_and_extract(files: Sequence[Path]) -> float:
    """Bytes to documents, all of which are kept, as a build keeps them."""
    from deckbuild.decode.source import decode
    from deckbuild.read import extract, read

    extract(decode(b"warm *up*", "warm-up.md"))
    start = time.perf_counter()
    documents = [read(file, file.name) for file in files]
    seconds = time.perf_counter() - start
    assert documents
    return seconds


def render_fields(model: Path, ready: Path) -> float:
    """The notes of a library rendered, and left in a file for the other writer."""
    from deckbuild.cards import note_types
    from deckbuild.cards.stored import stored_notes

    library = codec.decode(model.read_bytes(), Library)
    types = note_types.note_types()
    start = time.perf_counter()
    notes = [Ready(note.values, note.tags, note.guid) for note in stored_notes(library, types)]
    seconds = time.perf_counter() - start
    ready.write_bytes(msgspec.json.encode(notes))
    return seconds


def write_deck(model: Path, package: Path) -> float:
    """Our package of a library, with the rendering of its notes."""
    from deckbuild.package.apkg import apkg

    library = codec.decode(model.read_bytes(), Library)
    start = time.perf_counter()
    package.write_bytes(apkg(library))
    return time.perf_counter() - start


def write_with_genanki(ready: Path, package: Path) -> float:
    """genanki's own package of notes whose fields are ready."""
    import genanki

    from deckbuild.cards import note_types

    ours = note_types.note_types()[Kind.QA]
    notes = msgspec.json.decode(ready.read_bytes(), type=list[Ready])
    start = time.perf_counter()
    model = genanki.Model(
        ours.id,
        ours.name,
        fields=[{"name": field.name} for field in ours.fields],
        templates=[{"name": t.name, "qfmt": t.front, "afmt": t.back} for t in ours.templates],
        css=ours.css,
    )
    deck = genanki.Deck(1, "Benchmark")
    for note in notes:
        deck.add_note(genanki.Note(model, list(note.values), tags=list(note.tags), guid=note.guid))
    genanki.Package(deck).write_to_file(str(package))
    return time.perf_counter() - start


def check_formulas(formulas: Sequence[str], cache: str) -> float:
    """Formulas judged by MathJax, from the import on; `cache` is the folder of the cache, "" for none."""
    os.environ["DECKBUILD_CACHE"] = cache
    start = time.perf_counter()
    from deckbuild.maths.check import mathjax

    assert all(mathjax.problem(tex) is None for tex in formulas)
    return time.perf_counter() - start


def recognise_formulas(formulas: Sequence[str], cache: str) -> float:
    """Formulas as people type them, each in a sentence, found and turned into LaTeX, but not checked."""
    from deckbuild.maths.find.spans import within

    sentences = [f"Here the step is {text} in all, as they say." for text in formulas]
    start = time.perf_counter()
    found = [[span for span in within(sentence) if span.verdict.accepted] for sentence in sentences]
    assert all(len(spans) == 1 for spans in found)
    return time.perf_counter() - start


def set_formulas(formulas: Sequence[str], cache: str) -> float:
    """Formulas as SVG, from the import on."""
    os.environ["DECKBUILD_CACHE"] = cache
    start = time.perf_counter()
    from deckbuild.maths.check import mathjax

    assert all(mathjax.svg(tex).width for tex in formulas)
    return time.perf_counter() - start


def print_formulas(formulas: Sequence[str], cache: str) -> float:
    """Formulas that are set already, laid out and painted by WeasyPrint, a line for each."""
    from deckbuild.model import Formula, SourceSpan
    from deckbuild.paper.formula_images import formula_html
    from deckbuild.paper.press.pdf import pdf

    os.environ["DECKBUILD_CACHE"] = cache
    pdf("<title>warm up</title>", "x.pdf")
    lines = [f"<p>{formula_html(Formula(SourceSpan(1, 1), tex, tex))}" for tex in formulas]
    start = time.perf_counter()
    pdf("<title>x</title>" + "".join(lines), "x.pdf")
    return time.perf_counter() - start


def set_sheet(model: Path, sheet: Path) -> float:
    """The sheet of a library, with the loading of WeasyPrint."""
    from deckbuild.paper.sheet import sheet as writer

    library = codec.decode(model.read_bytes(), Library)
    start = time.perf_counter()
    data, _ = writer.sheet(library)
    seconds = time.perf_counter() - start
    sheet.write_bytes(data)
    return seconds


def set_print(kind: str, model: Path, output: Path) -> float:
    """The booklet or the cut-outs of a library, with the loading of WeasyPrint."""
    from deckbuild.paper.booklet.booklet import booklet
    from deckbuild.paper.cutouts.cutouts import cutouts

    library = codec.decode(model.read_bytes(), Library)
    start = time.perf_counter()
    data, _ = {"booklet": booklet, "cutouts": cutouts}[kind](library)
    seconds = time.perf_counter() - start
    output.write_bytes(data)
    return seconds


def write_page(model: Path, page: Path) -> float:
    """The HTML of a library's sheet, for other setters."""
    from deckbuild.collection.print_settings import DEFAULT
    from deckbuild.paper.page_templates import PageTemplate
    from deckbuild.paper.press import layout
    from deckbuild.paper.press.balance import Levels
    from deckbuild.paper.sheet.sheet_pieces import across, in_columns

    library = codec.decode(model.read_bytes(), Library)
    content, paper = _content(library), layout.sheet(DEFAULT)
    html = PageTemplate("sheet/sheet.html.j2", library, DEFAULT, printed=0, asked=0).html(
        paper,
        wide=across(content, paper),
        pieces=in_columns(content, paper, "en"),
        level=Levels(),
        later=False,
    )
    page.write_text(html, encoding="utf-8")
    return 0


def set_with_browser(page: Path, output: Path, browser: str) -> float:
    """The same HTML, set by a browser."""
    start = time.perf_counter()
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={output}", page.as_uri()],
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - start


def set_with_typst(model: Path, output: Path) -> float:
    """The same content, set by Typst from its own markup in the same columns and type."""
    import typst

    from deckbuild.paper.press.fonts import FOLDER

    content = _content(codec.decode(model.read_bytes(), Library))
    lines = [
        '#set page("a4", flipped: true, columns: 3, numbering: "1/1")',
        "#set page(margin: (x: 8mm, top: 8mm, bottom: 11mm))",
        "#set columns(gutter: 5mm)",
        '#set text(font: ("Source Sans Pro", "DejaVu Sans"), size: 8.5pt)',
        "#set par(leading: 0.5em, spacing: 0.7em)",
    ]
    topic = ""
    for item in (*content.tables, *content.questions):
        if item.topic != topic:
            topic = item.topic
            lines.append(f"= {_typst(topic)}")
        for block in item.answer if not item.question else ():
            if isinstance(block, Table):
                cells = (cell for row in (block.header, *block.rows) for cell in row.cells)
                texts = "".join(f"[{_typst(inline_text(cell))}]," for cell in cells)
                lines.append(f"#table(columns: {len(block.header.cells)}, stroke: none, {texts})")
        if item.question:
            asked, answer = (_typst(block_text(side)) for side in (item.question, item.answer))
            lines.append(f"#block(breakable: false)[*{asked}* {answer}]")
    source = "\n\n".join(lines).encode()
    start = time.perf_counter()
    typst.compile(source, output=str(output), font_paths=[str(FOLDER)], ignore_system_fonts=True)
    return time.perf_counter() - start


def _content(library: Library) -> Content:
    from deckbuild.paper import selection

    return Content(selection.tables(library), selection.formulas(library), selection.questions(library))


def _typst(text: str) -> str:
    return re.sub(r"([\\#*_`$@<>\[\]=~/\-+])", r"\\\1", text)


def count_pages(sheet: Path) -> float:
    """The pages of a PDF."""
    from pypdf import PdfReader

    return len(PdfReader(sheet).pages)
