"""Marks of footnotes that the document doesn't tell: `text[^1]` without `[^1]: …`."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuild.machine.regex import regex
from deckbuild.model import Diagnostic, Note, Section, Text, inline_runs, inner_blocks, inner_inlines, walk
from deckbuild.report.diagnostics import Code

_MARK = regex(r"(?<=[\w.,;:!?)”\"»。，])\[\^(?P<label>[\w-]{1,40})\](?![\w+*?{(\[|$])")
"""Right behind a word or a stop, and nothing behind it that a regular expression has behind a set of letters."""


def untold(root: Section, source: str) -> Iterator[Diagnostic]:
    """A warning for each such mark in running text."""
    for text in _texts(root):
        for mark in _MARK.finditer(text.text) if "[^" in text.text else ():
            yield Code.UNTOLD_FOOTNOTE.at(source, text.span.line, label=mark["label"])


def _texts(root: Section) -> Iterator[Text]:
    parts = (part for section, _ in walk(root) for part in section.body)
    outer = (
        b for part in parts for b in ((*part.question, *part.answer) if isinstance(part, Note) else (part,))
    )
    runs = (run for block in outer for inner in inner_blocks(block) for run in inline_runs(inner))
    return (element for run in runs for element in inner_inlines(run) if isinstance(element, Text))
