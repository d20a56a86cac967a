"""What documents embed beside Markdown's own images: `![[tree.png]]`, `[sound:robin.mp3]`, addresses with blanks.

All of it becomes the image of the parser. Whether a file is a picture or a recording is found where it is read.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from deckbuild.machine.regex import regex

EMBEDDED = "embedded"
"""What `info` says of the token of an image that may lie in any folder of the collection."""

_FILE = r"[^\[\]()<>|\n]+\.[A-Za-z][A-Za-z0-9]{1,9}"
_LINKED = _FILE.replace("()", "")
"""Beside Markdown's own addresses a name may hold round brackets: `song (1).mp3`."""

_WIKI = regex(rf"!\[\[(?P<path>{_LINKED})(?<!\.md)\s*(?P<words>(?:\|[^\[\]|\n]*)*)\]\](?!\()", re.IGNORECASE)
_SIZE = regex(r"\s*\d+(?:x\d+)?\s*")
_SOUND = regex(r"\[sound:(?P<path>[^\[\]\n]+)\]")
_BLANKS = regex(
    rf"!\[(?P<words>[^\[\]\n]*)\]\(\s*(?P<path>{_FILE})(?:\s+=(?:\d+%?)?(?:x(?:\d+%?)?)?)?"
    r"""(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)"""
)
"""An image whose address has blanks, or behind whose address stands a size: `![pic](fig 1.png =100x "title")`."""

_ATTRIBUTES = regex(r"""\{(?:\s*(?:[#.][\w-]+|[\w-]+=(?:"[^"\n]*"|[^\s"{}]+)))+\s*\}""")
_ELEMENT = regex(r"<(?P<name>audio|video|svg)\b", re.IGNORECASE)


def add_embed_rules(parser: MarkdownIt) -> None:
    """Teach a parser what is embedded, and elements of HTML that belong together: audio, video, SVG."""
    parser.inline.ruler.before("image", "embedded_file", _embedded)
    parser.inline.ruler.before("image", "image_attributes", _attributes)
    parser.inline.ruler.before("html_inline", "whole_element", _whole_inline)
    parser.block.ruler.before(
        "html_block", "whole_element", _whole_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )


def _embedded(state: StateInline, silent: bool) -> bool:
    """`![[tree.png]]`, with `|300` for its size and `|text` for what it shows; `[sound:a.mp3]`; blanks.

    Names without an ending, and those of Markdown, are notes of a wiki, and stay text.
    """
    if state.src[state.pos] not in "![":
        return False
    for pattern in (_WIKI, _SOUND, _BLANKS):
        if match := pattern.match(state.src, state.pos, state.posMax):
            break
    else:
        return False
    if not silent:
        said = match.groupdict().get("words") or ""
        words = [word.strip() for word in said.split("|") if not _SIZE.fullmatch(word)]
        token = state.push("image", "img", 0)
        token.attrs = {"src": quote(match["path"].strip(), safe="/%:\\")}
        token.children = [Token("text", "", 0, content=" ".join(filter(None, words)))]
        token.info = "" if pattern is _BLANKS else EMBEDDED
    state.pos = match.end()
    return True


def _attributes(state: StateInline, silent: bool) -> bool:
    """`{width=50%}` right behind an image, which says how wide the author had it."""
    if state.src[state.pos] != "{" or state.pending or not state.tokens or state.tokens[-1].type != "image":
        return False
    match = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    state.pos = match.end()
    return True


def _whole_inline(state: StateInline, silent: bool) -> bool:
    """An element that is one thing to see or hear, as one token, whatever stands in it."""
    match = _ELEMENT.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    end = _end(state.src, match, state.posMax) if match else -1
    if end < 0:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _whole_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Such an element that stands in lines of its own, with blank ones in it."""
    at = state.bMarks[start] + state.tShift[start]
    match = _ELEMENT.match(state.src, at, state.eMarks[start]) if state.src[at : at + 1] == "<" else None
    if match is None:
        return False
    stop = _end(state.src, match, state.eMarks[end - 1])
    line = next((n for n in range(start, end) if state.eMarks[n] >= stop), end) if stop >= 0 else end
    if line == end or state.src[stop : state.eMarks[line]].strip():
        return False
    if any(state.sCount[n] < state.blkIndent and not state.isEmpty(n) for n in range(start, line + 1)):
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.map = [start, line + 1]
        token.content = state.getLines(start, line + 1, state.blkIndent, True)
        state.line = line + 1
    return True


def _end(src: str, opening: re.Match[str], limit: int) -> int:
    """Where the element that opens so ends; -1 if it doesn't."""
    closing = f"</{opening['name'].lower()}>"
    found = src.lower().find(closing, opening.end(), limit)
    return found + len(closing) if found >= 0 else -1
