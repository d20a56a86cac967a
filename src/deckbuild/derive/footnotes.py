"""Marks of footnotes that the document doesn't tell: `text[^1]` without `[^1]: …`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from deckbuild.model import (
    Diagnostic,
    Inlines,
    Note,
    Section,
    Text,
    footnote_marks,
    inline_runs,
    inner_blocks,
    inner_inlines,
    walk,
)
from deckbuild.model.text import inline_text
from deckbuild.report.diagnostics import Code


def untold(root: Section, source: str) -> Iterator[Diagnostic]:
    """A warning for each such mark in running text."""
    for before, text in (pair for run in _runs(root) for pair in _texts(run)):
        for mark in footnote_marks.untold(text.text, before) if "[^" in text.text else ():
            yield Code.UNTOLD_FOOTNOTE.at(source, text.span.line, label=mark["label"])


def _texts(run: Inlines) -> Iterator[tuple[bool, Text]]:
    """The texts of a run, and whether each stands right behind another element with text."""
    for before, element in pairwise((None, *inner_inlines(run))):
        if isinstance(element, Text):
            yield before is not None and inline_text((before,))[-1:].strip() != "", element


def _runs(root: Section) -> Iterator[Inlines]:
    parts = (part for section, _ in walk(root) for part in section.body)
    outer = (
        b for part in parts for b in ((*part.question, *part.answer) if isinstance(part, Note) else (part,))
    )
    return (run for block in outer for inner in inner_blocks(block) for run in inline_runs(inner))
