"""Columns of equal height in the booklet: on the last page of a chapter, and above a table that runs across the page.

WeasyPrint's own `balance` lays all of them out again for every pixel or two, which took a short booklet longer than
pages may take, so only the few parts between two such tables are left to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec.structs import replace

from deckbuild.paper.booklet.part_html import PartHtml
from deckbuild.paper.press.balance import Levels, levels
from deckbuild.paper.press.pdf import Pages

Run: TypeAlias = list[PartHtml]
"""Chapters that follow one another without a new page."""

MANY = 4
"""Parts between two tables from which on their columns are levelled here: 15 short ones took WeasyPrint 6 s, and take
a layout of 0.5 s; two or three take it as long as that."""

ROUNDS = 6
"""Most further layouts: each levels what stands above the next table of a run, since all below it moves up."""


def parted(runs: Sequence[Run], is_short: bool) -> list[Run]:
    """The runs, the parts around tables that run across told how their columns are filled.

    `is_short`: whether `levelled` will level them.
    """
    return [
        [replace(block, fill=_fill(group, is_short)) for group in _groups(run) for block in group]
        if any(block.across for block in run)
        else run
        for run in runs
    ]


def _fill(group: Run, is_short: bool) -> str:
    return "parted" if is_short and len(group) >= MANY else "parted balanced"


def _groups(run: Run) -> list[Run]:
    """The parts of a run between its tables that run across, and each of those."""
    groups: list[Run] = []
    for block in run:
        if not groups or block.across or groups[-1][0].across:
            groups.append([])
        groups[-1].append(block)
    return groups


def levelled(runs: Sequence[Run], pages: Pages, columns: int, done: set[str]) -> Levels:
    """What makes columns level that are not yet: the next ones of each run, whose first parts are added to `done`."""
    found: list[Levels] = []
    for run in runs:
        groups = _groups(run)
        for group in groups:
            if group[0].id in done or (len(groups) > 1 and len(group) < MANY):
                continue
            done.add(group[0].id)
            ids = {block.id for block in group}
            last = next(page for page in pages if group[-1].id in page)
            level = levels({id: box for id, box in last.items() if id in ids}, columns)
            if level.starts:
                found.append(level)
                break
    space = {id: pixels for level in found for id, pixels in level.space.items()}
    return Levels(frozenset().union(*(level.starts for level in found)), space)
