"""Runs that most of a document is made of: text, code, and words marked as strong or emphasised.

No rule of the parser takes anything else in them, so that they are read in one pass, a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.rules_core import StateCore

from deckbuild.machine.regex import regex
from deckbuild.model import AnyInline, Break, CodeSpan, Emphasis, Inlines, SourceSpan, Strong, Text

_TEXT = (
    r"(?:[^\n{$\\`~=*_\[!^<&]++"
    r"|!(?!\[)|=(?!=)|\^(?!\[)|~(?!~)|&(?![#\w])|<(?=[\s=\d])|(?<=[^\W_])_(?=[^\W_])"  # where they begin nothing
    r")"
)
_WORDS = r"[^\W_](?:[^\n{$\\`~=*_\[!^<&\]]*[^\W_])?"
_PIECE = regex(
    rf"(?P<text>{_TEXT}++)|`(?P<code>[^`\n ][^`\n]*+)`(?!`)|\*\*(?P<strong>{_WORDS})\*\*(?!\*)"
    rf"|(?<![^ (])\*(?P<emphasis>{_WORDS})\*(?=[\s.,;:?!)]|\Z)|(?P<line>(?<! )\n(?![ \t]))"
)
_LONGEST = 5_000
"""Characters of a run; longer ones are held against the limits of the parser."""


def is_quick(run: str) -> bool:
    """Whether a run holds nothing but what `quick` reads."""
    end = 0
    if len(run) <= _LONGEST:
        for piece in _PIECE.finditer(run):
            if piece.start() != end:
                return False
            end = piece.end()
    return end == len(run)


def parse_others(state: StateCore) -> None:
    """Parse the runs that are not quick; a rule of the parser's in place of its own.

    In a document with footnotes all are parsed: the tokens of some are moved into others.
    """
    whole = "footnotes" in state.env
    for token in state.tokens:
        if token.type == "inline" and (whole or not is_quick(token.content)):
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def quick(run: str, line: int) -> Inlines:
    """The elements of a quick run whose first line is `line`."""
    return tuple(_elements(run, line))


def _elements(run: str, line: int) -> Iterator[AnyInline]:
    span = SourceSpan(line, line)
    for piece in _PIECE.finditer(run):
        said = piece[piece.lastgroup or 0]
        match piece.lastgroup:
            case "text":
                yield Text(span, said)
            case "code":
                yield CodeSpan(span, said)
            case "strong":
                yield Strong(span, (Text(span, said),))
            case "emphasis":
                yield Emphasis(span, (Text(span, said),))
            case "line":
                yield Break(span, False)
                line += 1
                span = SourceSpan(line, line)
