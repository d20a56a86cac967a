"""Shape: folded blocks of HTML, `<details><summary>question</summary> answer </details>`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from deckbuild.extract.candidate import Candidate, ask
from deckbuild.extract.labels import is_cover
from deckbuild.model import Blocks
from deckbuild.model.text import block_text
from deckbuild.syntax import markdown

_TAG = re.compile(r"<(/?)(details|summary)\b[^>]*>", re.IGNORECASE)
_FRAMES = re.compile(r"(?:\s*+</?(?:b|strong|br|p|div|h[1-6])\b[^>]*+>\s*+)++", re.IGNORECASE)
"""Tags that only frame a title or an answer: bold, breaks, boxes."""

_DEEPEST = 20
"""Folds in folds, beyond which a title asks nothing: each is read with all that is in it."""


@dataclass(slots=True)
class _Fold:
    """Offsets of a folded block being read: where its title and its body begin and the title ends."""

    start: int
    title: int = -1
    title_end: int = -1
    body: int = -1


def details(lines: Sequence[str]) -> Iterator[Candidate]:
    """A candidate for each folded block; one whose title only hides an answer asks nothing."""
    text = "\n".join(lines)
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    open_folds: list[_Fold] = []
    for tag in _TAG.finditer(text):
        closes, name = bool(tag[1]), tag[2].lower()
        fold = open_folds[-1] if open_folds else None
        if name == "details" and not closes:
            open_folds.append(_Fold(tag.start()))
        elif fold and name == "summary" and not closes:
            fold.title = tag.end()
        elif fold and name == "summary" and fold.title >= 0:
            fold.title_end, fold.body = tag.start(), tag.end()
        elif fold and name == "details":
            open_folds.pop()
            if len(open_folds) < _DEEPEST:
                yield from _candidate(text, starts, fold, tag.start())


def _candidate(text: str, starts: Sequence[int], fold: _Fold, end: int) -> Iterator[Candidate]:
    if fold.body < 0:
        return
    question = _blocks(text, starts, fold.title, fold.title_end)
    if question and not is_cover(block_text(question)):
        answer = _blocks(text, starts, fold.body, end)
        yield ask("folded block", question, answer, ("folded block",), "folded")


def _blocks(text: str, starts: Sequence[int], start: int, end: int) -> Blocks:
    """The blocks between two offsets, without the tags that frame lines."""
    lines = [_unframed(line) if "<" in line else line for line in text[start:end].split("\n")]
    return markdown.blocks(lines, bisect_right(starts, start))


def _unframed(line: str) -> str:
    """The line without the frames at its ends."""
    start = first.end() if (first := _FRAMES.match(line)) else 0
    ends = (frames.start() for frames in _FRAMES.finditer(line, start) if frames.end() == len(line))
    return line[start : next(ends, len(line))]
