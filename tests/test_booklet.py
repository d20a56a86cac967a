"""The study booklet as a reader of PDF sees it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from itertools import chain, pairwise

import pytest
from pypdf import PdfReader

from conftest import needs_pango
from deckbuild.collection.print_settings import Print
from deckbuild.decode.source import decode
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Diagnostic, Library
from deckbuild.model.text import block_text
from deckbuild.paper.booklet import booklet as paper_booklet
from deckbuild.paper.booklet.booklet import booklet
from deckbuild.paper.booklet.booklet_content import parts
from deckbuild.paper.sheet.sheet import sheet
from deckbuild.read import extract
from pdf_reading import bookmarks, structure, words
from sheet_points import runs

pytestmark = needs_pango

Writer = Callable[[Library], tuple[bytes, tuple[Diagnostic, ...]]]

SEA = """# The sea

## Tides

### Why are there two high tides a day?

The moon pulls on the near side more than on the centre, and on the far side less. {long}

### What is a neap tide?

```python
height = moon - sun
```

| Tide | Range |
|---|---|
| spring | large |

## Winds

| Wind | Speed |
|---|---|
| gale | 17 m/s |

A current turns with ==depth==.
"""
SHIPS = "# Ships\n\n### What is a keel?\n\nThe lowest beam of a ship.\n\n**Follow-up:** And a bilge?\n"


def library(*texts: str) -> Library:
    sources = texts or (SEA.format(long="It turns. " * 1500), SHIPS)
    documents = [extract(decode(text.encode(), f"{number}.md")) for number, text in enumerate(sources)]
    return collate(documents, Lock("0" * 32), 1_780_012_800, "Sea").library


def reader(library: Library, settings: Print | None = None) -> PdfReader:
    data, problems = booklet(library, settings or Print())
    assert problems == ()
    return PdfReader(io.BytesIO(data))


@cache
def whole() -> PdfReader:
    """The booklet of both documents."""
    return reader(library())


def test_every_question_is_printed_with_its_whole_answer() -> None:
    found = words(whole())
    assert found.count("turns.") == 1500
    order = [
        "1 Why are there",
        "2 What is a neap tide?",
        "height = moon",
        "spring",
        "gale",
        "depth",
        "3 What is a keel?",
    ]
    assert sorted(order, key=found.index) == order
    assert "Questions: 3 · Documents: 2 · 2026-05-29" in found


def test_contents_name_the_page_on_which_each_section_stands() -> None:
    pdf = whole()
    contents = " ".join(pdf.pages[0].extract_text().split())
    named = {
        title.strip(" ."): int(page)
        for title, page in re.findall(r"([A-Z][a-z ]+?)[ .]*(\d+)(?= |$)", contents)
    }
    pages = {title: page for level, title, page in bookmarks(pdf) if level in (2, 3)}
    assert {title: named[title] for title in ("The sea", "Tides", "Winds", "Ships")} == {
        title: pages[title] for title in ("The sea", "Tides", "Winds", "Ships")
    }
    assert pages["Winds"] > pages["Tides"]


def test_long_contents_stand_in_two_columns_of_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_booklet, "LEVELLED", 0)  # the pages behind the contents are set once
    bays = {sea: [f"Bay {sea}.{n}" for n in range(13)] for sea in range(5)}
    chapters = [
        f"# Sea {sea}\n\n" + "".join(f"## {bay}\n\n### What is {bay}?\n\nWater.\n\n" for bay in of_sea)
        for sea, of_sea in bays.items()
    ]
    first, second, *_ = reader(library(*chapters)).pages
    found = re.findall(r"Sea \d\b|Bay \d\.\d+", first.extract_text())
    assert sorted(found) == sorted([*(f"Sea {sea}" for sea in bays), *chain.from_iterable(bays.values())])
    assert "..." not in second.extract_text()


def test_bookmarks_lead_to_chapters_sections_and_questions() -> None:
    assert [(level, title) for level, title, _ in bookmarks(whole())] == [
        (1, "Sea"),
        (2, "The sea"),
        (3, "Tides"),
        (4, "1 Why are there two high tides a day?"),
        (4, "2 What is a neap tide?"),
        (3, "Winds"),
        (2, "Ships"),
        (3, "3 What is a keel?"),
    ]


def test_pages_are_numbered_and_name_their_chapter() -> None:
    pages = [" ".join(page.extract_text().split()) for page in whole().pages]
    assert all(page.endswith(f"{number}/{len(pages)}") for number, page in enumerate(pages, 1))
    assert all("The sea" in page for page in pages[1:])


def test_a_headings_level_is_never_skipped() -> None:
    levels = [int(kind[2]) for kind, _ in structure(whole()) if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(low - high <= 1 for high, low in pairwise(levels))


def test_a_chapter_goes_on_where_little_of_a_page_is_filled() -> None:
    def second_page(sentences: int) -> str:
        chapter = "# Knot {0}\n\n### What is knot {0}?\n\n" + "It holds a rope. " * sentences
        return reader(library(chapter.format(1), chapter.format(2))).pages[1].extract_text()

    assert second_page(300).startswith("Knot 2")
    shared = second_page(500)
    assert shared.index("It holds") < shared.index("What is knot 2?")


def test_one_column_is_read_more_easily() -> None:
    single = reader(library(), Print(booklet_columns=1))
    assert words(single).count("turns.") == 1500


def test_the_parts_of_a_chapter_have_each_heading_once() -> None:
    found = [part.headings for part in parts(library())]
    assert found == [
        ((1, "The sea"), (2, "Tides")),
        (),
        ((2, "Winds"),),
        (),
        ((1, "Ships"),),
    ]


def test_an_empty_library_gives_a_page_with_its_name() -> None:
    assert words(reader(Library("Nothing yet", (), ()))).startswith("Nothing yet")


@pytest.mark.parametrize("write", [sheet, booklet])
def test_an_answer_below_options_is_told_apart_from_them(write: Writer) -> None:
    options = "- [ ] bowline\n- [x] sheet bend\n- [ ] clove hitch"
    other = "## Q2. Which one makes a loop?\n\nThe bowline."
    data, _ = write(library(f"# Knots\n\n## Q1. Which one joins two ropes?\n\n{options}\n\n{other}\n"))
    left = min(run.x for run in runs(0, PdfReader(io.BytesIO(data)).pages[-1]))
    found = [
        run.x
        for page in PdfReader(io.BytesIO(data)).pages
        for run in runs(0, page)
        if run.text == "sheet bend"
    ]
    option, answer = found
    assert left + 1 < option < answer - 1


def test_a_table_that_fits_into_no_column_runs_over_the_page() -> None:
    head = " | ".join(f"Heading {n}" for n in range(12))
    cells = " | ".join(f"value{n} of_a_longer_identifier_{n}" for n in range(12))
    rows = "\n".join(f"| tide{n} | {cells} |" for n in range(3))
    pdf = reader(library(f"# Sea\n\n## Tides\n\n| Tide | {head} |\n|{'---|' * 13}\n{rows}\n"))
    found = [run for run in runs(1, pdf.pages[-1]) if run.text.strip().startswith("Heading")]
    assert len(found) == 12
    said = pdf.pages[-1].extract_text()
    assert all(f"tide{n}" in said.split() for n in range(3)), "no short word is broken"
    middle = float(pdf.pages[-1].mediabox[2]) / 2 * 25.4 / 72
    assert min(run.x for run in found) < middle < max(run.x for run in found)


def test_words_of_a_table_with_many_columns_are_whole_or_have_a_hyphen() -> None:
    heads = "Station January March April May June July September October November December Minimum Maximum Mean".split()
    rows = (heads, ["---"] * len(heads), [f"{n}.5" for n in range(len(heads))])
    pdf = reader(library("# Sea\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)))
    assert set(heads) <= set(words(pdf).split())


def test_formulas_with_a_name_are_printed_where_they_stand() -> None:
    text = "# Sea\n\n## Drift\n\n**Drift rule:**\n\n```\nw_new = w_old - η·g\n```\n\n## What is a keel?\n\nA beam.\n"
    found = words(reader(library(text)))
    assert found.index("Drift rule") < found.index("What is a keel?")


def test_one_entry_needs_no_contents() -> None:
    pdf = reader(library("# Ships\n\n### What is a keel?\n\nThe lowest beam.\n"))
    assert len(pdf.pages) == 1
    assert "...." not in pdf.pages[0].extract_text()


def test_a_box_of_which_some_is_marked_and_a_table_with_its_announcement_are_whole() -> None:
    text = (
        "# Sea\n\n> [!tip] Depth\n> A current ==turns== with it.\n> So does heat.\n\n"
        "Measured at the coast:\n\n| Wind | Speed |\n|---|---|\n| gale | 17 m/s |\n"
    )
    box, winds = (part.item.answer for part in parts(library(text)))
    assert [type(block).__name__ for block in (*box, *winds)] == ["Quote", "Paragraph", "Table"]


def test_marked_items_stand_below_what_they_belong_to() -> None:
    text = (
        "# Cells\n\n- Organs\n  - Liver\n    - makes {{c1::bile}}\n    - stores {{c1::sugar}}\n  - Kidney\n"
        "    - makes {{c1::urine}}\n"
    )
    said = [block_text(part.item.answer) for part in parts(library(text))]
    assert said == [
        "Organs › Liver\nmakes bile",
        "stores sugar",
        "Organs › Kidney\nmakes urine",
    ]
