"""Shape: text whose questions and answers start with labels in turn.

    Q: What is a socket?            Question: What is a socket?
    A: One end of a connection.     Difficulty: easy
                                    Solution: One end of a connection.

The labels may be in bold, behind a bullet or numbered, and the answer may follow on the same line. In any
language two words that take turns at the start of lines are labels, if what stands behind the first of them
mostly asks. Other labels that return with every question are its extras.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from deckbuild.extract.candidate import Candidate, ask
from deckbuild.extract.definitions import outside_code
from deckbuild.extract.records import TAGS
from deckbuild.extract.vocabulary import ANSWERS, BACK, FRONT, QUESTIONS
from deckbuild.model import Blocks, SourceSpan
from deckbuild.syntax import markdown

_LABEL = re.compile(
    r"(?P<lead>\s*(?:>\s*)*(?:[-*+•]\s+)?(?P<mark>\*\*|__|\*|_)?)"
    r"(?P<word>[^\W\d_][^\W\d_ ]{0,14}(?: [^\W\d_]{1,10})?)\s?(?P<number>#?\d+(?:\.\d+)*)?"
    r"(?P<sign>\s*[:：.)\-–—]+|(?<=\d)|(?<=\b[Aa][Nn][Ss])(?![^\W\d_]))(?P<close>\*\*|__|\*|_)?(?=\s|$|[^\W_])"
)
_ANSWER_INSIDE = re.compile(r"\s(?P<mark>\*\*|__|\*|_)?(?:A|Ans|Answer)\s*[:：](?P<close>\*\*|__|\*|_)?\s+")
_SIGNED = re.compile(r"[:：.)][*_]*$")
_HEADING = re.compile(r"#{1,6}\s")
_ASKS = re.compile(r"[?？؟;]\W*$")
_CORRECT = re.compile(r"^(?:correct|right) ")
_LETTERS = "abcdefgh"
"""Letters of options, as `choices` counts them."""

_TURNS = 2
"""How often unknown words must take turns before they are labels."""

_MOST = 0.6
"""Share of the labels that must take turns, and of the questions that must have an extra label."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A label: the number of its line, from 0, its word, where it starts and ends, and a mark left open."""

    at: int
    word: str
    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of labels by what they announce."""

    questions: frozenset[str]
    answers: frozenset[str]
    extras: frozenset[str] = frozenset()


def labelled_lines(lines: Sequence[str]) -> Iterator[Candidate]:
    """The pairs of a text whose questions and answers are labelled; nothing where no labels turn up."""
    found = _without_options(list(_labels(lines)), lines)
    words = _words(found, lines)
    if not words:
        return
    heads = [place for place, label in enumerate(found) if label.word in words.questions]
    for place, following in zip(heads, [*heads[1:], None], strict=True):
        head = found[place]
        end = len(lines) if following is None else found[following].at
        stop = next((at for at in range(head.at + 1, end) if _is_heading(lines, at)), end)
        unit = [label for label in found[place + 1 : following] if label.at < stop]
        inside = _answer_inside(lines[head.at], head)
        reply = inside or next((label for label in unit if label.word in words.answers), None)
        if reply:
            fields = [label for label in unit if label.word in words.extras]
            yield from _candidate(lines, head, reply, fields, stop)


def _candidate(
    lines: Sequence[str], head: _Label, reply: _Label, fields: Sequence[_Label], stop: int
) -> Iterator[Candidate]:
    borders = sorted((head, reply, *fields), key=lambda label: (label.at, label.start))
    ends = {one: (other.at, other.start) for one, other in pairwise(borders)}
    question = _blocks(lines, head, *ends.get(head, (stop, 0)))
    answer = _blocks(lines, reply, *ends.get(reply, (stop, 0)))
    if not question:
        return
    made = ask("labelled lines", question, answer, ("labelled line",), "question label", "answer label")
    extras = dict(made.extras)
    tags: tuple[str, ...] = ()
    end_line = made.span.end_line
    for label in fields:
        at, start = ends.get(label, (stop, 0))
        value = " ".join(_text(lines, label, at, start)).strip()
        end_line = max(end_line, label.at + 1)
        if label.word in TAGS:
            tags = tuple(tag.strip(" #") for tag in re.split(r"[,;]", value) if tag.strip(" #"))
        elif value:
            extras[label.word] = value
    yield replace(made, extras=extras, tags=tags, span=SourceSpan(made.span.line, end_line))


def _labels(lines: Sequence[str]) -> Iterator[_Label]:
    for at, line in outside_code(lines):
        match = _LABEL.match(line)
        if match:
            mark = match["mark"] or ""
            word = _CORRECT.sub("", match["word"].casefold())
            yield _Label(at, word, 0, match.end(), "" if match["close"] == mark else mark)


def _without_options(found: Sequence[_Label], lines: Sequence[str]) -> list[_Label]:
    """The labels without letters that count options, from an `A.` that a `B.` follows.

    With colons, as in `A: 25`, they are options only where a label of an answer comes behind them.
    """
    kept: list[_Label] = []
    at = 0
    while at < len(found):
        counted = zip(found[at : at + len(_LETTERS)], _LETTERS, strict=False)
        run = len(list(takewhile(lambda pair: pair[0].word == pair[1], counted)))
        behind = found[at + run].word if at + run < len(found) else ""
        colon = ":" in lines[found[at].at][: found[at].end]
        if run > 1 and (not colon or behind in ANSWERS - {"a"}):
            at += run
        else:
            kept.append(found[at])
            at += 1
    return kept


def _answer_inside(line: str, head: _Label) -> _Label | None:
    """The label of an answer on the line of its question, as in `Q: What? A: This`."""
    match = _ANSWER_INSIDE.search(line, head.end)
    if not match or not _SIGNED.search(line[: head.end]):
        return None
    mark = match["mark"] or ""
    return _Label(head.at, "a", match.start(), match.end(), "" if match["close"] == mark else mark)


def _words(found: Sequence[_Label], lines: Sequence[str]) -> _Words | None:
    """Known words if both are there, else two that take turns; and labels that return with them."""
    words = {label.word for label in found}
    asking = QUESTIONS | {"interview q", "interview question"}
    pair = (asking, ANSWERS) if words & asking and words & ANSWERS else _turns(found, lines)
    if pair is None and any(
        label.word in asking and _answer_inside(lines[label.at], label) for label in found
    ):
        pair = (asking, ANSWERS)
    if pair is None:
        return None
    questions, answers = pair
    counts = Counter(label.word for label in found)
    number = sum(counts[word] for word in questions)
    extras = {w for w in words - questions - answers if number >= 3 and _MOST * number <= counts[w] <= number}
    return _Words(questions, answers, frozenset(extras | words & set(TAGS)))


def _turns(found: Sequence[_Label], lines: Sequence[str]) -> tuple[frozenset[str], frozenset[str]] | None:
    turns = Counter((one.word, other.word) for one, other in pairwise(found) if one.word != other.word)
    counts = Counter(label.word for label in found)
    asking = Counter(label.word for label in found if _ASKS.search(lines[label.at]))
    for (first, second), number in turns.most_common(4):
        all_turn = number >= _MOST * max(counts[first], counts[second])
        asks = (first, second) == (FRONT, BACK) or asking[first] >= 0.5 * counts[first] > asking[second]
        if number >= _TURNS and all_turn and asks:
            return frozenset({first}), frozenset({second})
    return None


def _is_heading(lines: Sequence[str], at: int) -> bool:
    """Whether a line is a heading; directly below other text it is a comment of unfenced code."""
    return bool(_HEADING.match(lines[at])) and not lines[at - 1].strip()


def _text(lines: Sequence[str], label: _Label, at: int, start: int) -> list[str]:
    """The lines from behind a label to a place, the last one up to its offset."""
    if at == label.at:
        return [lines[at][label.end : start]]
    last = [lines[at][:start]] if start else []
    return [lines[label.at][label.end :], *lines[label.at + 1 : at], *last]


def _blocks(lines: Sequence[str], label: _Label, at: int, start: int) -> Blocks:
    """The blocks from behind a label to a place, moved left by their hanging indent."""
    first, *rest = _text(lines, label, at, start)
    first = first.strip()
    if label.mark and first.endswith(label.mark):
        first = first.removesuffix(label.mark)
    elif label.mark:
        first = f"{label.mark}{first}"
    hanging = min((len(text) - len(text.lstrip()) for text in rest if text.strip()), default=0)
    hanging = min(hanging, max(label.end, 4))
    return markdown.blocks([first, *(text[hanging:] if text.strip() else "" for text in rest)], label.at + 1)
