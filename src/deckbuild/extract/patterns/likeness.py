"""What gave no notes and looks like some, and the setting that takes it; and patterns that a setting names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from deckbuild.extract.page.asking import ASKS_SURELY
from deckbuild.extract.page.page import Page
from deckbuild.extract.patterns.by_kind import of_cut
from deckbuild.extract.patterns.of_cuts import ASKS, kind_of, settled
from deckbuild.extract.patterns.pattern import Pattern
from deckbuild.extract.patterns.weigh import lacking, reasons
from deckbuild.extract.records.cutting import cut
from deckbuild.extract.records.families import families
from deckbuild.extract.records.further_families import Name, spelled
from deckbuild.extract.records.layouts import layout
from deckbuild.model import Blocks, Refusal, SourceSpan

NONE = "none"
"""What the setting `questions` says of a document in which nothing asks."""

_FEWEST = 2
"""Heads of a refused pattern that is kept: one line repeats nothing."""

_SAYS_NOTHING = 0.02
"""Probability below which a pattern isn't kept: it is one of dozens into which any text can be cut."""

_LIKELY = 0.25
"""Probability from which a refused pattern is told.

Of 246 texts without notes 22 are told something then, and 19 of 44 documents of which less than four fifths were found;
16 of the 151 others have something that was left as well. From .22 it is 32 texts and no document more.
"""

_LIKELY_OF_MANY, _MANY = 0.18, 20
"""The same for patterns of so many heads, which are worth a word sooner: no text and one document more."""


def refusals(judged: Sequence[tuple[float, Pattern]], free: Collection[int]) -> tuple[Refusal, ...]:
    """What could have begun on lines that are free, the likeliest first; each line begins the likeliest only."""
    found = []
    left = set(free)
    for chance, pattern in sorted(judged, key=lambda pair: -pair[0]):
        heads = tuple(line for line in pattern.answered_heads(free) if line in left)
        if chance < _SAYS_NOTHING or len(heads) < _FEWEST:
            continue
        left.difference_update(heads)
        spoke, missing = (told(pattern.kind, pattern.features) for told in (reasons, lacking))
        spans = tuple(SourceSpan(line, line) for line in heads)
        found.append(Refusal(spans, *_described(pattern), round(chance, 2), spoke, missing))
    return tuple(found)


def likeness(refused: Sequence[Refusal]) -> Refusal | None:
    """What looks most like notes of all that was refused, if it is likely."""
    likely = [
        one for one in refused if one.chance >= (_LIKELY_OF_MANY if len(one.heads) >= _MANY else _LIKELY)
    ]
    return max(likely, key=lambda one: (len(one.heads), one.chance), default=None)


def asking(page: Page) -> Refusal | None:
    """The headings that ask and have text below; without any pattern, these look most like questions."""
    found = [
        unit
        for unit, sign, below in zip(page.units, page.signs, page.units[1:], strict=False)
        if unit.kind == "heading" and sign.asks >= ASKS_SURELY and below.kind != "heading"
    ]
    heads = tuple(SourceSpan(unit.line, unit.line) for unit in found)
    return Refusal(heads, *_heading(found[0].level), 0.0) if found else None


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


def _described(pattern: Pattern) -> tuple[str, str]:
    """What a head of a pattern is called, in the singular, and the setting that names its family, "" for none."""
    head = pattern.page.units[pattern.records[0].at] if pattern.records else None
    if head is not None and head.kind == "heading":
        return _heading(head.level)
    if pattern.kind == "item":
        return "item", "item"
    if pattern.name.startswith("bold"):
        return "bold line", "bold"
    return ("row of a table" if pattern.kind in ("table", "tabbed") else "line"), ""


def _heading(level: int) -> tuple[str, str]:
    return f"heading of level {level}", f"heading {level}"
