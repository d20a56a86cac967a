"""What a separator makes of lines, and lists in which two of them take turns."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from deckbuild.extract.records.record import Record


class Separated(Struct, frozen=True):
    """Lines of one family with the records that a separator makes of them; `cover` is the share of lines it parts."""

    name: tuple[str | int, ...]
    separator: str
    records: tuple[Record, ...]
    lines: int
    cover: float
    once: float


_ENOUGH = 0.8
"""Share of lines that two signs part together, from which a list has both in turn."""

_IN_TURN = frozenset(("=", "dash", "->", "→", "colon"))
_FEWEST_IN_TURN = 4
"""Lines that the second sign must part; fewer are slips, or text."""


def together(found: Sequence[Separated]) -> Separated | None:
    """A list whose author writes now one sign, now another; the first parts most of the lines."""
    may = [
        one
        for one in found
        if one.separator in _IN_TURN and len({r.at for r in one.records}) == len(one.records)
    ]
    may.sort(key=lambda one: -len(one.records))
    if len(may) < 2:
        return None
    first, *others = may
    records = {record.at: record for one in reversed(others) for record in one.records}
    more = records.keys() - {record.at for record in first.records}
    records |= {record.at: record for record in first.records}
    if len(more) < _FEWEST_IN_TURN or len(first.records) <= len(more) or len(records) < _ENOUGH * first.lines:
        return None
    parts = tuple(records[at] for at in sorted(records))
    return Separated(
        first.name, first.separator, parts, first.lines, min(1.0, len(parts) / first.lines), first.once
    )
