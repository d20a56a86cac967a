"""What became of each line of one source, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

import click

from deckbuild.commands.explain import Explanation, lines, refusal
from deckbuild.model import Fate
from deckbuild.report.counted import counted
from deckbuild.report.headline import fitted

WIDTH = 100
"""Columns of the terminal that the text form is made for."""

_LONGEST = 10
"""Gaps that the text form lists; the page lists all."""

_FATE, _PLACE = 9, 18
"""Columns of fates, and of owners and reasons such as `note:1234.question`."""

_COLOURS = {
    Fate.NOTE: "green",
    Fate.TABLE: "cyan",
    Fate.FORMULA: "blue",
    Fate.PROSE: "yellow",
    Fate.STRUCTURE: "bright_black",
    Fate.BLANK: "bright_black",
    Fate.DROPPED: "red",
}


def as_text(explanation: Explanation) -> Iterator[str]:
    """Lines of at most `WIDTH` columns, with colours: the ledger, then totals, notes and gaps."""
    e = explanation
    digits = len(str(len(e.lines)))
    for claim in (claim for group in e.groups for claim in group.claims):
        for number in range(claim.span.line, claim.span.end_line + 1):
            fate = click.style(claim.fate, fg=_COLOURS[claim.fate]) + " " * (_FATE - len(claim.fate))
            mark = click.style("!", fg="red", bold=True) if number in e.lost else " "
            place = fitted(e.place(number, claim), _PLACE)
            start = fitted(e.lines[number - 1], WIDTH - digits - _FATE - _PLACE - 4)
            yield f"{number:{digits}}{mark} {fate} {place:{_PLACE}} {start}".rstrip()
    yield from _section(counted(len(e.lines), "line"))
    yield from (f"{n:{digits + 2}} {share:>5}  {fate}" for fate, n, share in e.totals)
    yield from _section(f"{counted(len(e.notes), 'note')}, and what spoke for them")
    for group in e.groups:
        for span, what in group.reasons:
            yield from wrap(f"{lines(span)}: {what}", WIDTH, initial_indent="  ", subsequent_indent="      ")
    if e.refused:
        yield from _section("What could have been notes, and what was missing; the likeliest first")
        for one in e.refused:
            yield from wrap(refusal(one), WIDTH, initial_indent="  ", subsequent_indent="      ")
    gaps = sorted(e.gaps, key=lambda gap: -gap.count)
    if gaps:
        yield from _section(f"{counted(len(gaps), 'gap')}, from which nothing was taken; the longest first")
    for gap in gaps[:_LONGEST]:
        yield fitted(f"  {lines(gap.span)}: {gap.size}: {e.start(gap)}", WIDTH)
    if e.lost:
        yield from _section("! words that the owner of their line lacks")
        for number, words in e.lost.items():
            yield fitted(f"  {number}: {' '.join(words)}", WIDTH)


def _section(title: str) -> tuple[str, str]:
    return "", click.style(title, bold=True)
