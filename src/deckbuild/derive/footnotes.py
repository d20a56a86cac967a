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
    for section, _ in walk(root):
        for part in section.body:
            outer = (*part.question, *part.answer) if isinstance(part, Note) else (part,)
            for block in (inner for b in outer for inner in inner_blocks(b)):
                for run in inline_runs(block):
                    for element in inner_inlines(run):
                        if isinstance(element, Text) and "[^" in element.text:
                            for mark in _MARK.finditer(element.text):
                                yield Code.UNTOLD_FOOTNOTE.at(source, element.span.line, label=mark["label"])
