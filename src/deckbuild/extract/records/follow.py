"""Which records of a pattern make notes: runs under one heading follow their pattern, members follow their run."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from deckbuild.extract.page.asking import ASKS_SURELY
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import is_section
from deckbuild.extract.records.cutting import Cut
from deckbuild.extract.records.families import is_question_key
from deckbuild.extract.records.record import Record, text_of

_COMPANY = 3
"""Records that carry one among them that neither asks nor is told."""


def followed(page: Page, cut: Cut, terms: bool) -> list[Record]:
    """The records that make notes. In a pattern of terms all with a body do; else their run needs evidence.

    A run without any of its own, in a pattern that others carry, gives nothing, and so do members that only name a
    section.
    """
    kept: list[Record] = []
    whole = cut.records
    ask = sum(r.asks for r in whole) / len(whole)
    told = sum(_told(r) for r in whole) / len(whole)
    keyed = is_question_key(cut.family)
    for run in _runs(page, cut):
        if terms or keyed or _carries(page, run, len(whole), ask + told) or _is_like(page, run, whole):
            marked = sum(_told(r) for r in run) >= 0.8 * len(run)
            alone = len(whole) < _COMPANY and any(r.asks >= 0.75 for r in run)
            for n, record in enumerate(run):
                if not (record.answered or record.options):
                    continue
                silent = record.asks < 0.5 and not _told(record)
                if silent and _opens(page, record):
                    continue
                if silent and not terms and alone:
                    continue
                if silent and not terms and (_is_section(page, record) or (marked and not _between(run, n))):
                    continue
                kept.append(record)
    return kept


def _opens(page: Page, record: Record) -> bool:
    """Whether a heading names a section: most headings below it ask."""
    if page.units[record.at].kind != "heading":
        return False
    below: list[float] = []
    for at in page.headings[bisect_right(page.headings, record.at) :]:
        if page.units[at].level <= page.units[record.at].level:
            break
        below.append(page.signs[at].asks)
    return sum(ask >= ASKS_SURELY for ask in below) > 0.5 * len(below)


def _told(record: Record) -> bool:
    return record.marker is not None or bool(record.options)


def _is_section(page: Page, record: Record) -> bool:
    return is_section(text_of(page, record.question) or page.body(record.at))


def _between(run: Sequence[Record], at: int) -> bool:
    """Whether members with marker or options stand on both sides."""
    return any(map(_told, run[:at])) and any(map(_told, run[at + 1 :]))


def _carries(page: Page, run: Sequence[Record], whole: int, evidence: float) -> bool:
    count = len(run)
    voters = [r for r in run if r.asks >= 0.5 or not _is_section(page, r)] or run
    ask = sum(r.asks for r in voters) / len(voters)
    told = sum(map(_told, run)) / count
    if count <= 2 and count < whole:
        return ask >= 0.6 or told >= 0.5 or (evidence >= 0.75 and ask > 0.3)
    return ask >= 0.5 or told >= 0.5 or count >= 0.6 * whole or (ask + told >= 0.35 and evidence >= 0.6)


_CARRIED = 0.5
"""Share of a pattern's heads that ask from which a run that doesn't is one of its kind."""


def _is_like(page: Page, run: Sequence[Record], whole: Sequence[Record]) -> bool:
    """Whether a run of headings looks like those that ask: answered all, none a title of a part, no longer answers."""
    asking = [r for r in whole if r.asks >= ASKS_SURELY and r.answered]
    if len(run) < 2 or len(asking) < max(_COMPANY, _CARRIED * len(whole)):
        return False
    if any(not (_is_titled(page, r) and r.answered) or _is_section(page, r) for r in run):
        return False
    longest = max(len(r.answer) for r in asking)
    return all(len(r.answer) <= longest for r in run) and not is_section(page.title(page.parent(run[0].at)))


def _is_titled(page: Page, record: Record) -> bool:
    """Whether the head of a record is a heading, or an item that is strong as a whole."""
    sign = page.signs[record.at]
    item = bool(sign.mark or sign.style) and sign.emphasis == "whole"
    return item or page.units[record.at].kind == "heading"


def _runs(page: Page, cut: Cut) -> list[list[Record]]:
    """The records by the heading above them that is none of them."""
    members = {record.at for record in cut.records}
    runs: defaultdict[int, list[Record]] = defaultdict(list)
    for record in cut.records:
        up = page.parent(record.at)
        while up >= 0 and up in members:
            up = page.parent(up)
        runs[up].append(record)
    return list(runs.values())
