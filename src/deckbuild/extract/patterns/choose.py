"""One choice of patterns for the whole document: those that are likely right, the most notes first, on free lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from math import sqrt

from msgspec import Struct

from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.patterns.pattern import Pattern

THRESHOLD = 0.25
"""Probability from which a pattern gives notes: `docs/decisions/patterns-before-notes.md` has figures of .45 to .18."""

DOUBTFUL = 0.3
"""Probability from which tables and signs in lines give notes.

Over 542 documents of fourteen draws, .3 instead of .4 gives .720 of recall for .710 and .775 of precision for .768, and
one more of 220 pages without notes gives some; .25 gives .724 / .775, but takes an arrow in two sentences for a sign.
"""

_LIKELY = 0.75
"""Probability from which what asks keeps its answers whole."""

_ROWS = frozenset({"table", "tabbed"})
_DOUBTFUL = frozenset({"strong separator", "weak separator", "table", "tabbed"})

_FREE = 0.4
"""Share of a pattern's notes that must stand on lines that no better one took."""


class Chosen(Struct, frozen=True):
    """A pattern that gives notes, how likely it is right, and its notes on free lines."""

    pattern: Pattern
    probability: float
    notes: tuple[Candidate, ...]


def choose(judged: Sequence[tuple[float, Pattern]], taken: Collection[int] = ()) -> list[Chosen]:
    """The patterns that give notes, best first, of all with their probabilities; lines `taken` are free for none."""
    left = [(c, p) for c, p in _raised(judged) if c >= (DOUBTFUL if p.kind in _DOUBTFUL else THRESHOLD)]
    left = [(c, p) for c, p in left if not (p.by_cue and any(_holds(o, p) for _, o in left)) and p.notes]
    left = [(c, p) for c, p in left if not any(_has_field(o, p) for _, o in left)]
    asked = [(o, _held(o)) for c, o in left if c >= _LIKELY and _asks(o) >= _ASKED]
    left = [(c, p) for c, p in left if not any(_is_part(p, o, lines) for o, lines in asked)]
    busy = set(taken)
    chosen: list[Chosen] = []
    while left:
        offers = [(chance, p, _free(p, busy)) for chance, p in left]
        offers = [(c, p, free) for c, p, free in offers if free and len(free) >= _FREE * len(p.notes)]
        if not offers:
            break
        chance, best, free = max(
            offers, key=lambda offer: (offer[0] - THRESHOLD + 0.02) * sqrt(len(offer[2]))
        )
        chosen.append(Chosen(best, chance, tuple(free)))
        busy |= best.keys
        for note in free:
            busy.update(_lines(note))
        left = [(c, p) for c, p, _ in offers if p is not best]
    return chosen


_HELD = 0.7
"""Share of the lines of a pattern chosen by its wording that one chosen by its layout must hold to stand for it."""


def _holds(outer: Pattern, inner: Pattern) -> bool:
    """Whether a pattern that a layout selects has as many notes, and most of those that wording alone selects."""
    if outer.by_cue:
        return False
    lines = {note.span.line for note in outer.notes}
    if len(lines) >= len(inner.records) and lines.issuperset(inner.heads):
        return True
    if len(outer.notes) < len(inner.notes):
        return False
    return sum(note.span.line in lines for note in inner.notes) >= _HELD * len(inner.notes)


def _raised(judged: Sequence[tuple[float, Pattern]]) -> list[tuple[float, Pattern]]:
    """Patterns with their probabilities; where heads are second lines of terms, the terms are as likely instead."""
    outers = [p for _, p in judged if p.name.startswith("heading")]
    inners = [p for _, p in judged if p.name.startswith("bold")]
    second = {id(inner): outer for outer in outers for inner in inners if _heads(outer, inner)}
    if not second:
        return list(judged)
    best = {id(second[id(p)]): c for c, p in sorted(judged, key=lambda pair: pair[0]) if id(p) in second}
    return [(max(c, best.get(id(p), 0.0)), p) for c, p in judged if id(p) not in second]


_ASKS = 0.4
"""Mean of heads that ask up to which they are terms or titles."""

_BELOW = 0.8
"""Share of a pattern's heads that stand right below those of another one, from which they are its second line."""


def _heads(outer: Pattern, inner: Pattern) -> bool:
    """Whether heads are the second lines of terms in headings: a translation, a full name, a date below each.

    Below headings that only count or name parts, and where they ask themselves, they are heads of their own.
    """
    if max(inner.features["ask"], outer.features["section"], outer.features.get("bare", 0.0)) >= _ASKS:
        return False
    second = {record.answer[0].at for record in outer.records if record.answer}
    return sum(record.at in second for record in inner.records) >= _BELOW * max(
        len(inner.records), len(outer.records)
    )


def _has_field(outer: Pattern, inner: Pattern) -> bool:
    """Whether lines with a label that names no question are fields of what headings head: one below nearly each."""
    if outer.kind != "title" or inner.kind != "key" or inner.features["question key"]:
        return False
    if not inner.name.startswith(("key, label", "key, alone", "key, emoji")):
        return False
    ends = sorted((record.at, record.end) for record in outer.records)
    starts = [at for at, _ in ends]
    held = {n for r in inner.records if (n := bisect_left(starts, r.at) - 1) >= 0 and r.at < ends[n][1]}
    return len(held) >= _BELOW * max(len(inner.records), len(outer.records))


_ASKED = 0.8
"""Mean of heads that ask, or share of them with a label of a question, from which what they hold are their answers."""


def _asks(pattern: Pattern) -> float:
    """How much the heads of a pattern ask, by their words or a label of a question."""
    return max(pattern.features.get("ask", 0.0), pattern.features.get("question key", 0.0))


def _held(pattern: Pattern) -> frozenset[int]:
    return frozenset(line for note in pattern.notes for line in _lines(note))


def _is_part(inner: Pattern, outer: Pattern, lines: Collection[int]) -> bool:
    """Whether heads that hardly ask all stand in answers to what asks, whose parts they are; rows and `::` never do."""
    if inner is outer or _asks(inner) >= _ASKS or inner.kind in _ROWS or inner.features.get("by ::"):
        return False
    return all(note.span.line in lines for note in inner.notes)


def _free(pattern: Pattern, busy: Collection[int]) -> list[Candidate]:
    return [note for note in pattern.notes if not any(line in busy for line in _lines(note))]


def _lines(note: Candidate) -> range:
    return range(note.span.line, note.span.end_line + 1)
