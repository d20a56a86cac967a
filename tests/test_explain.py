"""What became of each line: the text, the page, and the words that no owner has."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from msgspec.structs import replace

from conftest import Case, read_cases
from deckbuild.cli import cli
from deckbuild.collection.collection import one
from deckbuild.commands.explain import Explanation, as_html, explain
from deckbuild.commands.explain_text import WIDTH, as_text
from deckbuild.commands.kept_models import read as read_kept
from deckbuild.decode.source import Source, decode, load
from deckbuild.ledger.conserved import lost_words
from deckbuild.machine import templates
from deckbuild.model import Document, Fate, List, Note
from deckbuild.read import extract
from test_properties import MARKDOWN

SOURCES = sorted((Path(__file__).parent.parent / "sources").glob("*.*"))
CASES = [
    case
    for name in ("shapes", "layouts", "derive", "ledger", "diagnostics")
    for case in read_cases(f"{name}.md")
]
DOCUMENT = """# Ports

Some prose,
of two lines.

More prose.

### Q1: What is <b>a socket</b> & why?
**Answer:** One end.

- of a connection

### Q2: What else?
**Answer:** [to be written]

## Numbers
| Name | Port |
|---|---|
| http | 80 |
| ssh | 22 |

[unused]: http://example.org
"""


DIARY = """# Walks in May

We walked a lot, and here is what I remember of it, written down much later.

## The river

We left early and met nobody until noon. Then it rained for an hour.

The ferry was late, as ever.

## The hill

The path was steep, and the view worth it. We took photographs of all of it.

- bread
- cheese

## The woods

It rained, so we took the short way home.
"""


@cache
def example(path: Path) -> tuple[Source, Document]:
    """One of the example documents, read once."""
    collection = one([path], path.parent)
    name = collection.source(path)
    return load(path, name), read_kept(path, name, collection.preferences(name))


def kept_whole(case: Case) -> object:
    return pytest.param(case, id=case.title)


def explained(text: str) -> Explanation:
    source = decode(text.encode(), "ports.md")
    return explain(source, extract(source))


def plain(text: str) -> list[str]:
    return [click.unstyle(line) for line in as_text(explained(text))]


def part(lines: list[str], title: str) -> list[str]:
    """The lines below the one with a title, up to the next blank line."""
    start = next(at for at, line in enumerate(lines) if title in line) + 1
    return [*lines[start:], ""][: [*lines[start:], ""].index("")]


class TestText:
    def test_every_line_has_its_number_fate_owner_or_reason_and_beginning(self) -> None:
        lines = plain(DOCUMENT)
        assert lines[:3] == [
            " 1  structure heading            # Ports",
            " 2  blank",
            " 3  prose     paragraph          Some prose,",
        ]
        assert lines[7] == " 8  note      note:8.question    ### Q1: What is <b>a socket</b> & why?"
        assert lines[12] == "13  dropped   placeholder        ### Q2: What else?"
        assert lines[21] == "22  prose     no rule matches it [unused]: http://example.org"

    def test_totals_count_every_line_once(self) -> None:
        totals = [line.split() for line in part(plain(DOCUMENT), "22 lines")]
        assert {fate: int(count) for count, _, _, fate in totals} == {
            "note": 3, "table": 4, "prose": 4, "structure": 2, "blank": 7, "dropped": 2
        }  # fmt: skip

    def test_notes_have_their_shape_and_what_spoke_for_them(self) -> None:
        found, rows = part(plain(DOCUMENT), "notes, and what spoke")
        assert found.startswith("  8-11: labelled parts: ")
        assert rows == "  19-20: 2 × table row"

    def test_gaps_come_longest_first(self) -> None:
        assert part(plain(DOCUMENT), "3 gaps") == [
            "  3-6: 3 prose lines: Some prose,",
            "  13-14: 2 dropped lines: ### Q2: What else?",
            "  22: 1 prose line: [unused]: http://example.org",
        ]

    def test_what_gave_no_notes_says_what_spoke_for_it_and_what_was_missing(self) -> None:
        lines = plain(DIARY)
        said = " ".join(map(str.strip, part(lines, "could have been notes")))
        assert re.fullmatch(r"5-18: 3 × heading of level 2 \(\d+% likely\): for it .+; missing .+", said)
        assert lines[4].split()[:5] == ["5", "structure", "like", "heading", "2"]
        assert said in html.unescape(as_html(explained(DIARY)))

    def test_fits_the_terminal_and_never_commands_it(self) -> None:
        lines = plain("## Q: What is \x1b[31m" + "漢" * 90 + "?\n**Answer:** \ta\u202eb" + "x" * 200)
        assert all(len(line) <= WIDTH and line.isprintable() for line in lines)
        assert max(len(line) + line.count("漢") for line in lines) == WIDTH

    def test_an_empty_file_has_no_lines(self) -> None:
        assert "0 lines" in plain("")[1]


def values(page: str, attribute: str) -> list[str]:
    return re.findall(rf' {attribute}="([^"]*)"', page)


class TestPage:
    @pytest.mark.parametrize("path", SOURCES, ids=[path.name for path in SOURCES])
    def test_holds_every_line_as_it_is(self, path: Path) -> None:
        source, document = example(path)
        page = as_html(explain(source, document))
        shown = re.findall(r'<td class="source[^>]*>(.*?)</td>', page, re.DOTALL)
        assert tuple(map(html.unescape, shown)) == source.lines
        assert values(page, "id") == ["top", *(f"L{number}" for number in range(1, len(shown) + 1))]

    def test_needs_nothing_else_and_says_what_it_is(self) -> None:
        page = as_html(explained(DOCUMENT))
        assert '<html lang="en">' in page
        assert "<title>ports.md explained</title>" in page
        assert not re.search(r"<(?:script|link|img|iframe)|url\(|@import| src=|<b>a socket", page)
        assert all(target.startswith("#") for target in values(page, "href"))

    def test_every_gap_is_reached_from_the_top_and_from_its_neighbours(self) -> None:
        page = as_html(explained(DOCUMENT))
        targets = [target.removeprefix("#") for target in values(page, "href")]
        assert set(targets) <= set(values(page, "id"))
        assert [targets.count(gap) for gap in ("L3", "L13", "L22")] == [2, 3, 2]

    def test_a_fate_has_a_letter_besides_its_colour(self) -> None:
        assert len({fate[0] for fate in Fate}) == len(Fate)
        page = as_html(explained(DOCUMENT))
        for fate in ("note", "table", "prose", "structure", "blank", "dropped"):
            assert f'title="{fate}">{fate[0].upper()}</b>' in page

    def test_text_has_a_contrast_of_4_5_in_light_and_dark(self) -> None:
        for colours in schemes():
            paper, fates = colours["paper"], [colours[fate] for fate in Fate]
            tints = [paper, *(mixed(fate, paper, 0.14) for fate in fates)]
            texts = [colours[name] for name in ("ink", "soft", "link", "dropped", "blank")]
            pairs = [*product(texts[:3], tints), *((text, paper) for text in texts[3:])]
            pairs += [(colours["sign"], fate) for fate in fates]
            assert min(contrast(*pair) for pair in pairs) >= 4.5


Colour = tuple[float, ...]


def schemes() -> Iterator[dict[str, Colour]]:
    """The colours of the light scheme, then those of the dark one."""
    css = (templates.folder() / "explain" / "explain.css").read_text(encoding="utf-8")
    for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL):
        found = re.findall(r"--(\w+): #(\w\w)(\w\w)(\w\w);", block)
        yield {name: tuple(int(part, 16) / 255 for part in parts) for name, *parts in found}


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    return tuple(share * a + (1 - share) * b for a, b in zip(one, other, strict=True))


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def read(text: str) -> tuple[Source, Document]:
    source = decode(text.encode(), "doc.md")
    return source, extract(source)


class TestWords:
    @pytest.mark.parametrize("path", SOURCES, ids=[path.name for path in SOURCES])
    def test_none_is_lost_of_the_example_documents(self, path: Path) -> None:
        source, document = example(path)
        assert lost_words(source.lines, document) == {}

    @pytest.mark.parametrize("case", [kept_whole(case) for case in CASES])
    def test_none_is_lost_of_any_layout_but_those_that_are_told(self, case: Case) -> None:
        source, document = read(case.text)
        told = {problem.line for problem in document.diagnostics if problem.code == "cut-row"}
        assert lost_words(source.lines, document).keys() == told

    @pytest.mark.parametrize(
        "line",
        [
            "What is a lock? #ships  #canals/old <!-- mend -->",
            "What is a lock? #ships #canals",
            "What is a lock? ![[lock.png|a lock|300x200]] ![[gate.png|40]]",
        ],
    )
    def test_markers_are_no_words(self, line: str) -> None:
        source, document = read(f"## Q1: {line}\n**Answer:** A chamber.\n")
        assert lost_words(source.lines, document) == {}

    def test_a_lost_block_is_told_with_its_lines(self) -> None:
        source, document = read("## Q: Why?\n**Answer:** First.\n\n- second thing\n- third thing\n")
        (note,) = document.root.body
        assert isinstance(note, Note)
        kept = tuple(block for block in note.answer if not isinstance(block, List))
        damaged = replace(document, root=replace(document.root, body=(replace(note, answer=kept),)))
        assert lost_words(source.lines, damaged) == {4: ("second", "thing"), 5: ("third", "thing")}

    def test_a_cell_beyond_the_header_is_told(self) -> None:
        source, document = read("| a | b |\n|---|---|\n| 1 | 2 | 2 |\n")
        assert lost_words(source.lines, document) == {3: ("2",)}

    def test_lines_with_lost_words_are_marked(self) -> None:
        text = "| a | b |\n|---|---|\n| 1 | 2 | more words |\n"
        lines = plain(text)
        assert lines[2].startswith("3! table")
        assert part(lines, "! words") == ["  3: more words"]
        assert "Missing from line 3:" in as_html(explained(text))


@given(MARKDOWN)
def test_any_text_is_explained_line_by_line(text: str) -> None:
    explanation = explained(text)
    claims = [claim.span for group in explanation.groups for claim in group.claims]
    numbers = [line for span in claims for line in range(span.line, span.end_line + 1)]
    assert numbers == list(range(1, len(explanation.lines) + 1))
    assert len(list(as_text(explanation))) >= len(numbers)


class TestCommand:
    @pytest.fixture
    def document(self, tmp_path: Path) -> Path:
        path = tmp_path / "ports.md"
        path.write_text(DOCUMENT, encoding="utf-8")
        return path

    def run(self, *arguments: str | Path, color: bool = False) -> Result:
        return CliRunner().invoke(cli, ["explain", *map(str, arguments)], color=color)

    def test_shows_the_ledger_and_writes_nothing(self, document: Path) -> None:
        result = self.run(document)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.splitlines() == plain(DOCUMENT)
        assert list(document.parent.iterdir()) == [document]

    def test_colours_a_terminal_unless_no_color_is_set(
        self, document: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("NO_COLOR", raising=False)
        assert "\x1b[" in self.run(document, color=True).stdout
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b[" not in self.run(document, color=True).stdout

    def test_writes_the_page_instead(self, document: Path, tmp_path: Path) -> None:
        result = self.run(document, "--html", tmp_path / "out/ports.html")
        assert (result.exit_code, result.stdout) == (0, "")
        assert (tmp_path / "out/ports.html").read_text(encoding="utf-8") == as_html(explained(DOCUMENT))

    @pytest.mark.parametrize("name", ["ports.md", "deckbuild.lock", "deckbuild.toml", "ports.htm"])
    def test_overwrites_pages_only(self, document: Path, name: str) -> None:
        asked = document.rename(document.with_name("ports.htm")) if name == "ports.htm" else document
        path = document.with_name(name)
        path.touch()
        before = path.read_bytes()
        assert self.run(asked, "--html", path).exit_code == 2
        assert path.read_bytes() == before

    @pytest.mark.parametrize("path", ["nowhere.md", "."])
    def test_what_is_no_document_is_wrong_usage(self, document: Path, path: str) -> None:
        assert self.run(document.parent / path).exit_code == 2

    def test_what_is_no_text_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "image.md").write_bytes(b"GIF89a\0\1")
        result = self.run(tmp_path / "image.md")
        assert (result.exit_code, "[not-text]" in result.stderr) == (1, True)
