"""Shapes of glossaries: definition lists, `term :: definition`, and question and answer parted by `?`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from deckbuild.extract.candidate import Candidate, ask
from deckbuild.syntax import markdown

_COLON = re.compile(r" {0,3}:[ \t]+(?=\S)")
_DOUBLE = re.compile(
    r"(?P<lead>\s*+(?:[-*+]\s++)?)(?P<term>[^\s:`|](?:.*?\S)??)(?P<sign>\s*+:::?\s*+)(?P<text>\S.*)$"
)
_ANCHOR = re.compile(r"^\[(?P<term>.+)\](?:\{[^}]*\}|\(#[^)]*\))$|(?P<bare>.+?)\s*\{[#.][^}]*\}$")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
_PARTED = re.compile(r"\s*\?{1,2}\s*")


def definition_lists(lines: Sequence[str]) -> Iterator[Candidate]:
    """A term on its line, and definitions behind colons below it, as Pandoc and kramdown have them."""
    end = 0
    for at, line in outside_code(lines):
        if at < end or not _COLON.match(line):
            continue
        term = at - 1 if at and lines[at - 1].strip() else at - 2
        end = _end_of_definition(lines, at)
        if term >= 0 and lines[term].strip() and not _COLON.match(lines[term]):
            body = [
                line[colon.end() :] if (colon := _COLON.match(line)) else line[_margin(line) :]
                for line in lines[at:end]
            ]
            question = markdown.blocks([_term(lines[term].strip())], term + 1)
            answer = markdown.blocks(body, at + 1)
            if question:
                yield ask("definition list", question, answer, ("definition list",), "definition")


def double_colons(lines: Sequence[str]) -> Iterator[Candidate]:
    """`term :: definition` on one line, outside of code."""
    for at, line in outside_code(lines):
        match = _DOUBLE.match(line) if "::" in line else None
        if not match or match["term"].count("::") or "::" in match["text"] or match["term"].count("`") % 2:
            continue
        spaced = match["sign"].startswith((" ", "\t")) and match["sign"].endswith((" ", "\t"))
        clear = spaced or match["term"].endswith("?")
        question = markdown.blocks([match["term"]], at + 1)
        answer = markdown.blocks([match["text"]], at + 1)
        seen = "definition" if clear else "unspaced colons"
        yield ask("double colon", question, answer, ("double colon", clear), seen)


def parted_by_question_mark(lines: Sequence[str]) -> Iterator[Candidate]:
    """Lines of a question, a line with nothing but `?`, lines of the answer, in which such lines are text."""
    parted = False
    for at, line in outside_code(lines):
        if line.startswith("#") or not line.strip():
            parted = False
        if parted or not _PARTED.fullmatch(line):
            continue
        parted = True
        start, end = at, at + 1
        while start > 0 and lines[start - 1].strip() and not lines[start - 1].startswith("#"):
            start -= 1
        while end < len(lines) and lines[end].strip():
            end += 1
        if start < at and end > at + 1:
            question = markdown.blocks(lines[start:at], start + 1)
            answer = markdown.blocks(lines[at + 1 : end], at + 2)
            yield ask("parted by ?", question, answer, ("parted by ?",), "definition")


def outside_code(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that stand in no fence, with their numbers from 0; a fence that is never closed is none."""
    fences = [(at, match[0].strip()[0]) for at, line in enumerate(lines) if (match := _FENCE.match(line))]
    bare = {sign: [at for at, s in fences if s == sign and not lines[at].strip(" \t`~")] for sign in "`~"}
    inside: set[int] = set()
    for start, sign in fences:
        if start not in inside:
            place = bisect_right(bare[sign], start)
            if place < len(bare[sign]):
                inside.update(range(start, bare[sign][place] + 1))
    yield from ((at, line) for at, line in enumerate(lines) if at not in inside)


def _end_of_definition(lines: Sequence[str], start: int) -> int:
    """The line after a definition: blank lines go on with it only where indented text or a colon follows."""
    at = start + 1
    while at < len(lines):
        if not lines[at].strip():
            after = at
            while after < len(lines) and not lines[after].strip():
                after += 1
            if after == len(lines) or not (_margin(lines[after]) or _COLON.match(lines[after])):
                return at
            at = after
        elif at + 1 < len(lines) and _COLON.match(lines[at + 1]) and not _COLON.match(lines[at]):
            return at
        else:
            at += 1
    return at


def _margin(line: str) -> int:
    """The indent of a line that goes on with a definition: up to four columns."""
    return min(len(line) - len(line.lstrip()), 4)


def _term(text: str) -> str:
    """A term without the anchor that some write behind it: `[term]{#id}`, `term {#id}`."""
    match = _ANCHOR.match(text)
    return (match["term"] or match["bare"]) if match else text
