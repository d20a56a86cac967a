"""Code and mathematics keep their signs where those of prose around them are read as markup."""

from __future__ import annotations

from deckbuild.decode.source import decode
from deckbuild.model import outline
from deckbuild.model.text import block_text
from deckbuild.read import extract


def answer(text: str, name: str) -> str:
    note, _ = outline.notes(extract(decode(text.encode(), name)))[0]
    return block_text(note.answer)


def test_asterisks_in_code_that_holds_a_fence() -> None:
    text = "## How is it marked?\n\n**It ** is bold.\n\n~~~text\n```\n** keel **\n~~~\n\nSo it is.\n"
    assert "** keel **" in answer(text, "marks.md")


def test_looks_of_tex_in_a_chunk_and_in_mathematics() -> None:
    text = (
        "## How is it set?\n\nIn \\textbf{bold} type.\n\n"
        '```{r}\ncat("\\\\textbf{keel}")\n```\n\n$$\nx \\textbf{b}\n$$\n'
    )
    found = answer(text, "set.Rmd")
    assert "bold type" in found
    assert 'cat("\\\\textbf{keel}")' in found
    assert "x \\textbf{b}" in found
