"""Limits of drawings, packages, web pages, tables and printed pages: what is beyond them is refused, not tried."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from fontTools.ttLib import TTFont

from conftest import needs_pango
from deckbuild.collection import whole_images
from deckbuild.collection.whole_images import DRAWING, mode
from deckbuild.decode.source import decode
from deckbuild.machine.deadline import TimeIsUp
from deckbuild.machine.memory import memory_at_most
from deckbuild.model import Medium, Quote, outline
from deckbuild.package import reader
from deckbuild.package.apkg import apkg
from deckbuild.package.foreign import read_foreign
from deckbuild.package.reader import read_package
from deckbuild.paper.press import fonts, pdf
from deckbuild.paper.wrapped_code import broken
from deckbuild.read import extract
from deckbuild.report.diagnostics import Failure
from deckbuild.syntax import markdown
from deckbuild.syntax.formats import word
from deckbuild.syntax.formats.reading import Unreadable
from hand_made import library


def drawing(inner: str) -> Medium:
    return Medium("db-x.svg", f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'.encode())


class TestDrawings:
    @pytest.mark.parametrize(
        ("limit", "within", "beyond"),
        [
            ("MOST_SHAPES", "<g/>" * 9, "<g/>" * 10),
            ("MOST_SIGNS", "<path d='M0 0L99999'/>", "<path d='M0 0L999999'/>"),
            ("MOST_SIGNS", "<text>ten signs.</text>", "<text>eleven sign</text>"),
            ("MOST_MATCHES", "<style>a{}b{}</style><g/><g/><g/>", "<style>a{}b{}</style><g/><g/><g/><g/>"),
        ],
    )
    def test_so_much_can_be_drawn(
        self, monkeypatch: pytest.MonkeyPatch, limit: str, within: str, beyond: str
    ) -> None:
        mode.cache_clear()
        monkeypatch.setattr(whole_images, limit, 10)
        assert mode(drawing(within)) == DRAWING
        assert mode(drawing(beyond)) == ""
        mode.cache_clear()

    @pytest.mark.parametrize(
        "inner",
        [
            '<g id="a"><use href="#a"/></g><use href="#a"/>',
            '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
            '<image href="data:image/png;base64,AAAA"/>',
            '<image href="data:,"/>',
            "<g",
            '<style>rect{mask:url(#a)</style><mask id="a"><rect/></mask>',
        ],
    )
    def test_copies_of_themselves_and_broken_pictures_are_not(self, inner: str) -> None:
        assert mode(drawing(inner)) == ""

    def test_long_texts_are_read_once(self) -> None:
        assert mode(drawing(f"<text>{'word ' * 9_000}url(</text><style>{'url(' * 9_000}</style>")) == DRAWING

    def test_few_copies_of_copies_are_drawn(self) -> None:
        assert mode(drawing('<g id="a"><use href="#b"/></g><g id="b"/><use href="#a"/>')) == DRAWING


class TestPackages:
    def test_a_value_beyond_the_limit_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "old.apkg"
        path.write_bytes(apkg(library()))
        monkeypatch.setattr(reader, "LONGEST_TEXT", 100)
        with pytest.raises(Failure, match="more than 100 characters"):
            read_package(path)

    @pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
    @pytest.mark.parametrize("opened", [read_package, read_foreign])
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path, opened: Callable[[Path], object]) -> None:
        os.mkfifo(tmp_path / "old.apkg")
        with pytest.raises(Failure, match="regular file"):
            opened(tmp_path / "old.apkg")


class TestPages:
    @pytest.mark.skipif(sys.platform != "linux", reason="no other system tells how much a process has")
    def test_memory_ends_and_comes_back(self) -> None:
        with pytest.raises(MemoryError), memory_at_most(100_000_000):
            bytearray(900_000_000)
        assert len(bytearray(200_000_000)) == 200_000_000

    @pytest.mark.skipif(sys.platform != "linux", reason="no other system tells how much a process has")
    def test_libraries_may_start_threads(self) -> None:
        """For which malloc sets aside addresses, as many as it may have in all."""
        with memory_at_most(300_000_000), ThreadPoolExecutor(16) as pool:
            ready = Barrier(16)
            assert [*pool.map(lambda _: ready.wait(9) >= 0, range(16))] == [True] * 16

    @pytest.mark.parametrize(
        ("raised", "why"),
        [
            (MemoryError(), "far more memory than text needs"),
            (TimeIsUp(), "more than 4 seconds"),
            (RecursionError(), "nested too deeply"),
            (ValueError("odd"), "fails on a style or an element"),
        ],
    )
    def test_what_a_layout_may_take_is_told(self, raised: BaseException, why: str) -> None:
        with pytest.raises(Failure, match=why) as failure, pdf._bounded("n-sheet.pdf", 0):
            raise raised
        (problem,) = failure.value.diagnostics
        assert (problem.source, problem.code) == ("n-sheet.pdf", "endless-pages")

    @needs_pango
    def test_so_many_pages_are_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "PAGES", 2)
        monkeypatch.setattr(pdf, "PAGES_MORE", 0)
        page = "<p style='break-after: page'>x</p>"
        assert pdf.pdf(f"<html lang=en><title>x</title>{page}", "n.pdf").startswith(b"%PDF")
        with pytest.raises(Failure, match="endless-pages"):
            pdf.pdf(f"<html lang=en><title>x</title>{page * 4}", "n.pdf")


class TestFonts:
    def test_one_without_a_table_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "f.ttf"
        with TTFont(next(fonts.FOLDER.glob("*.ttf"))) as font:
            del font["name"]
            font.save(path)
        with pytest.raises(Failure, match="bad-font"):
            fonts.families((str(path),))

    def test_one_without_a_name_has_that_of_its_file(self, tmp_path: Path) -> None:
        path = tmp_path / "Sea.ttf"
        with TTFont(next(fonts.FOLDER.glob("*.ttf"))) as font:
            font["name"].names = []
            font.save(path)
        assert fonts.families((str(path),)) == ("Sea",)


class TestBoxes:
    @pytest.mark.parametrize(
        ("lines", "span"),
        [
            (
                ("\\begin{definition}[Ebb]", "", "\\begin{definition}[Flow]", "Rising.", "\\end{definition}"),
                (3, 4),
            ),
            (("\\begin{cor}", "A.", "\\begin{corollary}", "B.", "\\end{corollary}", "\\end{cor}"), (1, 5)),
        ],
    )
    def test_an_environment_ends_with_its_own_name_before_the_next(
        self, lines: tuple[str, ...], span: tuple[int, int]
    ) -> None:
        quotes = [block for block in markdown.blocks(lines) if isinstance(block, Quote)]
        assert [(quote.span.line, quote.span.end_line) for quote in quotes] == [span]


class TestTables:
    def test_of_many_pairs_in_a_row_one_may_be_what_the_row_was(self) -> None:
        cells = "".join(f"<td>term {n}</td><td>its meaning in words {n}</td>" for n in range(6))
        text = f"<table><tr>{'<th>Term</th><th>Meaning</th>' * 6}</tr><tr>{cells}</tr></table>\n"
        found = [note for note, _ in outline.notes(extract(decode(text.encode(), "n.md")))]
        assert [len(note.readings) for note in found] == [1, 0, 0, 0, 0, 0]


class TestFormats:
    @pytest.mark.parametrize(
        ("name", "text", "line"),
        [
            ("n.html", "<p>\n<p " + " ".join(f"a{n}" for n in range(3_000)) + ">x", 2),
            ("n.html", "<p " + "".join(f"a{n}='>' " for n in range(3_000)) + ">x", 1),
            ("n.csv", "x" * 300_000, 1),
            ("n.rst", ".. _a:\n" * 21_000, 3_001),
            ("n.rst", "".join(f".. _a{n}:\n" for n in range(9_000)), 3_001),
            ("n.rst", ".. class:: x\n\n" * 9_000, 1_001),
            ("n.rst", "A\n=\n\n" * 16_000, 1),
            ("n.csv", 'a,b\nc,"' + "x\n" * 150_000, 2),
        ],
    )
    def test_what_no_document_has_is_refused(self, name: str, text: str, line: int) -> None:
        with pytest.raises(Failure) as failure:
            extract(decode(text.encode(), name))
        (problem,) = failure.value.diagnostics
        assert (problem.code, problem.line) == ("wrong-format", line)

    @pytest.mark.parametrize(("place", "value"), [(8, 1), (10, 99), (42, 7)])
    def test_a_word_file_that_is_packed_otherwise_is_refused(self, place: int, value: int) -> None:
        """Encrypted, by an unknown way of packing, with its parts elsewhere: fields of the archive's list."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
        data = bytearray(file.getvalue())
        data[data.find(b"PK\1\2") + place] = value
        with pytest.raises(Unreadable, match=r"missing or broken|not an archive"):
            word.read(bytes(data), "n.docx")

    def test_much_in_one_attribute_is_fine(self) -> None:
        drawn = f"<svg><path d='{'M0 0 ' * 9_000}'/></svg>"
        document = extract(decode(f"<h2>What is ebb?</h2><p>Falling water.</p>{drawn}".encode(), "n.html"))
        assert document.ledger

    @pytest.mark.parametrize("separator", ['"', "\\", "é", "", " ", "tab", "\x85"])
    def test_any_separator_may_be_named(self, separator: str) -> None:
        text = f'#separator:{separator}\na"b"c\td\n'
        assert extract(decode(text.encode(), "n.csv")).ledger

    def test_long_lines_of_code_are_broken_in_one_way_through_them(self) -> None:
        parts = broken("a(b[c{d" * 20_000, 60)
        assert max(map(len, parts)) <= 60
        assert "".join(part.removeprefix("  ↪ ") for part in parts) == "a(b[c{d" * 20_000
