"""What no study document has: so many lines, or so many brackets, marks and accents in one paragraph.

Time or memory of reading these grow faster than the document, or beyond what a computer has to spare.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import accumulate, groupby

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from deckbuild.machine.regex import regex

MOST_LINES = 60_000
"""Lines with text of one document, three times those of the longest notes. An item takes 3 kB of memory."""

MOST_LINES_AT_ALL = 400_000
"""Lines of one document, empty ones too."""

MOST_BARS = 100_000
"""Signs `|`, or tabs, of one document, which part the cells of tables: a cell takes 1 kB of memory and 100 µs."""

MOST_BRACKETS = 5_000
"""Opening brackets of one paragraph: for each the parser looks for the closing one in all the rest of it."""

MOST_SIGNS = 20_000
"""Runs of `*`, `_`, `~` and `=` of one paragraph, which are compared with each other, and its signs `<`."""

DEEPEST = 50
"""Marks inside each other: emphasis in links in emphasis and so on."""

MOST_TITLES = 20_000
"""Characters in the titles of a table's columns, which each note of a row repeats."""

MOST_REPEATED = 200_000
"""Characters that addresses and footnotes may have beyond those of the document: each link to one repeats it."""

MOST_ACCENTS = 100
"""Combining marks on one letter, which normalization sorts by insertion. Streams of Unicode keep to 30."""

_ACCENTS = regex(rf"[^\w\s\x00-\x7f]{{{MOST_ACCENTS + 1},}}")
_SIGNS = regex(r"\*+|_+|~+|=+|<")


class Tangled(Exception):
    """A paragraph is too much for the parser: its line, what it has too many of, how many, the limit."""

    def __init__(self, line: int, what: str, count: int, limit: int) -> None:
        super().__init__(what)
        self.line, self.what, self.count, self.limit = line, what, count, limit


def beyond(lines: Sequence[str]) -> tuple[str, int, int] | None:
    """What a document has too many of, how many, and the limit; None if it is within all of them."""
    if len(lines) > MOST_LINES_AT_ALL:
        return "lines", len(lines), MOST_LINES_AT_ALL
    counts = (
        ("lines of text", text_lines(lines), MOST_LINES),
        ("table bars", sum(line.count("|") for line in lines), MOST_BARS),
        ("tabs inside lines", sum(line.lstrip().count("\t") for line in lines), MOST_BARS),
    )
    return next(((what, count, limit) for what, count, limit in counts if count > limit), None)


def text_lines(lines: Sequence[str]) -> int:
    """How many of the lines hold text."""
    return sum(not line.isspace() and bool(line) for line in lines)


def refuse_accents(lines: Sequence[str]) -> None:
    """Raises `Tangled` for a line with a letter that has too many combining marks."""
    for number, line in enumerate(lines, 1):
        for run in _ACCENTS.finditer(line) if len(line) > MOST_ACCENTS else ():
            letters = groupby(run[0], key=lambda sign: unicodedata.combining(sign) > 0)
            count = max((len(list(signs)) for accents, signs in letters if accents), default=0)
            if count > MOST_ACCENTS:
                raise Tangled(number, "accents on one letter", count, MOST_ACCENTS)


def add_limits(parser: MarkdownIt) -> None:
    """Make a parser raise `Tangled` where a paragraph is beyond the limits.

    `first` of the parser's environment is the number of its first line.
    """
    parser.core.ruler.before("inline", "brackets_and_signs", _brackets_and_signs)
    parser.core.ruler.after("inline", "depth", _depth)
    parser.core.ruler.push("repeats", _repeats)


def _brackets_and_signs(state: StateCore) -> None:
    for token in state.tokens:
        content = token.content
        if token.type != "inline" or len(content) <= MOST_BRACKETS:
            continue
        if (count := content.count("[")) > MOST_BRACKETS:
            raise Tangled(_line(state, token.map), "brackets", count, MOST_BRACKETS)
        if (count := sum(1 for _ in _SIGNS.finditer(content))) > MOST_SIGNS:
            raise Tangled(_line(state, token.map), "marks", count, MOST_SIGNS)


def _depth(state: StateCore) -> None:
    for token in state.tokens:
        inner = token.children or ()
        if len(inner) > DEEPEST:
            deepest = max(accumulate(child.nesting for child in inner))
            if deepest > DEEPEST:
                raise Tangled(_line(state, token.map), "nested marks", deepest, DEEPEST)


def _repeats(state: StateCore) -> None:
    limit, titles = len(state.src) + MOST_REPEATED, 0
    said = 0
    in_head = False
    for token in state.tokens:
        if token.type in ("thead_open", "thead_close"):
            in_head, titles = token.type == "thead_open", 0
        if token.type != "inline":
            continue
        titles += len(token.content) if in_head else 0
        if titles > MOST_TITLES:
            raise Tangled(_line(state, token.map), "characters in titles of columns", titles, MOST_TITLES)
        for child in token.children or ():
            said += sum(len(str(child.attrs.get(key, ""))) for key in ("href", "src", "title"))
            said += sum(len(inner.content) for inner in child.children or () if child.type == "footnote_ref")
        if said > limit:
            what = "characters of addresses and footnotes, repeated ones included"
            raise Tangled(_line(state, token.map), what, said, limit)


def _line(state: StateCore, where: list[int] | None) -> int:
    first: int = state.env.get("first", 1)
    return first + (where[0] if where else 0)
