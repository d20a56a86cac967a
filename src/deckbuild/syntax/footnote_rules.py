"""Footnotes: `text[^1]` with `[^1]: what it says` in lines of its own, and `text^[what it says]` in place.

What recognises them is a library's (`mdit_py_plugins.footnote`). A mark without its text stays text, and so
does what is rather a set of letters in a regular expression: `^[a-z]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def, footnote_inline, footnote_ref

from deckbuild.machine.regex import regex

_MARK = "footnote_ref"
_OPEN, _CLOSE = "footnote_reference_open", "footnote_reference_close"
_SAID = regex(r"\^\[(?=[^\]]*[^\W\d_]{3})[^\]\s]+\s+[^\]\s]")
"""Several words, one of three letters at least: neither a set of letters nor a power."""

_SET = regex(r"\^\[[^\]]*\b\w-\w\b")
"""A range of characters, as in `[a-z 0-9]`: behind a blank that is a set in a regular expression."""


def add_footnote_rules(parser: MarkdownIt) -> None:
    """Teach a parser footnotes.

    The children of a `footnote_ref` are what it says, its `meta["told"]` the first and the last line of that
    where it stands in lines of its own. `first` of the parser's environment is the number of its first line.
    """
    parser.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.after("image", "footnote_inline", _in_place)
    parser.inline.ruler.after("footnote_inline", _MARK, footnote_ref)
    parser.core.ruler.after("inline", "footnote_texts", _take_texts)


def _in_place(state: StateInline, silent: bool) -> bool:
    """`text^[what it says]`, behind a word or a stop."""
    at = state.pos
    if state.src[at] != "^" or not at or not _SAID.match(state.src, at):
        return False
    if state.src[at - 1].isspace() and _SET.match(state.src, at):
        return False
    return footnote_inline(state, silent)


def _take_texts(state: StateCore) -> None:
    """Give each mark what its footnote says, and take the texts out of the blocks."""
    if "footnotes" not in state.env:
        return
    texts: dict[str, tuple[list[Token], range]] = {}
    state.tokens = list(_without_texts(state.tokens, texts))
    lines = state.src.split("\n")
    in_place = state.env["footnotes"]["list"]
    for token in state.tokens:
        for mark in token.children or ():
            if mark.type == _MARK and "label" in mark.meta:
                mark.children, numbers = texts[mark.meta["label"]]
                told = [state.env["first"] + number for number in numbers if lines[number].strip()]
                mark.meta["told"] = told[0], told[-1]
            elif mark.type == _MARK:
                mark.children = _said(in_place[mark.meta["id"]]["tokens"])


def _without_texts(tokens: Iterable[Token], texts: dict[str, tuple[list[Token], range]]) -> Iterator[Token]:
    """The tokens without the texts of footnotes, which are put into `texts` with their lines, by label."""
    inside: list[Token] = []
    for token in tokens:
        if token.type == _OPEN or inside:
            inside.append(token)
        else:
            yield token
        if token.type == _CLOSE:
            label, where = inside[0].meta["label"], range(*(inside[0].map or (0, 1)))
            texts.setdefault(label, (_said(_flat(inside)), where))
            inside = []


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    """The inlines of blocks, each block in a line of its own."""
    first = True
    for token in tokens:
        if token.type in ("inline", "fence", "code_block"):
            if not first:
                yield Token("hardbreak", "br", 0)
            first = False
        if token.type == "inline":
            yield from token.children or ()
        elif token.type in ("fence", "code_block"):
            yield Token("code_inline", "code", 0, content=token.content.strip())


def _said(tokens: Iterable[Token]) -> list[Token]:
    """What a footnote says, without footnotes of its own."""
    return [token for token in tokens if token.type != _MARK]
