"""Layouts: where the records of a family end, where their questions begin, and which keys announce answers."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from deckbuild.extract.page.keys import Key
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.records.families import CALLOUT, Family, is_question_key
from deckbuild.extract.records.further_families import SET_APART
from deckbuild.extract.records.record import wordy
from deckbuild.machine.regex import regex
from deckbuild.model.text import has_image
from deckbuild.syntax.units import Unit

_FARTHEST = 200
"""Units of one record that are looked through for keys."""

DEFINES = regex(r"[:：~]\s+")


class Layout(Struct, frozen=True):
    """Where the records of a family end, where questions begin on the lines of its heads, and which keys answer.

    `inner` gives for keys the share of records that they come once in. Heads that are `bare` only count or title.
    """

    family: Family
    ends: tuple[int, ...]
    starts: tuple[int, ...]
    inner: dict[Key, float]
    markers: frozenset[Key]
    bare: bool

    @property
    def manner(self) -> tuple[object, ...]:
        """What the records and all that is known of them follow from: families that share it differ in name only."""
        name = self.family.name
        asked = is_question_key(self.family)
        return (
            name[:2],
            len(name),
            asked,
            self.bare,
            self.markers,
            self.family.members,
            self.ends,
            self.starts,
        )

    @property
    def cutting(self) -> tuple[object, ...]:
        """What the records follow from: families that share it are cut alike, though they may be judged otherwise."""
        name = self.family.name
        told = (name[:2] == ("key", "alone"), name[0] == "defined", name == SET_APART, self.bare)
        return (*told, self.markers, self.family.members, self.ends, self.starts)


def layout(page: Page, family: Family) -> Layout:
    """How a family would be cut."""
    inner = _inner_keys(page, family.members)
    markers = _markers(family, inner)
    starts = tuple(_head_start(page, family, at) for at in family.members)
    bare = _is_bare(page, family, starts)
    ends = tuple(_ends(page, family, inner))
    markers |= _closing(page, family, ends)
    return Layout(family, ends, starts, inner, markers, bare)


def _ends(page: Page, family: Family, inner: dict[Key, float]) -> list[int]:
    """Where each record ends: at the next member, at a heading that ranks as high, or where its fold closes."""
    members = family.members
    units = page.units
    highest = min((units[i].level for i in members if units[i].kind == "heading"), default=None)
    labelled = {i for i in page.asking_labels if page.keys[i] not in inner}
    turns = sorted({*page.headings, *labelled}) if labelled else page.headings
    ends = []
    for number, at in enumerate(members):
        level = units[at].level if units[at].kind == "heading" else highest
        level = 9 if family.name[:2] == ("heading", "leaf") else level
        level = 0 if family.name == ("divided",) and highest is not None else level
        level = int(family.name[1]) if family.name[0] == "below heading" else level
        end = members[number + 1] if number + 1 < len(members) else len(units)
        if fold := units[at].fold:
            closed = (i for i in range(at + 1, end) if units[i].fold < fold)
            end = next((i for i in closed if units[i].kind != "tag" or units[i].tag != "/details"), end)
        if page.signs[at].mark or page.signs[at].style:
            end = _below_item(page, at, end)
        if family.name == CALLOUT:
            end = next((i for i in range(at + 1, end) if _is_behind_box(units, at, i)), end)
        if family.name[0] == "defined":
            end = next((i for i in range(at + 2, end) if _is_behind_list(page, at, i)), end)
        first = bisect_left(turns, at + 1)
        behind = turns[first : bisect_left(turns, end, lo=first)]
        ends.append(next((i for i in behind if i in labelled or _ranks(page, i, level, inner)), end))
    return ends


def _ranks(page: Page, at: int, level: int | None, inner: dict[Key, float]) -> bool:
    """Whether a heading ends a record whose head is of a level, None for lines without a heading among them."""
    key = page.keys[at]
    if level is None:
        return not (key and (key in inner or key.role == "answer"))
    return page.units[at].level <= level and not (key and key.role == "answer" and key in inner)


_DEEPER = 2
"""Columns by which an item stands further in than the one that holds it."""


def _below_item(page: Page, at: int, end: int) -> int:
    """Where what belongs to an item ends, up to `end`: at an outer item, or at a sister where the item nests others."""
    indent = page.units[at].indent
    nests = at + 1 < end and page.units[at + 1].indent >= indent + _DEEPER
    nests = nests and bool(page.signs[at + 1].mark or page.signs[at + 1].style)
    end = _counted_on(page, at, end)
    outermost = indent if nests else indent - _DEEPER
    if outermost < 0:
        return end
    items = (i for i in range(at + 1, end) if page.signs[i].mark or page.signs[i].style)
    return next((i for i in items if page.units[i].indent <= outermost), end)


def _counted_on(page: Page, at: int, end: int) -> int:
    """Where the next number of a list stands whose author wrote another sign behind it: `2.` and `3)`, up to `end`."""
    own, indent = page.signs[at], page.units[at].indent
    items = (i for i in range(at + 1, end) if page.signs[i].style and page.units[i].indent <= indent)
    first = next(items, end)
    goes_on = first < end and own.number and page.signs[first].number == own.number + 1
    return first if goes_on and page.signs[first].style != own.style else end


def _is_behind_box(units: Sequence[Unit], title: int, at: int) -> bool:
    """Whether the box with a title has ended: its quote ends, or another box begins."""
    return units[at].quote < units[title].quote or units[at].text.startswith("[!")


def _is_behind_list(page: Page, head: int, at: int) -> bool:
    """Whether a list of definitions has ended: behind a gap stands what neither defines nor is indented."""
    unit = page.units[at]
    return unit.gap > 0 and unit.indent <= page.units[head].indent and not DEFINES.match(unit.text)


def _inner_keys(page: Page, members: Sequence[int]) -> dict[Key, float]:
    """Keys that come once in most records, with the share of records they come in."""
    count = len(members)
    answered = 0
    have: defaultdict[Key, float] = defaultdict(float)
    keyed = page.keyed
    for number, at in enumerate(members):
        end = members[number + 1] if number + 1 < count else min(len(page.units), at + 80)
        own = page.keys[at]
        seen: dict[Key, int] = {}
        first = bisect_left(keyed, at + 1)
        for i in keyed[first : bisect_left(keyed, min(end, at + _FARTHEST), lo=first)]:
            key = page.keys[i]
            if key is not None and key != own:
                seen[key] = seen.get(key, 0) + 1
        answered += any(key.role == "answer" for key in seen)
        for key, times in seen.items():
            have[key] += 1 if times == 1 or key.text == "?" else 0.35
    return {
        key: number / count
        for key, number in have.items()
        if number >= max(2, 0.3 * count)
        or (key.role == "answer" and answered >= max(1, 0.25 * count))
        or (key.text == "?" and number >= max(1, 0.3 * count))
    }


_FOLDS = frozenset({"<details>", "<blockquote>"})

_IN_TURN = 0.8
"""Share of labelled questions in which a label that no list knows comes once, from which it is that of the answer."""


def _markers(family: Family, inner: dict[Key, float]) -> frozenset[Key]:
    """Keys inside the records that announce answers: by their word, as folds, or by their regularity."""
    found = set()
    inside_fold = (family.name[0] == "tag" and "summary" in family.name) or family.name[1:3] == (
        "fold",
        "summary",
    )
    for key, share in inner.items():
        if key.role == "answer" or (
            key.form == "label" and family.name[:2] == ("key", "label") and share >= _IN_TURN
        ):
            found.add(key)
        elif inside_fold:
            continue
        elif (
            (key.form == "tag" and key.text in _FOLDS and share >= 0.5)
            or (key.form == "fold" and share >= 0.5)
            or (key.text == "?" and share >= 0.3)
            or (key.form == "alone" and key.text.endswith("|summary") and share >= 0.5)
            or (key.form == "emoji" and share >= (0.6 if family.name[:2] == ("key", "emoji") else _IN_TURN))
        ):
            found.add(key)
    parts = sum(share >= _IN_TURN for share in inner.values())
    if family.name[:2] != ("key", "emoji") and parts > _PARTS:
        return frozenset(key for key in found if key.form != "emoji")
    return frozenset(found)


def _closing(page: Page, family: Family, ends: Sequence[int]) -> frozenset[Key]:
    """The end tag of elements that say by their class that they ask, if text follows it in nearly all records."""
    if family.name[0] != "tag" or not is_question_key(family):
        return frozenset()
    wanted = f"</{str(family.name[1]).strip('<>').partition('.')[0]}>"
    found = []
    for at, end in zip(family.members, ends, strict=True):
        tags = (i for i in range(at + 1, end - 1) if page.wordings[i] == wanted)
        closed = next(tags, None)
        key = page.keys[closed] if closed is not None else None
        if closed is not None and key and page.units[closed + 1].kind != "tag":
            found.append(key)
    return frozenset(found) if len(found) >= _IN_TURN * len(family.members) else frozenset()


_PARTS = 2
"""Keys that come back in each record, beyond which they name parts of its answer rather than where that begins."""


def _is_bare(page: Page, family: Family, starts: Sequence[int]) -> bool:
    """Whether most heads only count or title their records: `Question 7`."""
    if family.name[:2] == ("key", "alone"):
        return True
    wordless = sum(not _shows(page, at, start) for at, start in zip(family.members, starts, strict=True))
    return wordless >= 0.5 * len(family.members)


def _shows(page: Page, at: int, start: int) -> bool:
    """Whether a head says something besides its number: by words or by an image."""
    return wordy(page.units[at].text[start:]) or has_image(page.units[at].content)


def _head_start(page: Page, family: Family, at: int) -> int:
    """Where the question begins on its line: behind number, bullet and label of a question."""
    sign, key = page.signs[at], page.keys[at]
    if key and key.form == "label" and (family.name[:2] == ("key", "label") or key.role == "question"):
        return sign.value
    if sign.label and sign.label_sign and role(sign.label) == "question":
        return sign.value
    return sign.body
