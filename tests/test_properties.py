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
def test_repair_keeps_the_number_of_lines_and_is_done_after_one_run(lines: list[str]) -> None:
    once, _ = repair(tuple(lines), "any.md")
    assert len(once) == len(lines)


@given(
    st.lists(
        st.sampled_from(["“Größe”", "naïve café", "x² ≤ y₁", "Straße — Öl", "→ ∂L/∂w", "don’t"]), min_size=2
    )
)
def test_repair_undoes_double_encoding(lines: list[str]) -> None:
    garbled = tuple(line.encode().decode("cp1252", errors="ignore") for line in lines)
    assert repair(garbled, "any.md")[0] == tuple(lines)


@given(st.text())
def test_repair_leaves_healthy_text_alone(text: str) -> None:
    lines = tuple(text.split("\n"))
    healthy = any(ord(ch) > 0xFF and ch not in "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ" for ch in text)
    if healthy:
        assert repair(lines, "any.md") == (lines, ())
