"""What holds for any text at all."""

from __future__ import annotations

from hypothesis import given, settings
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
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_whole_ledger_and_no_exception(text: str) -> None:
    source = decode(text.encode(), "any.md")
    document = extract(source)
    verify(document.ledger, len(source.lines))
    assert codec.decode(codec.encode(document), Document) == document


@given(st.lists(st.text(alphabet=st.characters(codec="cp1252", exclude_characters="\r\n"))))
def test_repair_keeps_all_lines_that_it_tells_nothing_of(lines: list[str]) -> None:
    repaired, problems = repair(tuple(lines), "any.md")
    told = {problem.line for problem in problems}
    assert len(repaired) == len(lines)
    assert all(repaired[at] == line for at, line in enumerate(lines) if at + 1 not in told)


@given(
    st.lists(
        st.sampled_from(["“Größe”", "naïve café", "x² ≤ y₁", "Straße — Öl", "→ ∂L/∂w", "don’t"]), min_size=2
    )
)
def test_repair_undoes_double_encoding(lines: list[str]) -> None:
    garbled = tuple(line.encode().decode("cp1252", errors="ignore") for line in lines)
    assert repair(garbled, "any.md")[0] == tuple(lines)


@given(st.text(), st.sampled_from("λ→中ő"), st.text())
def test_repair_leaves_text_alone_that_holds_what_windows_1252_lacks(
    before: str, sign: str, after: str
) -> None:
    lines = tuple(f"{before}{sign}{after}".split("\n"))
    assert repair(lines, "any.md") == (lines, ())
