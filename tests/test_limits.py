"""Documents beyond the limits are refused, with their line; those within are read."""

from __future__ import annotations

import pytest

from deckbuild.decode.source import decode
from deckbuild.identity.deck_names import said
from deckbuild.model import outline
from deckbuild.read import extract
from deckbuild.report.diagnostics import Failure
from deckbuild.syntax import limits


def refusal(text: str) -> tuple[str, int]:
    with pytest.raises(Failure) as caught:
        extract(decode(text.encode(), "doc.md"))
    (problem,) = caught.value.diagnostics
    return problem.code, problem.line


def test_too_many_lines() -> None:
    assert refusal("x\n\n" * (limits.MOST_LINES + 1)) == ("too-long", 1)


def test_too_many_blank_lines() -> None:
    assert refusal("x" + "\n" * (limits.MOST_LINES_AT_ALL + 1)) == ("too-long", 1)


def test_too_many_cells() -> None:
    assert refusal("|" * (limits.MOST_BARS + 1)) == ("too-long", 1)


def test_too_many_fields() -> None:
    assert refusal("x" + "\tx" * (limits.MOST_BARS + 1)) == ("too-long", 1)
    assert limits.beyond(["\t" * (limits.MOST_BARS + 1) + "x"]) is None


def test_blank_lines_do_not_count() -> None:
    assert limits.text_lines(["", " ", "\t", "x"]) == 1


@pytest.mark.parametrize(
    "paragraph",
    [
        "[\n" * (limits.MOST_BRACKETS + 1),
        "*a " * (limits.MOST_SIGNS + 1),
        "*a **b " * limits.DEEPEST + "b** a* " * limits.DEEPEST,
        "x e" + "\u0301\u0323" * limits.MOST_ACCENTS,
    ],
)
def test_tangled_paragraph(paragraph: str) -> None:
    assert refusal(f"# Why?\n\n{paragraph}\n") == ("tangled", 3)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"| a | {'b' * limits.MOST_TITLES} |\n|---|---|\n| c | d |\n", 1),
        (f"{'[a][r] ' * 60}\n\n[r]: {'b' * 5_000}\n", 1),
        (f"{'so[^r] ' * 60}\n\n[^r]: {'b' * 5_000}\n", 1),
    ],
    ids=["titles of columns", "addresses", "footnotes"],
)
def test_what_repeats_long_texts_is_refused(text: str, line: int) -> None:
    assert refusal(text) == ("tangled", line)


def test_titles_and_tags_are_shortened() -> None:
    head = f"---\ntags: [{'t' * 900}, tide]\ndeck: {'d::' * 900}e\n---\n# {'w' * 9_000}\n\n"
    text = f"{head}## What is ebb?\n\nFalling water.\n"
    document = extract(decode(text.encode(), "doc.md"))
    ((note, titles),) = outline.notes(document)
    assert [len(title) for title in titles] == [outline.MOST_SHOWN + 1]
    assert note.tags == ("tide",)
    assert len(said(document)) <= 200


def test_rows_of_html_without_most_of_their_cells_are_no_table() -> None:
    text = "<table>\n<tr>" + "<td>" * 500 + "\n" + "<tr>\n" * 500
    assert not outline.notes(extract(decode(text.encode(), "doc.md")))


def test_letters_with_a_few_accents_are_read() -> None:
    word = "e" + "\u0301\u0323" * 10
    assert not extract(decode(f"# Why?\n\n{word * limits.MOST_ACCENTS}\n".encode(), "doc.md")).diagnostics


def test_many_brackets_in_code_are_read() -> None:
    code = "x = [1]\n" * (limits.MOST_BRACKETS + 1)
    read = extract(decode(f"# Why?\n\n```python\n{code}```\n".encode(), "doc.md"))
    assert not read.diagnostics


def test_fences_left_open_end_before_headings_up_to_a_number() -> None:
    text = "".join(f"# Why is it {number}?\n\n```python\nx\n\n" for number in range(30))
    read = extract(decode(text.encode(), "doc.md"))
    assert len(outline.notes(read)) == 21


@pytest.mark.parametrize(
    "line",
    ["1e" * 9_000 + " /", "a-" * 9_000 + "/", "$x$ " + "A+b" * 9_000 + "==", "\\(a = b " * 9_000 + "\\)"],
)
def test_a_long_line_of_signs_is_read(line: str) -> None:
    """What ends an address or a formula is looked for where one may begin; to try each place would take minutes."""
    assert extract(decode(f"# Data\n\n## What is it?\n\n{line}\n".encode(), "doc.md")).ledger
