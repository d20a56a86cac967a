"""Where answers end: lines that come back at their ends, rules, and titles of what follows are no part of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from deckbuild.extract.page.asking import asks
from deckbuild.extract.page.listings import leads_back
from deckbuild.extract.page.page import Page
from deckbuild.extract.records.cutting import Cut
from deckbuild.extract.records.record import Part, Record
from deckbuild.machine.regex import regex
from deckbuild.model import CodeSpan, Formula, Image, Link
from deckbuild.syntax.units import Unit

_STOPS = ".!?;。！？；।॥۔؟։።។။"
"""Signs that end a sentence, of the scripts that have their own."""
_ENDED = regex(rf"[{_STOPS},:：]$")
_LONGEST_TITLE = 70
"""Characters."""

_MOST_TITLES = 8
"""Lines that a title of what follows may have."""


def trim(page: Page, made: Cut, records: Sequence[Record], elsewhere: frozenset[int]) -> None:
    """Take from the ends of answers what their pattern shows to be none of them.

    `elsewhere` are the units of keys of answers, which end what stands before them.
    """
    tails = Counter(
        page.wordings[p.at]
        for r in records
        for p in r.answer[-4:]
        if page.units[p.at].kind in ("text", "tag")
    )
    counted = _are_counted(page, records)
    gap = _typical_gap(page, records)
    ruled = sum(any(page.units[p.at].kind == "rule" for p in r.answer[-3:]) for r in records)
    inner = sum(sum(page.units[p.at].kind == "rule" for p in r.answer) > 1 for r in records)
    is_ruled = ruled >= 0.4 * max(1, len(records)) and inner < 0.5 * len(records)
    follow = _following_questions(page, records)
    longest = _longest(page, records)
    repeated = max(3, 0.4 * len(records))
    for record in records:
        parts = list(record.answer)
        if elsewhere:
            parts = _until(parts, lambda p: p.at in elsewhere)
        if follow:
            parts = _until(parts, lambda p: page.keys[p.at] in follow)
        if is_ruled:
            parts = _until(parts, lambda p: page.units[p.at].kind == "rule")
        if record is records[-1]:
            parts = _as_long_as_others(page, record, parts, records[:-1])
        parts = _without_title(page, record, parts, gap, longest)
        head = page.units[record.at]
        while (
            len(parts) > 1
            and _is_title(page, parts[-1], gap)
            and not _is_deeper(page.units[parts[-1].at], head)
        ):
            parts.pop()
        while parts and _is_noise(page, parts, tails, repeated, counted):
            parts.pop()
        bare = next((n for n, p in enumerate(parts) if page.units[p.at].kind not in ("tag", "rule")), None)
        record.answer = parts[bare:] if bare else [] if bare is None else parts


_FRAMED = regex(r"(?:[=\-–—*#~_]{2,}\s*[^\W_].*[^\s]\s*[=\-–—*#~_]{2,}|\[[^\[\]]+\]|【[^【】]+】)")
"""A line in a frame of signs: `=== Cells ===`, `[Cells]`."""


def _is_title(page: Page, part: Part, gap: int | None) -> bool:
    """Whether the last line of an answer is the title of what follows: marked as one, or short behind a gap."""
    unit, sign = page.units[part.at], page.signs[part.at]
    if unit.kind != "text" or sign.mark or sign.style or part.start or len(unit.text) > _LONGEST_TITLE:
        return False
    if _FRAMED.fullmatch(unit.text):
        return True
    if not unit.gap or unit.text.rstrip().endswith(tuple(_STOPS)):
        return False
    if sign.emphasis in ("whole", "capitals") or unit.text.endswith((":", "：")):
        return True
    if sign.emphasis == "start" or (part.at and _is_like_above(page, part.at)):
        return False
    above = page.units[part.at - 1].text if part.at else ""
    plain = not any(isinstance(e, (CodeSpan, Formula, Link, Image)) for e in unit.content)
    return (
        gap == 0
        and plain
        and len(unit.text.split()) <= 6
        and not unit.text[:1].islower()
        and not above.endswith(":")
    )


_VALUED = regex(r"[^\d:：]{1,40}[:：]\s?\S")
"""A label without a number, and what it labels: `LEFT JOIN: all from left`; titles count, as in `Part 2: Joins`."""

_SIGNED = regex(r"[^\w\s]+(?=\w)")


def _is_like_above(page: Page, at: int) -> bool:
    """Whether a line and a short one above it begin with labels, or both with one sign, as points of a list do."""
    above, text = page.units[at - 1].text, page.units[at].text
    if len(above) <= _LONGEST_TITLE and _VALUED.match(above) and _VALUED.match(text):
        return True
    one, other = _SIGNED.match(above), _SIGNED.match(text)
    return one is not None and other is not None and one[0] == other[0]


def _as_long_as_others(page: Page, record: Record, parts: list[Part], others: Sequence[Record]) -> list[Part]:
    """The last answer of a pattern, which no next member ends, with no more texts than the others have blocks.

    Formulas, tables and code go with the text above them, and what stands in a quotation or a fold with its beginning.
    """
    if len(others) < 4:
        return parts
    counts = sorted(1 + sum(page.units[p.at].gap > 0 for p in r.answer[1:]) for r in others)
    head = page.units[record.at]
    starts = [
        n
        for n, p in enumerate(parts)
        if n and (unit := page.units[p.at]).gap > 0 and _is_text(unit) and not _is_deeper(unit, head)
    ]
    is_regular = counts[0] == counts[-1]
    too_long = len(starts) >= counts[-1] if is_regular else len(starts) > 2 * counts[-1]
    return parts[: starts[counts[-1] - 1]] if too_long else parts


def _is_deeper(unit: Unit, head: Unit) -> bool:
    """Whether a line of an answer stands in a quotation or a fold that its question stands outside of."""
    return unit.quote > head.quote or unit.fold > head.fold


def _is_text(unit: Unit) -> bool:
    return unit.kind not in ("code", "row")


def _until(parts: list[Part], stops: Callable[[Part], bool]) -> list[Part]:
    """The parts before the first one behind another that stops."""
    end = next((n for n, p in enumerate(parts) if n and stops(p)), None)
    return parts[:end]


def _is_noise(page: Page, parts: Sequence[Part], tails: Counter[str], repeated: float, counted: bool) -> bool:
    unit = page.units[parts[-1].at]
    if unit.kind in ("tag", "rule") or (len(parts) > 1 and (leads_back(unit) or unit.tag.startswith("[!"))):
        return True
    if len(parts) > 1 and _counts(unit):
        return counted
    text = page.wordings[parts[-1].at]
    return unit.kind == "text" and len(parts) > 1 and len(text) > 2 and tails[text] >= repeated


_COUNTED = 0.8
"""Share of numbers at the ends of answers that go on from the one before, from which they count what follows."""


def _are_counted(page: Page, records: Sequence[Record]) -> bool:
    """Whether two answers or more end with a number, and the numbers count on: they stand above what follows."""
    lasts = (page.units[r.answer[-1].at] for r in records if r.answer)
    numbers = [int(unit.text.strip(_AROUND)) for unit in lasts if _counts(unit)]
    steps = [other - one == 1 for one, other in pairwise(numbers)]
    return sum(steps) >= max(1, _COUNTED * len(steps))


_AROUND = ".):"


def _counts(unit: Unit) -> bool:
    """Whether a line is nothing but a number, as stands above what follows."""
    return unit.kind == "text" and len(unit.text) <= _LONGEST_NUMBER and unit.text.strip(_AROUND).isdecimal()


_LONGEST_NUMBER = 9
"""Characters, signs around a number among them."""


def _typical_gap(page: Page, records: Sequence[Record]) -> int | None:
    """Blank lines that answers have inside them, as most do; None where too few show it."""
    gaps = sorted(max((page.units[p.at].gap for p in r.answer[1:]), default=0) for r in records[:-1])
    return gaps[int(0.6 * (len(gaps) - 1))] if len(gaps) >= 5 else None


def _longest(page: Page, records: Sequence[Record]) -> int:
    """Characters of a long answer of the pattern: nine of ten are shorter."""
    sizes = sorted(sum(len(page.units[p.at].text) for p in r.answer) for r in records[:-1])
    return sizes[int(0.9 * (len(sizes) - 1))] if len(sizes) >= 4 else 10**9


def _following_questions(page: Page, records: Sequence[Record]) -> set[object]:
    """Labels inside most answers behind which something asks: questions that follow, no part of the answer."""
    count: Counter[object] = Counter()
    for record in records:
        for p in record.answer[1:]:
            key = page.keys[p.at]
            asked = page.units[p.at].text[page.signs[p.at].value :]
            if key and key.form == "label" and key.role != "answer" and asks(asked) >= 0.8:
                count[key] += 1
    return {key for key, number in count.items() if len(records) >= 4 and number >= 0.5 * len(records)}


def _without_title(
    page: Page, record: Record, parts: list[Part], gap: int | None, longest: int
) -> list[Part]:
    """The parts without a title of what follows: short lines behind a gap larger than the typical one."""
    if gap is None:
        return parts
    units = page.units
    said, length = False, sum(len(units[p.at].text) for p in parts)
    for n, part in enumerate(parts):
        unit = units[part.at]
        if n and unit.gap > gap and unit.kind in ("text", "tag", "heading"):
            tail = parts[n:] if len(parts) - n <= _MOST_TITLES else []
            titles = (
                tail and (unit.gap >= 2 or unit.text.isupper()) and not _is_deeper(unit, units[record.at])
            )
            if said and (length > 3 * longest + 200 or (titles and all(_may_title(page, p) for p in tail))):
                return parts[:n]
        said = said or any(map(str.isalpha, unit.text))
        length -= len(unit.text)
    return parts


def _may_title(page: Page, part: Part) -> bool:
    """Whether a line may be one of a title: short, without a bullet, number or end of a sentence."""
    unit, sign = page.units[part.at], page.signs[part.at]
    bare = unit.kind != "code" and not sign.mark and not sign.style
    return bare and len(unit.text) <= _LONGEST_TITLE and not _ENDED.search(unit.text)
