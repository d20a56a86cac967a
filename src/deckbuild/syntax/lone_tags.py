"""Tags that a text is about: `the difference between <div> and <span>` shows them, it doesn't use them."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import html_block
from markdown_it.rules_inline import StateInline

from deckbuild.machine.regex import regex

_TAG = regex(
    r"""(?<![^\s("'“‘«/])<(?P<name>[a-z][a-z0-9]*)(?P<rest>\s[^<>\n]*|\s?/)?>(?=[\s,.;:?!)"'”’»/]|$)"""
)
_TYPE = regex(r"(?<=\w)<(?P<name>[A-Z]\w*[a-z]\w*|[C-HJ-OR-TV-Z])>")
"""A parameter of a type, `List<String>`, which no element of HTML is written like."""
_EMPTY = frozenset("area base col embed input link meta param source track".split())
"""Elements without an end that no card and no print shows."""
_ENDLESS = frozenset("br center dd dt hr img li option p rp rt td th tr wbr".split())
"""Elements that are written without an end, or have none."""
_CELLS = frozenset("dd dt li p td th tr".split())
"""Those of them that begin no line inside a sentence."""
_REACH = 2000
"""Characters in which the end of an element is looked for, which bounds the work on a paragraph of many tags."""


def add_lone_tags(parser: MarkdownIt) -> None:
    """Teach a parser that a tag is text where a word could stand, if its element has no end."""
    parser.inline.ruler.before("html_inline", "lone_tag", _inline)
    parser.block.ruler.at("html_block", _block, {"alt": ["paragraph", "reference", "blockquote"]})


def _inline(state: StateInline, silent: bool) -> bool:
    match = _TAG.match(state.src, state.pos, state.posMax)
    if match is None and (found := _TYPE.match(state.src, state.pos, state.posMax)):
        if f"</{found['name']}" in state.src[found.end() : found.end() + _REACH]:
            return False
        state.pending += "" if silent else found[0]
        state.pos = found.end()
        return True
    if match is None:
        return False
    inside = state.pos > 0 and state.src[state.pos - 1] != "\n" and _is_about(match, state.src)
    if not inside and not _shown(match["name"], match["rest"], state.src, match.end()):
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML as ever, but for a line that begins with the tag it is about: `<nav> holds links`."""
    at = state.bMarks[start] + state.tShift[start]
    match = _TAG.match(state.src, at, state.eMarks[start])
    told = match and state.src[match.end() : state.eMarks[start]].strip()
    if match and told and _shown(match["name"], match["rest"], state.src, match.end()):
        return False
    return html_block(state, start, end, silent)


def _is_about(tag: re.Match[str], text: str) -> bool:
    """Whether a tag inside a sentence that could begin an item, or break a line, does neither: `What is <p>?`."""
    name, behind = tag["name"], text[tag.end() : tag.end() + 1]
    if tag["rest"] and tag["rest"].strip(" /"):
        return False
    if name in ("br", "hr"):
        return behind in (".", ",", "?", "!", ")", '"', "'", "”", "’")
    return name in _CELLS and f"</{name}" not in text[tag.end() : tag.end() + _REACH]


def _shown(name: str, rest: str | None, text: str, behind: int) -> bool:
    """Whether a tag is text: one that nothing ends, without attributes unless its element shows nothing."""
    if name in _EMPTY:
        return "checkbox" not in (rest or "")
    if rest or name in _ENDLESS:
        return False
    return text.count(f"</{name}", behind, behind + _REACH) <= text.count(f"<{name}", behind, behind + _REACH)
