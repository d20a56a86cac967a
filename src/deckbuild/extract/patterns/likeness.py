"""What a document that gave no note looks like, and the setting that takes it; and patterns that a setting names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from deckbuild.extract.page.asking import ASKS_SURELY
from deckbuild.extract.page.page import Page
from deckbuild.extract.patterns.by_kind import of_cut
from deckbuild.extract.patterns.of_cuts import ASKS, kind_of, settled
from deckbuild.extract.patterns.pattern import Pattern
from deckbuild.extract.records.cutting import cut
from deckbuild.extract.records.families import families
from deckbuild.extract.records.further_families import Name, spelled
from deckbuild.extract.records.layouts import layout
from deckbuild.model import Blocks
from deckbuild.report.counted import plural

NONE = "none"
"""What the setting `questions` says of a document in which nothing asks."""

_LIKELY = 0.25
"""Probability from which a refused pattern is told: of 220 texts without notes about one in ten is told something."""

_FEWEST = 2


class LooksLike(Struct, frozen=True):
    """The line of the first head, how many there are, what they are, and the setting that takes them, "" for none."""

    line: int
    count: int
    what: str
    setting: str


def likeness(page: Page, judged: Sequence[tuple[float, Pattern]]) -> LooksLike | None:
    """The refused pattern that looks most like notes, if it is likely; else headings that ask and have text below."""
    likely = [(c, p) for c, p in judged if c >= _LIKELY and len(p.notes) >= _FEWEST]
    if likely:
        _, pattern = max(likely, key=lambda pair: (len(pair[1].notes), pair[0]))
        count = len(pattern.notes)
        what, setting = _described(pattern, count)
        return LooksLike(pattern.notes[0].span.line, count, what, setting)
    asking = [
        unit
        for unit, sign, below in zip(page.units, page.signs, page.units[1:], strict=False)
        if unit.kind == "heading" and sign.asks >= ASKS_SURELY and below.kind != "heading"
    ]
    if not asking:
        return None
    first, count = asking[0], len(asking)
    return LooksLike(
        first.line, count, f"{plural(count, 'heading')} of level {first.level}", f"heading {first.level}"
    )


def named(page: Page, blocks: Blocks, questions: str) -> Iterator[Pattern]:
    """The patterns that the setting `questions` names: all its heads with something below them."""
    for family in families(page):
        if questions != _setting(family.name):
            continue
        found = cut(page, layout(page, family))
        records = [record for record in found.records if record.answered or record.options]
        made = settled(page, found, records)
        if made.records or made.unresolved:
            name = spelled(family.name)
            silent = tuple(r for r in found.records if not r.answered and not r.options and r.asks >= ASKS)
            yield Pattern(
                kind_of(found),
                name,
                of_cut(page, found),
                page,
                blocks,
                made.records,
                found.markers,
                terms=True,
                silent=silent,
                unresolved=made.unresolved,
                keys=made.keys,
            )


def _setting(name: Name) -> str:
    """The setting that names a family, "" for none; of items only those that stand in no other."""
    match name:
        case ("heading", int(level)):
            return f"heading {level}"
        case ("number", _, _, 0, _) | ("bullet", _, 0, _):
            return "item"
        case ("bold", _):
            return "bold"
    return ""


def _described(pattern: Pattern, count: int) -> tuple[str, str]:
    head = pattern.page.units[pattern.records[0].at] if pattern.records else None
    if head is not None and head.kind == "heading":
        return f"{plural(count, 'heading')} of level {head.level}", f"heading {head.level}"
    if pattern.kind == "item":
        return plural(count, "item"), "item"
    if pattern.name.startswith("bold"):
        return plural(count, "bold line"), "bold"
    is_table = pattern.kind in ("table", "tabbed")
    return (f"{plural(count, 'row')} of a table", "") if is_table else (plural(count, "line"), "")
