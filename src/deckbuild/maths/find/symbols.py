"""Letters that a document uses as symbols, which is evidence wherever else they stand in it."""

from __future__ import annotations

from collections.abc import Iterable

from deckbuild.machine.regex import regex
from deckbuild.maths.find.addresses import masked
from deckbuild.model import AnyBlock, CodeSpan, Strong, inline_runs, inner_blocks, inner_inlines
from deckbuild.model.text import block_text, inline_text

_DEFINED = regex(r"(?<![\w.'’])([A-Za-zα-ωΑ-Ω])(?:[₀-₉ₐ-ₜ]|_\w)?\s*(?:=(?!=)|∈|≔|:=|←)")
_DEFINES = regex(r"[=∈≔←]")
_ARGUMENTS = regex(r"(?<=[A-Za-z])\(([A-Za-z](?:\s*[,;|]\s*[A-Za-z])*)\)")
_LETTER = regex(r"[A-Za-z]")
_NEVER = frozenset("aI")


def symbols(blocks: Iterable[AnyBlock]) -> frozenset[str]:
    """Single letters in bold or code, as arguments (`f(x, y)`), or before a sign that defines them."""
    found: set[str] = set()
    for outer in blocks:
        text = masked(block_text((outer,)))
        if _DEFINES.search(text):
            found.update(_DEFINED.findall(text))
        for arguments in _ARGUMENTS.findall(text):
            found.update(_LETTER.findall(arguments))
        for block in inner_blocks(outer):
            for run in inline_runs(block):
                for element in inner_inlines(run):
                    if isinstance(element, CodeSpan | Strong):
                        marked = (
                            element.text if isinstance(element, CodeSpan) else inline_text(element.content)
                        )
                        if len(marked.strip()) == 1 and marked.isalpha():
                            found.add(marked.strip())
    return frozenset(found) - _NEVER
