"""Documents of other formats, each with all that its reader knows; `make accept` takes what the code now says."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import FIXTURES
from deckbuild.decode.source import decode
from deckbuild.ledger.ledger import verify
from deckbuild.model import SourceSpan
from deckbuild.model.changing import changed
from deckbuild.read import SUFFIXES, extract, read
from deckbuild.report.diagnostics import Failure
from deckbuild.syntax.formats.formats import BINARY
from test_golden import shown

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted((FIXTURES / "formats").glob("*.*"))
NAMES = [path.name for path in DOCUMENTS]


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_documents_of_other_formats_are_read_as_accepted(path: Path, accept: bool) -> None:
    golden = ROOT / "tests" / "golden" / "formats" / f"{path.name}.txt"
    text = shown(path)
    if accept:
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text, "`make accept` takes the new reading"


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_all_places_are_lines_of_the_file(path: Path) -> None:
    document = read(path, path.name)
    count = document.ledger[-1].span.end_line
    verify(document.ledger, count)
    spans: list[SourceSpan] = []

    def seen(value: object) -> None:
        if isinstance(value, SourceSpan):
            spans.append(value)

    changed((document.root, document.derived), seen)
    assert all(1 <= span.line <= span.end_line <= count for span in spans)


def test_make_knows_the_same_endings_as_the_collection() -> None:
    found = re.findall(r"-iname '\*(\.\w+)'", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert sorted(found) == sorted(SUFFIXES)


def questions(text: str, name: str) -> list[str]:
    """The first lines of what is asked in a text."""
    return [re.sub(r"^ *\d+ qa \[.*?\] ", "", line) for line in shown_text(text, name) if " qa [" in line]


@pytest.mark.parametrize("number", ["²", "9" * 6000, "-1", "0", " 7 ", "1e9", "", "٣", "1114111"])
@pytest.mark.parametrize("attribute", ["type=A start", "start"])
def test_numbers_of_attributes_may_be_anything(number: str, attribute: str) -> None:
    page = (
        f"<h2>What is ebb?</h2><ol {attribute}='{number}'><li>falling<li>water</ol>"
        f"<table><tr><td colspan='{number}' rowspan='{number}'>a<td>b<tr><td>c</table>"
    )
    document = extract(decode(page.encode(), "n.html"))
    verify(document.ledger, 1)


def shown_text(text: str, name: str) -> list[str]:
    from deckbuild.model import outline
    from deckbuild.model.text import block_text

    document = extract(decode(text.encode(), name))
    return [f"{n.span.line} qa [] {block_text(n.question)}" for n, _ in outline.notes(document)]


@pytest.mark.parametrize(
    "name",
    [f"a{suffix}" for suffix in SUFFIXES if suffix not in BINARY],
)
def test_empty_and_broken_files_make_no_notes(name: str) -> None:
    assert questions("", name) == []
    with suppress(Failure):
        assert questions("<<<;;\t,,\x0c\n", name) == []


@pytest.mark.parametrize(
    "text", ["{", '{"a"', '["a" "b"]', '{"a": tru}', '"a', "[1,,2]", '{"a": 1} x', "[" * 5_000]
)
def test_broken_json_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(Failure, match="wrong-format") as caught:
        extract(decode(b"\n" + text.encode(), "a.json"))
    assert caught.value.diagnostics[0].line == 2


def test_pages_nested_too_deeply_are_refused() -> None:
    with pytest.raises(Failure, match="wrong-format"):
        extract(decode(b"<div>" * 5_000 + b"What?", "a.html"))


def test_a_field_without_end_is_refused() -> None:
    with pytest.raises(Failure, match="wrong-format"):
        extract(decode(b'What is it?,"' + b"so\n" * 100_000, "a.csv"))
