"""reStructuredText, with the directives and roles of Sphinx, read by docutils.

docutils tells lines of some elements only, so each is looked for in the file, on from the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from docutils import nodes
from docutils.core import publish_doctree
from docutils.utils import SystemMessage

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats import restructured_blocks as blocks
from deckbuild.syntax.formats.long_lines import refuse_paragraphs
from deckbuild.syntax.formats.reading import (
    DEEPEST,
    Reading,
    Unreadable,
    Writer,
    escaped,
    started,
    wrapped,
)
from deckbuild.syntax.formats.restructured_text import inline, inline_of
from deckbuild.syntax.formats.sphinx_names import register
from deckbuild.syntax.latex_rules import told_formula
from deckbuild.syntax.limits import text_lines

MOST_CHARACTERS = 250_000
"""Of one file, which take docutils some eight seconds: five times a long chapter."""

MOST_LINES = 30_000
"""Lines with text of one file: titles, items and fields of a few letters take docutils 200 µs each."""

MOST_COLUMNS = 100
"""Of a drawn table; docutils compares each with all others."""

MOST_TARGETS = 3_000
"""Targets without an address, each of which docutils hands to all that follow it: so many take it a second."""

MOST_PENDING = 500
"""Directives that docutils waits with until it has read the rest, which it then walks through for each."""

_TARGET = regex(r"\s*(?:\.\.\s+_(?!_)[^:]*:|\.\.\s+__:|__)\s*$")
_PENDING = regex(
    r"\s*\.\.\s+(?:class|rst-class|cssclass|contents|sectnum|section-numbering|target-notes|meta)::",
    re.IGNORECASE,
)
_HARD = "\x0f"
_LETTERED = ("upperalpha", "loweralpha")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_SETTINGS = {
    "report_level": 5, "halt_level": 6, "file_insertion_enabled": False, "raw_enabled": False,
    "input_encoding": "unicode",
    "smart_quotes": False, "doctitle_xform": False, "sectsubtitle_xform": False, "docinfo_xform": False,
    "syntax_highlight": "none", "_disable_config": True, "warning_stream": "", "line_length_limit": 200_000,
    "embed_stylesheet": False,
}  # fmt: skip


def read(lines: Sequence[str], name: str) -> Reading:
    """The elements of a document. Raises `Unreadable` beyond the limit."""
    text = "\n".join(lines)
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"it has more than {MOST_CHARACTERS:,} characters; split it")
    if (count := text_lines(lines)) > MOST_LINES:
        raise Unreadable(f"it has {count:,} lines of text, more than {MOST_LINES:,}; split it")
    if wide := next((n for n, line in enumerate(lines, 1) if line.count("+-") > MOST_COLUMNS), None):
        raise Unreadable(f"a table has more than {MOST_COLUMNS} columns", wide)
    for sign, most, what in (
        (_TARGET, MOST_TARGETS, "targets"),
        (_PENDING, MOST_PENDING, "directives such as class and contents"),
    ):
        if found := next(
            islice((n for n, line in enumerate(lines, 1) if sign.match(line)), most, None), None
        ):
            raise Unreadable(f"it has more than {most:,} {what}", found)
    refuse_paragraphs(lines)
    register(text)
    try:
        tree = publish_doctree(text, settings_overrides=_SETTINGS)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, SystemMessage) as error:
        raise Unreadable("docutils can't read it") from error
    reader = _Reader(lines)
    reader.blocks(tree, 1)
    return reader.out.reading(flows=True)


class _Reader:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.out = Writer()
        self.at = 1
        self.posed: SourceSpan | None = None
        self._depth = 0

    def find(self, text: str, line: int | None = None, whole: bool = False) -> int:
        """The line on which a text begins, looked for behind the last one; one that is the `whole` text, if any is."""
        first = next((part.strip() for part in text.split("\n") if part.strip()), "")
        start = max(self.at, (line or 1) - 2)
        if whole and (
            own := next(
                (n for n in range(start, len(self.lines) + 1) if self.lines[n - 1].strip() == first), 0
            )
        ):
            self.at = own
            return own
        for at in range(start, len(self.lines) + 1) if first else ():
            if first in self.lines[at - 1]:
                self.at = at
                return at
        return max(self.at, min(line or 1, len(self.lines)))

    def blocks(self, parent: nodes.Element, level: int) -> None:
        """The blocks in an element, below titles of a level."""
        self._depth += 1
        if self._depth > DEEPEST // 4:
            raise Unreadable("its parts are nested too deeply", self.at)
        for child in parent.children:
            if isinstance(child, nodes.Element):
                self.block(child, level)
        self._depth -= 1

    def block(self, node: nodes.Element, level: int) -> None:
        """One block."""
        out = self.out
        match node:
            case nodes.section():
                self.blocks(node, level + 1)
            case nodes.title() | nodes.subtitle():
                line = self.find(node.rawsource or node.astext(), None)
                self.at = line + 1
                out.gap()
                out.add(f"{'#' * min(6, max(1, level - 1))} {' '.join(inline(node).split())}", line)
                out.gap()
            case nodes.paragraph():
                self.paragraph(node)
            case nodes.rubric():
                out.gap()
                out.add(wrapped("**", inline(node)), self.find(node.rawsource or node.astext(), node.line))
                out.gap()
            case nodes.bullet_list() | nodes.enumerated_list():
                self.list(node, level)
            case nodes.definition_list():
                self.definitions(node, level)
            case nodes.field_list():
                self.fields(node, level)
            case nodes.literal_block() | nodes.doctest_block():
                blocks.code(self, node)
            case nodes.math_block():
                out.gap()
                out.add(told_formula(node.astext(), True), self.find(node.astext(), node.line))
                out.gap()
            case nodes.line_block():
                blocks.verse(self, node)
            case nodes.block_quote() | nodes.Admonition():
                blocks.quote(self, node, level)
            case nodes.table():
                blocks.table(self, node)
            case nodes.image():
                out.gap()
                out.add(inline_of(node), self.find(str(node.get("uri", "")), node.line))
                out.gap()
            case nodes.transition():
                out.gap()
                out.add("---", self.find("---", node.line))
                out.gap()
            case nodes.footnote() | nodes.citation():
                blocks.footnote(self, node)
            case nodes.comment() | nodes.substitution_definition():
                start = self.find(node.astext() or node.rawsource, node.line)
                count = node.astext().count("\n") + 1
                out.aside.update(dict.fromkeys(range(start, start + count), "a comment"))
            case nodes.topic() if "contents" in node.get("classes", ()):
                return
            case nodes.system_message() | nodes.target() | nodes.pending():
                return
            case nodes.caption() | nodes.legend() | nodes.attribution() | nodes.term():
                self.paragraph(node)
            case _ if node.get("exercise"):
                blocks.exercise(self, node, level)
            case _ if node.get("told"):
                blocks.told(self, node, level)
            case _ if node.get("fold"):
                blocks.fold(self, node, level)
            case _:
                self.blocks(node, level)

    def paragraph(self, node: nodes.Element) -> None:
        """A paragraph, line by line."""
        line = self.find(node.rawsource or node.astext(), node.line)
        self.out.gap()
        self.text(node, line)
        self.out.gap()

    def text(self, node: nodes.Element, line: int) -> None:
        """The lines of a text, the first of which is a line of the file."""
        text = inline(node).strip("\n")
        parts = text.split("\n")
        for number, part in enumerate(parts):
            if part.strip():
                place = min(line + number, len(self.lines))
                self.out.add(started(part.strip()).replace(_HARD, "\\"), place)
        self.at = max(self.at, min(line + len(parts) - 1, len(self.lines)))

    def list(self, node: nodes.Element, level: int) -> None:
        """Items; those of letters as lines, since Markdown has no such lists."""
        number = int(node.get("start", 1))
        kind, sign = node.get("enumtype", ""), ")" if node.get("suffix") == ")" else "."
        self.out.gap()
        for item in node.children:
            if kind in _LETTERED and number <= len(_ALPHABET):
                letter = _ALPHABET[number - 1]
                first = f"{letter.upper() if kind == 'upperalpha' else letter}{sign} "
            else:
                first = f"{number}{sign} " if isinstance(node, nodes.enumerated_list) else "- "
            with self.out.inside(first, "" if kind in _LETTERED else " " * len(first)):
                self.blocks(item, level)
            number += 1
        self.out.gap()

    def definitions(self, node: nodes.Element, level: int) -> None:
        """Terms, and what they mean below them."""
        for item in node.children:
            self.out.gap()
            for part in item.children:
                if isinstance(part, nodes.term):
                    self.text(part, self.find(part.rawsource or part.astext(), part.line, whole=True))
                elif isinstance(part, nodes.definition):
                    with self.out.inside(": ", "  "):
                        self.blocks(part, level)
        self.out.gap()

    def fields(self, node: nodes.Element, level: int) -> None:
        """Fields as labelled lines: `:Answer: Four` says `Answer: Four`."""
        for field in node.children:
            name, body = field.children[0].astext(), field.children[-1]
            self.out.gap()
            self.find(f":{name}:", field.line)
            if not body.children:
                self.out.add(f"{escaped(name)}:", self.at)
                continue
            with self.out.inside(f"{escaped(name)}: ", ""):
                self.blocks(body, level)
        self.out.gap()
