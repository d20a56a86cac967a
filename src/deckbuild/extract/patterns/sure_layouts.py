"""Answers end where a layout begins that nobody writes by chance: labelled pairs, `?` between, `::`, titled tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckbuild.extract.patterns.patterns import Pattern
from deckbuild.extract.records.cutting import Record

Judged = tuple[float, Pattern]

_SURE = 0.7
"""Probability from which such a layout ends answers of others."""

_FEW = 1 / 3
"""Share of a pattern's records that may hold the other layout; where more do, it is a part of them."""


def ended(judged: Sequence[Judged]) -> list[Judged]:
    """The patterns, their answers cut off where notes of a sure layout begin in one or few of them."""
    sure = [
        (p, sorted(note.span.line for note in p.notes))
        for chance, p in judged
        if chance >= _SURE and _is_sure(p)
    ]
    return list(_ended(judged, sure)) if sure else list(judged)


def _ended(judged: Sequence[Judged], sure: Sequence[tuple[Pattern, list[int]]]) -> Iterator[Judged]:
    for chance, pattern in judged:
        records = pattern.records
        for other, heads in sure:
            if other is not pattern and not _shares(pattern, heads):
                records = _cut(pattern, records, heads)
        if records == pattern.records:
            yield chance, pattern
        elif records:
            yield chance, replace(pattern, records=records)


def _is_sure(pattern: Pattern) -> bool:
    features = pattern.features
    return (
        features.get("both labelled", 0.0) >= 0.8
        or features.get("parted", 0.0) >= 0.8
        or features.get("by ::", 0.0) > 0
        or (pattern.kind == "table" and features.get("ask", 0.0) >= 0.5)
    )


def _shares(pattern: Pattern, heads: Sequence[int]) -> bool:
    """Whether a pattern has heads of its own among those of the other."""
    own = {pattern.page.units[record.at].line for record in pattern.records}
    return not own.isdisjoint(heads)


def _cut(pattern: Pattern, records: tuple[Record, ...], heads: Sequence[int]) -> tuple[Record, ...]:
    held = {n: line for n, record in enumerate(records) if (line := _first_held(pattern, record, heads))}
    if not held or (len(held) > 1 and len(held) > _FEW * len(records)):
        return records
    kept = []
    for n, record in enumerate(records):
        if n in held:
            units = pattern.page.units
            answer = [p for p in record.answer if units[p.at].line < held[n]]
            while answer and units[answer[-1].at].kind == "row" and units[answer[-1].at + 1].kind == "row":
                answer.pop()
            if not any(units[p.at].text.strip() for p in answer):
                continue
            record = replace(record, answer=answer)
        kept.append(record)
    return tuple(kept)


def _first_held(pattern: Pattern, record: Record, heads: Sequence[int]) -> int:
    """The first line in a record's answer, below its question, where a note of the other begins; 0 if none does."""
    units = pattern.page.units
    if not record.answer:
        return 0
    asked = max((units[p.at].line for p in record.question), default=units[record.at].line)
    held = heads[bisect_right(heads, asked) : bisect_right(heads, units[record.answer[-1].at].line)]
    if not held:
        return 0
    lines = {units[p.at].line for p in record.answer}
    return next((line for line in held if line in lines), 0)
