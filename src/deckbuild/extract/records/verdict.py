"""A verdict: what names the right option of each record of a pattern."""

from __future__ import annotations

from msgspec import Struct


class RightOptions(Struct, frozen=True):
    """How the right options are told: `why` in words, the right options of records by place, key lines elsewhere."""

    why: str
    right: dict[int, tuple[int, ...]]
    lines: frozenset[int] = frozenset()
    told: dict[int, int] = {}
