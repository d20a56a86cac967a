"""Drawings that documents describe in a language of their own, and that neither cards nor paper draw."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuild.machine.regex import regex
from deckbuild.model import Blocks, CodeBlock, Html, inner_blocks

LANGUAGES = frozenset(
    """
    actdiag asymptote blockdiag bytefield circuitikz d2 ditaa dot erd excalidraw flow flowchart graphviz gv
    mermaid mindmap neato nomnoml nwdiag packetdiag pikchr plantuml plot puml seqdiag sequence structurizr
    svgbob symbolator tikz umlet vega vega-lite vegalite viz wavedrom wireviz zenuml
    """.split()
)
"""What kroki.io and Markdown editors draw, by the names that fences give it."""

_ELEMENT = regex(r"""<(?:pre|div)\b[^<>]*\bclass=["']?(?P<names>[^"'<>]*)""")


def drawings(blocks: Blocks) -> Iterator[tuple[CodeBlock | Html, str]]:
    """The blocks of code and HTML that describe a drawing, each with its language."""
    for outer in blocks:
        for block in inner_blocks(outer):
            if isinstance(block, CodeBlock):
                language = block.language.strip("{}.").casefold()
                if language in LANGUAGES:
                    yield block, language
            elif isinstance(block, Html) and (found := _ELEMENT.match(block.text.lstrip())):
                yield from ((block, name) for name in found["names"].split() if name in LANGUAGES)
