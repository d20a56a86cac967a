"""Drawings that documents describe in a language of their own, and that neither cards nor paper draw."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuild.model import Blocks, CodeBlock, inner_blocks

_LANGUAGES = frozenset(
    """
    actdiag asymptote blockdiag bytefield circuitikz d2 ditaa dot erd excalidraw flow flowchart graphviz gv
    mermaid mindmap neato nomnoml nwdiag packetdiag pikchr plantuml plot puml seqdiag sequence structurizr
    svgbob symbolator tikz umlet vega vega-lite vegalite viz wavedrom wireviz zenuml
    """.split()
)
"""What kroki.io and Markdown editors draw, by the names that fences give it."""


def drawings(blocks: Blocks) -> Iterator[tuple[CodeBlock, str]]:
    """The blocks of code that describe a drawing, each with its language."""
    for outer in blocks:
        for block in inner_blocks(outer):
            if isinstance(block, CodeBlock):
                language = block.language.strip("{}.").casefold()
                if language in _LANGUAGES:
                    yield block, language
