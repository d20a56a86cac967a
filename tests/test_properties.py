"""What holds for any text at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckbuild.decode.repair import repair
from deckbuild.decode.source import decode
from deckbuild.ledger.ledger import verify
from deckbuild.model import Document, codec
from deckbuild.read import extract

PIECES = st.sampled_from(
    [
        "# ", "## Q1: ", "### ", "What is it?", "**Answer:** ", "**", "*", "- ", "    - ", "1. ", "→",
        "| a | b |", "|---|---|", "```", "> ", "---", "$x$", "$$",
        "==m==", "<details>", "Type", "Answer", "word",
        "?medium", "[a](#b)", "\t", "\\", "`", "é", "â€™", "\u2028", "",
    ]
)  # fmt: skip
TEXT = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cc", "Cs"]), st.sampled_from("\n\r\t\f"))
)
MARKDOWN = st.lists(st.lists(PIECES, max_size=5).map("".join), max_size=25).map("\n".join)


@given(st.one_of(MARKDOWN, TEXT))
def test_any_text_gives_a_whole_ledger_and_no_exception(text: str) -> None:
    source = decode(text.encode(), "any.md")
    document = extract(source)
    verify(document.ledger, len(source.lines))
    assert codec.decode(codec.encode(document), Document) == document


WORDS = ["“Größe”", "naïve café", "x² ≤ y₁", "Straße — Öl", "→ ∂L/∂w", "don’t"]
GARBLED = st.sampled_from([word.encode().decode("cp1252", errors="ignore") for word in WORDS])
WINDOWS_1252 = st.text(alphabet=st.characters(codec="cp1252", exclude_characters="\r\n"))


@given(st.lists(st.one_of(GARBLED, WINDOWS_1252)))
def test_repair_keeps_the_lines_and_tells_of_each_that_it_changes(lines: list[str]) -> None:
    repaired, problems = repair(tuple(lines), "any.md")
    changed = [
        number for number, pair in enumerate(zip(lines, repaired, strict=True), 1) if len(set(pair)) > 1
    ]
    assert [problem.line for problem in problems] == changed


@given(st.lists(st.sampled_from(WORDS), min_size=2))
def test_repair_undoes_double_encoding_and_is_done_after_one_run(lines: list[str]) -> None:
    garbled = tuple(line.encode().decode("cp1252", errors="ignore") for line in lines)
    assert repair(garbled, "any.md")[0] == tuple(lines)
    assert repair(tuple(lines), "any.md") == (tuple(lines), ())


WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""Characters of Windows-1252 beyond U+00FF."""


@given(st.text(), st.characters(min_codepoint=0x100, exclude_characters=WINDOWS), st.text())
def test_repair_leaves_text_with_other_characters_than_those_of_windows_1252_alone(
    before: str, other: str, after: str
) -> None:
    lines = tuple(f"{before}{other}{after}".split("\n"))
    assert repair(lines, "any.md") == (lines, ())
