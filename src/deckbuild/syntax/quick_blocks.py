"""A rule for the blocks that most of a document is made of: lines that begin with a letter, and headings.

Where the line below is blank or begins with a letter, too, no other rule takes them, and none needs to be tried.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, heading


def add_quick_blocks(parser: MarkdownIt) -> None:
    """Teach a parser to look for such blocks first; other rules must not be put before."""
    parser.block.ruler.before(parser.block.ruler.__rules__[0].name, "quick_block", _quick_block)


def _quick_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    src, begins, shifts = state.src, state.bMarks, state.tShift
    if state.sCount[start] - state.blkIndent > _INDENT or state.sCount[start] < state.blkIndent:
        return False
    first = src[begins[start] + shifts[start]]
    if first == "#":
        below = start + 1
        plain = below >= state.lineMax or state.isEmpty(below) or src[begins[below] + shifts[below]].isalpha()
        return plain and heading(state, start, end, silent)
    stop = start
    while stop < state.lineMax and not state.isEmpty(stop):
        if not src[begins[stop] + shifts[stop]].isalpha() or state.sCount[stop] < state.blkIndent:
            return False
        stop += 1
    state.line = stop
    state.push("paragraph_open", "p", 1).map = [start, stop]
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.getLines(start, stop, state.blkIndent, False))
    token.map = [start, stop]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


_INDENT = 3
"""Columns by which a line may be indented before it is code."""
