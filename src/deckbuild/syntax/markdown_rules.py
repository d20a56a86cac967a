"""Rules beside CommonMark's: what study documents write that the Markdown parser doesn't know by itself."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from deckbuild.machine.regex import regex
from deckbuild.syntax.programs import code_lines

_UNDERLINE = regex(r"([~^\"'`#*+:.])\1{2,}\s*$")
"""Underlines of reStructuredText titles that Markdown doesn't know; `=` and `-` it does."""

_COMPARED = regex(r"[A-Za-z0-9)\]]==[A-Za-z0-9(]")
"""`==` between two values, as in programs: `a==1 and b==2`."""


def add_rules(parser: MarkdownIt) -> None:
    """Teach a parser `==marks==`, underlined titles and lines of programs."""
    parser.inline.ruler.before("emphasis", "mark", _mark)
    parser.inline.add_terminator_char("=")
    parser.block.ruler.before("fence", "underlined_title", _underlined_title)
    parser.block.ruler.before(
        "table", "code_lines", code_lines, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _mark(state: StateInline, silent: bool) -> bool:
    """`==text==`, with no space inside its ends and no further `=` beside them; no comparisons."""
    src, start = state.src, state.pos + 2
    if not src.startswith("==", state.pos) or src[start : start + 1] in ("", "=", " ", "\n"):
        return False
    end = src.find("==", start, state.posMax)
    if end < 0 or src[end - 1] in " \n" or src[end + 2 : end + 3] == "=":
        return False
    if _COMPARED.match(src, state.pos - 1) and _COMPARED.match(src, end - 1) and " " in src[start:end]:
        return False
    if not silent:
        limit = state.posMax
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.pos, state.posMax = end, limit
        state.push("mark_close", "mark", -1)
    state.pos = end + 2
    return True


def _underlined_title(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line and below it a row of one sign, about as long: a title of reStructuredText.

    The level comes from the order in which the signs first appear, below the two that Markdown knows.
    """
    if start + 1 >= end or state.is_code_block(start) or (start > 0 and not state.isEmpty(start - 1)):
        return False
    title = state.getLines(start, start + 1, state.blkIndent, False).strip()
    underline = state.getLines(start + 1, start + 2, state.blkIndent, False)
    match = _UNDERLINE.match(underline)
    if not match or not title or not len(title) - 2 <= len(underline.strip()) <= len(title) + 8:
        return False
    if silent:
        return True
    signs: list[str] = state.env.setdefault("underlines", [])
    if match[1] not in signs:
        signs.append(match[1])
    token = state.push("heading_open", f"h{min(6, 3 + signs.index(match[1]))}", 1)
    token.map = [start, start + 2]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = title, [start, start + 1], []
    state.push("heading_close", token.tag, -1)
    state.line = start + 2
    return True
