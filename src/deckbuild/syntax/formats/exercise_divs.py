"""Exercises of Quarto and bookdown, each with the div or the callout that solves it, inside of it or behind it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.record_keys import bare, keys
from deckbuild.syntax.formats.theorem_divs import TITLE, end_of

_OPENS = regex(r":{3,}\s*\{?(?P<told>[^{}]*?)\}?\s*$")
_ASKS = regex(r"(?:^|\s)(?:#exr-|\.?(?:exercise|question|problem|task)\b)")
_SOLVES = regex(r"(?:^|\s)(?:#sol-|\.?(?:solution|answer)\b)")
_CALLOUT = regex(r"(?:^|\s)\.callout-")
_NAMED = regex(r"\btitle=\"(?P<title>[^\"]+)\"")


class ExerciseDiv(Struct, frozen=True):
    """The lines of question and answer, counted from 0, and those that open and close divs or name the answer."""

    question: tuple[int, int]
    answer: tuple[int, int]
    marks: tuple[int, ...]


def exercise_divs(lines: Sequence[str]) -> list[ExerciseDiv]:
    """The exercises that are solved; none that lies in another one."""
    found: list[ExerciseDiv] = []
    at = 0
    while at < len(lines):
        opens = _OPENS.match(lines[at])
        if (
            opens
            and _ASKS.search(opens["told"])
            and (end := end_of(lines, at))
            and (one := _exercise(lines, at, end))
        ):
            found.append(one)
            at = max(end, *one.marks)
        at += 1
    return found


def _exercise(lines: Sequence[str], start: int, end: int) -> ExerciseDiv | None:
    inner = next((at for at in range(start + 1, end) if _solves(lines, at)), None)
    after = next((at for at in range(end + 1, len(lines)) if lines[at].strip()), None)
    begins = inner if inner is not None else after if after is not None and _solves(lines, after) else None
    if begins is None:
        return None
    question = _full(lines, start + 1, begins if inner is not None else end)
    closes = end_of(lines, begins)
    title = _titled(lines, begins)
    answer = _full(lines, begins + 1 if title is None else title + 1, closes)
    marks = (start, end, begins, closes, *([] if title is None else [title]))
    return ExerciseDiv(question, answer, marks) if question and answer else None


def _solves(lines: Sequence[str], at: int) -> bool:
    """Whether a div that a line opens solves the exercise before it: by its class, or by its title."""
    opens = _OPENS.match(lines[at])
    if not opens or not opens["told"] or not end_of(lines, at):
        return False
    if _SOLVES.search(opens["told"]):
        return True
    named = _NAMED.search(opens["told"])
    return bool(_CALLOUT.search(opens["told"])) and (
        bare(named["title"]) in keys()["answer"] if named else _titled(lines, at) is not None
    )


def _titled(lines: Sequence[str], at: int) -> int | None:
    """The line of the heading of a div that is a word for an answer."""
    first = next((n for n in range(at + 1, len(lines)) if lines[n].strip()), at)
    title = TITLE.match(lines[first])
    return first if title and bare(title["title"]) in keys()["answer"] else None


def _full(lines: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    full = [at for at in range(start, end) if lines[at].strip()]
    return (full[0], full[-1]) if full else None
