"""Rows of one sign that part a text into blocks, `==========`, or frame a title, `== Keel ==`.

CommonMark knows rows of `-`, `*` and `_`. Below several lines it takes a row of `=` or `-` for the underline of a
title of that many lines, which people hardly write; they mean to part what stands above from what follows.
"""

from __future__ import annotations

from collections import Counter

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, lheading

from deckbuild.machine.regex import regex

_FIELDS = regex(r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*(?:[^\n]*:|[ \t]*-[ \t]|---|\{|\.\.\.)")
"""How front matter begins: three dashes, and below them a field, a list or nothing; longer rows part texts."""

_SIGNS = frozenset("=#+/\\•─━═—–－＝")
_ROW = regex(r"(?P<sign>.)(?P=sign){4,}\s*$")

_ENDS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
"""What such a row ends."""


def add_divider_rules(parser: MarkdownIt) -> None:
    """Teach a parser such rows; a row right below a single line is still the underline of a title."""
    parser.block.ruler.before("heading", "divider", _divider, _ENDS)
    parser.block.ruler.before("heading", "framed_title", _framed_title, _ENDS)
    parser.block.ruler.at("lheading", _underlined)
    front_matter = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "front_matter")

    def fields(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return start == 0 and bool(_FIELDS.match(state.src)) and front_matter(state, start, end, silent)

    parser.block.ruler.at("front_matter", fields, _ENDS)


def _divider(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1] not in _SIGNS or state.is_code_block(start):
        return False
    if not _ROW.match(state.src[at : state.eMarks[start]]):
        return False
    if silent:
        return True
    token = state.push("hr", "hr", 0)
    token.map, token.markup = [start, start + 1], state.src[at : at + 1] * 3
    state.line = start + 1
    return True


_FRAMED = regex(r"(?P<frame>={2,6}|-{3,}|\*{3,}|\+{3,})[ \t]+(?P<title>\S|\S.*?\S)[ \t]+(?P=frame)[ \t]*$")
_LEVEL = 3
"""The level of such a title whose frame tells none."""


def _framed_title(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A title between two rows on its own line, `== Keel ==` as wikis have it, where none has the signs of Markdown."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1] not in _FRAMES or state.is_code_block(start):
        return False
    match = _FRAMED.match(state.src[at : state.eMarks[start]])
    if not match or _has_headings(state):
        return False
    if silent:
        return True
    frame = match["frame"]
    token = state.push("heading_open", f"h{len(frame) if frame[0] == '=' else _LEVEL}", 1)
    token.map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = match["title"], [start, start + 1], []
    state.push("heading_close", token.tag, -1)
    state.line = start + 1
    return True


_FRAMES = frozenset("=-*+")
_HEADING = regex(r"(?m)^#{1,6}[ \t]+\S")


def _has_headings(state: StateBlock) -> bool:
    if "headings" not in state.env:
        state.env["headings"] = _HEADING.search(state.src) is not None
    return bool(state.env["headings"])


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A title of one line with its underline; several lines are a paragraph, and the row below parts."""
    if not lheading(state, start, end, silent):
        return False
    opened, inline, closed = state.tokens[-3:]
    row = state.line - 1
    if row - start < _LINES and not _is_parted(state, inline.content, row):
        return True
    opened.type, opened.tag, opened.map = "paragraph_open", "p", [start, row]
    closed.type, closed.tag = "paragraph_close", "p"
    inline.map = [start, row]
    token = state.push("hr", "hr", 0)
    token.map, token.markup = [row, row + 1], opened.markup * 3
    opened.markup = closed.markup = ""
    return True


_LINES = 2
"""Lines that are a paragraph and no title."""

_LONGER = 8
"""Columns by which an underline may be longer than its title."""

_FEWEST = 2
"""Rows of one sign behind blank lines that show that such rows part the document."""

_ALONE = regex(r"(?m)^[ \t]*\n {0,3}(?P<sign>[=-])(?P=sign){2,}[ \t]*$")
_FRAME = regex(r"\s*(?P<sign>[=-])(?P=sign){2,}\s*")
_ENDED = (".", "!", "。", "！", ";", "；")


def _is_parted(state: StateBlock, text: str, row: int) -> bool:
    """Whether a row below one line parts, as others of the document do: it is far longer, or a sentence ends above.

    A row above the line as well makes both the frame of a title.
    """
    if row > 1 and _FRAME.fullmatch(state.src, state.bMarks[row - 2], state.eMarks[row - 2]):
        return False
    length = len(state.getLines(row, row + 1, state.blkIndent, False).strip())
    if length <= len(text) + _LONGER and not text.endswith(_ENDED):
        return False
    if "rows" not in state.env:
        state.env["rows"] = Counter(_ALONE.findall(state.src))
    sign = state.src[state.bMarks[row] + state.tShift[row]]
    rows: Counter[str] = state.env["rows"]
    return rows[sign] >= _FEWEST
