"""One choice of notes for the whole document: candidates with enough evidence that don't overlap."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.extract.cues import THRESHOLD, Judged


def choose(judged: Sequence[Judged]) -> list[Judged]:
    """The notes in document order.

    Where one candidate holds others, the outer one wins if it is at least as sure as the surest inner one:
    a labelled question keeps the questions inside its answer, a section title never swallows its items.
    Where a line's best candidate gives way to one on other lines, its next best has its turn.
    """
    left = [j for j in judged if j.score >= THRESHOLD]
    chosen: list[Judged] = []
    taken: set[int] = set()
    while left:
        best: dict[int, Judged] = {}
        for j in sorted(left, key=_rank, reverse=True):
            best.setdefault(j.candidate.span.line, j)
        for j in sorted(best.values(), key=lambda j: (-j.score, _lines(j), j.candidate.span.line)):
            if taken.isdisjoint(_own(j)):
                chosen.append(j)
                taken.update(_own(j))
        left = [j for j in left if best[j.candidate.span.line] is not j and taken.isdisjoint(_own(j))]
    return sorted(chosen, key=lambda j: j.candidate.span.line)


def _own(j: Judged) -> range:
    return range(j.candidate.span.line, j.candidate.span.end_line + 1)


def _rank(j: Judged) -> tuple[bool, float, int]:
    """Of candidates that start on one line an answered one, the surest, then the shortest.

    The shortest of those that are equally sure has drawn the closest border.
    """
    return bool(j.candidate.answer), j.score, -j.candidate.span.end_line


def _lines(j: Judged) -> int:
    """Outer before inner where both are equally sure."""
    return j.candidate.span.line - j.candidate.span.end_line
