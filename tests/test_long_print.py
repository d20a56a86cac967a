"""Long prints in parts: page numbers, links and bookmarks of the whole, the same bytes on any machine."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from conftest import needs_pango
from deckbuild.collection.print_settings import Print
from deckbuild.model import Diagnostic, Library
from deckbuild.paper.booklet import booklet
from deckbuild.paper.cutouts import cutouts
from deckbuild.paper.press import long_print
from deckbuild.paper.press.long_print import cuts
from deckbuild.paper.sheet import sheet
from pdf_reading import bookmarks, structure
from test_booklet import library as from_texts

pytestmark = needs_pango

CHAPTER = "# Chapter {0}\n\n## Rules of {0}\n\n" + "".join(
    f"### What does rule {{0}}.{n} say?\n\n{'Add no water to the tank. ' * 20}\n\n" for n in range(9)
)


@pytest.fixture(autouse=True, scope="module")
def short_parts() -> Iterator[None]:
    """Prints of more than a page are long, and their parts short."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (booklet, cutouts, sheet):
            patch.setattr(module, "LONGEST", 1)
        patch.setattr(long_print, "PART", 1)
        patch.setattr(os, "cpu_count", lambda: 1)
        patch.setattr(cutouts, "PART", 4)
        yield


def library(chapters: int = 4) -> Library:
    return from_texts(*(CHAPTER.format(number) for number in range(1, chapters + 1)))


class Booklet(NamedTuple):
    """A booklet in parts, made by three processes, and what was told meanwhile."""

    data: bytes
    problems: tuple[Diagnostic, ...]
    told: list[tuple[int, int]]


@pytest.fixture(scope="module")
def made(short_parts: None) -> Booklet:
    told: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: 3)
        made = booklet.booklet(library(), progress=lambda done, count: told.append((done, count)))
    return Booklet(*made, told)


def codes(problems: tuple[Diagnostic, ...]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_long_booklet_has_right_numbers_links_and_bookmarks(made: Booklet) -> None:
    data, problems, told = made
    assert codes(problems) == ["untagged"]
    assert len(told) > 2
    assert told[-1] == (len(told), len(told))
    pdf = PdfReader(io.BytesIO(data))
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert all(page.endswith(f"{number}/{len(pages)}") for number, page in enumerate(pages, 1))
    places = {title: page for level, title, page in bookmarks(pdf) if level in (2, 3)}
    named = dict(re.findall(r"(Chapter \d|Rules of \d)[ .]+(\d+)", pages[0]))
    assert {title: int(page) for title, page in named.items()} == {
        title: page for title, page in places.items() if title in named
    }
    assert len(named) == 8
    assert all(title in pages[page - 1] for title, page in places.items())
    links = [link.get_object() for link in pdf.pages[0]["/Annots"]]
    assert {pdf.get_page_number(link["/Dest"][0].get_object()) + 1 for link in links} == {
        places[title] for title in named
    }


def test_a_long_sheet_names_the_topic_of_each_page() -> None:
    data, problems = sheet.sheet(library())
    pdf = PdfReader(io.BytesIO(data))
    assert codes(problems) == ["untagged"]
    assert [title for level, title, _ in bookmarks(pdf) if level == 2] == [
        f"Rules of {n}" for n in range(1, 5)
    ]
    last = " ".join(pdf.pages[-1].extract_text().split())
    assert last.endswith(f"2026-05-29 · {len(pdf.pages)}/{len(pdf.pages)}")
    assert "Sea › Rules of" in last


def test_long_cutouts_stay_in_pairs() -> None:
    data, problems = cutouts.cutouts(library())
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert codes(problems) == ["untagged"]
    assert len(pages) == 10
    assert all(
        f"Sheet {n // 2 + 1}/5, {'back' if n % 2 else 'front'}" in page for n, page in enumerate(pages)
    )


def test_the_number_of_processors_changes_no_byte(made: Booklet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert booklet.booklet(library())[0] == made.data


def test_what_is_asked_for_tagged_is_tagged() -> None:
    data, problems = booklet.booklet(library(2), Print(tagged=True))
    assert problems == ()
    assert sum(kind == "/H3" for kind, _ in structure(PdfReader(io.BytesIO(data)))) == 2


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ([1, 0, 0, 0, 0, 0, 0, 0, 0], [2, 6]),
        ([1, 0, 0, 1, 0, 0, 0, 0, 1], [3, 7]),
        ([2, 0, 1, 2, 2, 0, 0, 0, 0], [3, 7]),
        ([2, 0, 0, 0, 1, 2, 0, 0, 0], [2, 6]),
    ],
)
def test_parts_end_at_the_best_place_before_they_get_too_long(starts: list[int], ends: list[int]) -> None:
    pages = [0.5, 0.6, 0.2, 0.3, 0.1, 0.4, 0.5, 0.5, 0.2]
    assert [span.stop for span in cuts(pages, starts)] == [*ends, 9]
    assert [span.start for span in cuts(pages, starts)] == [0, *ends]
    assert cuts([], []) == [slice(0, 0)]
