"""Where answers end: lines that come back at their ends, rules, and titles of what follows are no part of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from deckbuild.extract.page.listings import leads_back
from deckbuild.extract.page.page import Page
from deckbuild.extract.records.cutting import Cut
from deckbuild.extract.records.record import Part, Record
from deckbuild.machine.regex import regex
from deckbuild.model import CodeSpan, Formula, Image, Link
from deckbuild.syntax.units import Unit

_ENDED = regex(r"[.;!?。！？,:：]$")
_LONGEST_TITLE = 70
"""Characters."""

_MOST_TITLES = 8
"""Lines that a title of what follows may have."""


def trim(page: Page, made: Cut, records: Sequence[Record], elsewhere: frozenset[int]) -> None:
    """Take from the ends of answers what their pattern shows to be none of them.

    `elsewhere` are the units of keys of answers, which end what stands before them.
    """
    tails = Counter(
        _COUNT if _counts(page.units[p.at]) else page.wordings[p.at]
        for r in records
        for p in r.answer[-4:]
        if page.units[p.at].kind in ("text", "tag")
    )
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
            parts = _as_long_as_others(page, parts, records[:-1])
        parts = _without_title(page, record, parts, gap, longest)
        while len(parts) > 1 and _is_title(page, parts[-1], gap):
            parts.pop()
        while parts and _is_noise(page, parts, tails, repeated):
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
    if not unit.gap or unit.text.rstrip().endswith((".", "!", "?", "。", "？", "！", ";")):
        return False
    if sign.emphasis in ("whole", "capitals") or unit.text.endswith((":", "：")):
        return True
    above = page.units[part.at - 1].text if part.at else ""
    plain = not any(isinstance(e, (CodeSpan, Formula, Link, Image)) for e in unit.content)
    return (
        gap == 0
        and plain
        and len(unit.text.split()) <= 6
        and not unit.text[:1].islower()
        and not above.endswith(":")
    )


def _as_long_as_others(page: Page, parts: list[Part], others: Sequence[Record]) -> list[Part]:
    """The last answer of a pattern, which no next member ends, with no more texts than the others have blocks.

    Formulas, tables and code go with the text above them.
    """
    if len(others) < 4:
        return parts
    counts = sorted(1 + sum(page.units[p.at].gap > 0 for p in r.answer[1:]) for r in others)
    starts = [n for n, p in enumerate(parts) if n and page.units[p.at].gap > 0 and _is_text(page.units[p.at])]
    is_regular = counts[0] == counts[-1]
    too_long = len(starts) >= counts[-1] if is_regular else len(starts) > 2 * counts[-1]
    return parts[: starts[counts[-1] - 1]] if too_long else parts


def _is_text(unit: Unit) -> bool:
    return unit.kind not in ("code", "row")


def _until(parts: list[Part], stops: object) -> list[Part]:
    """The parts before the first one behind another that stops."""
    assert callable(stops)
    end = next((n for n, p in enumerate(parts) if n and stops(p)), None)
    return parts[:end]


def _is_noise(page: Page, parts: Sequence[Part], tails: Counter[str], repeated: float) -> bool:
    unit = page.units[parts[-1].at]
    if unit.kind in ("tag", "rule") or (len(parts) > 1 and leads_back(unit)):
        return True
    if len(parts) > 1 and _counts(unit):
        return tails[_COUNT] >= _COUNTED
    text = page.wordings[parts[-1].at]
    return unit.kind == "text" and len(parts) > 1 and len(text) > 2 and tails[text] >= repeated


_COUNT = "#"
_COUNTED = 2
"""Answers that end with a number from which it counts what follows."""


def _counts(unit: Unit) -> bool:
    """Whether a line is nothing but a number, as stands above what follows."""
    return unit.kind == "text" and unit.text.strip(".):").isdecimal()


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
            if key and key.form == "label" and key.role != "answer" and page.signs[p.at].asks >= 0.8:
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
            titles = tail and (unit.gap >= 2 or unit.text.isupper()) and unit.fold == units[record.at].fold
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
