"""What of a document defines macros, and which paragraphs do nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckbuild.maths.set.macros import DEFINES, without_definitions
from deckbuild.model import (
    AnyBlock,
    CodeBlock,
    Formula,
    Paragraph,
    inline_runs,
    inner_blocks,
    inner_inlines,
)
from deckbuild.model.text import inline_text


def written(blocks: Iterable[AnyBlock]) -> Iterator[str]:
    """What may define macros: LaTeX, and lines of text that begin with a definition."""
    for outer in blocks:
        for formula in formulas(outer):
            yield formula.text
        for block in inner_blocks(outer):
            if isinstance(block, CodeBlock) and block.language in ("math", "latex", "tex"):
                yield block.text
            elif isinstance(block, Paragraph) and DEFINES.match(text := inline_text(block.content)):
                yield text


def defines(block: Paragraph) -> bool:
    """Whether a paragraph holds definitions of macros and nothing else."""
    text = inline_text(block.content)
    return "\\" in text and DEFINES.match(text) is not None and not without_definitions(text)[0].strip()


def formulas(outer: AnyBlock) -> Iterator[Formula]:
    """All formulas of a block, those of its inlines too."""
    for block in inner_blocks(outer):
        if isinstance(block, Formula):
            yield block
        for run in inline_runs(block):
            yield from (element for element in inner_inlines(run) if isinstance(element, Formula))
