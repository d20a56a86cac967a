"""Marks of footnotes that the document doesn't tell: `text[^1]` without `[^1]: …`."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuild.model import Diagnostic, Note, Section, Text, inline_runs, inner_blocks, inner_inlines, walk
from deckbuild.model.footnote_marks import UNTOLD
from deckbuild.report.diagnostics import Code


def untold(root: Section, source: str) -> Iterator[Diagnostic]:
    """A warning for each such mark in running text."""
    for text in _texts(root):
        for mark in UNTOLD.finditer(text.text) if "[^" in text.text else ():
            yield Code.UNTOLD_FOOTNOTE.at(source, text.span.line, label=mark["label"])


def _texts(root: Section) -> Iterator[Text]:
    parts = (part for section, _ in walk(root) for part in section.body)
    outer = (
        b for part in parts for b in ((*part.question, *part.answer) if isinstance(part, Note) else (part,))
    )
    runs = (run for block in outer for inner in inner_blocks(block) for run in inline_runs(inner))
    return (element for run in runs for element in inner_inlines(run) if isinstance(element, Text))
