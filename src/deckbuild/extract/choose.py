"""One choice of notes for the whole document: candidates with enough evidence that don't overlap."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.extract.cues import THRESHOLD, Judged


def choose(judged: Sequence[Judged]) -> list[Judged]:
    """The notes in document order.

    Where one candidate holds others, the outer one wins if it is at least as sure as the surest inner one:
    a labelled question keeps the questions inside its answer, a section title never swallows its items.
    """
    best: dict[int, Judged] = {}
    for j in judged:
        line = j.candidate.span.line
        if j.score >= THRESHOLD and (line not in best or _rank(j) > _rank(best[line])):
            best[line] = j
    enough = best.values()
    ranked = sorted(enough, key=lambda j: (-j.score, _lines(j), j.candidate.span.line))
    chosen: list[Judged] = []
    taken: set[int] = set()
    for j in ranked:
        span = j.candidate.span
        lines = range(span.line, span.end_line + 1)
        if taken.isdisjoint(lines):
            chosen.append(j)
            taken.update(lines)
    return sorted(chosen, key=lambda j: j.candidate.span.line)


def _rank(j: Judged) -> tuple[bool, float, int]:
    """Of candidates that start on one line an answered one, the surest, then the shortest.

    The shortest of those that are equally sure has drawn the closest border.
    """
    return bool(j.candidate.answer), j.score, -j.candidate.span.end_line


def _lines(j: Judged) -> int:
    """Outer before inner where both are equally sure."""
    return j.candidate.span.line - j.candidate.span.end_line
