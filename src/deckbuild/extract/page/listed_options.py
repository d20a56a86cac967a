"""Options without letters: items and bare lines, one of which is told apart in each of their lists."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckbuild.extract.page.asking import has_sign
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.option_signs import apart
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import LETTER, LETTERS, Signature
from deckbuild.extract.words import words
from deckbuild.syntax.units import Unit

MOST = 8
"""Options of one question."""

ALL_BUT_RIGHT = frozenset({"struck", "cross"})
"""Marks of wrong options."""

Group = tuple[int, ...]
"""The units of one question's options, in order."""

_NEAR = 8
"""Units behind a list that may be further lines of its last item, and the text behind it."""

_FEWEST = 3
"""Lists of one kind that are compared."""


def told_apart(units: Sequence[Unit], signs: Sequence[Signature]) -> Iterator[Group]:
    """Lists and bare lines as options, where a sign or a line behind tells one of most of them."""
    families: defaultdict[str, list[Group]] = defaultdict(list)
    for run in (*_lists(units, signs, False), *_lists(units, signs, True)):
        families[signs[run[0]].style or "items"].append(run)
    families["dense"] = list(_dense(units, signs))
    families["bare"] = list(_bare(units, signs))
    taken: set[int] = set()
    known: set[str] = set()
    few: list[Group] = []
    for runs in families.values():
        if len(runs) < _FEWEST:
            few += runs
            continue
        telling = _telling(runs, units, signs)
        named = [run for run in runs if _named_behind(run, units, signs)]
        if telling:
            known |= telling
            found = [run for run in runs if any(apart(units[at], signs[at]) & telling for at in run)]
        elif len(named) >= 0.6 * len(runs):
            found = named
        else:
            continue
        yield from (run for run in found if not taken & set(run))
        taken |= {at for run in found for at in run}
    for run in few:
        right = sum(bool(apart(units[at], signs[at]) & known) for at in run)
        if right == 1 and is_asked(run, units, signs) and not taken & set(run):
            yield run


def _telling(runs: Sequence[Group], units: Sequence[Unit], signs: Sequence[Signature]) -> set[str]:
    """Marks that stand on one option of most groups; on several as well where most groups are asked for."""
    asked = sum(
        is_asked(run, units, signs) or units[run[0] - 1].text.endswith((":", "：")) for run in runs if run[0]
    )
    count: Counter[str] = Counter()
    for run in runs:
        marks = Counter(mark for at in run for mark in apart(units[at], signs[at]))
        for mark, number in marks.items():
            right = number == 1 or (number < len(run) and (asked >= 0.4 * len(runs) or mark in ALL_BUT_RIGHT))
            count[mark] += 1 if right else -1
    return {mark for mark, number in count.items() if number >= 0.6 * len(runs)}


def is_asked(run: Group, units: Sequence[Unit], signs: Sequence[Signature]) -> bool:
    """Whether the text above a run asks."""
    if (
        signs[run[0] - 1].label_sign == signs[run[0]].label_sign == ":"
        and role(signs[run[0] - 1].label) == "question"
    ):
        return False
    return any(signs[at].asks >= 0.5 for at in range(max(0, run[0] - 2), run[0]))


def _lists(units: Sequence[Unit], signs: Sequence[Signature], numbered: bool) -> Iterator[Group]:
    """Lists of items that stand line below line: of one kind of bullet or of two, or with numbers from 1.

    Quotes between items are what authors say of the one above; lines that are indented right below it are its rest.
    """
    run: list[int] = []
    last = -1
    for at in range(len(units) + 1):
        if run and at < len(units) and units[at].kind == "text" and _is_beside(run[-1], at, units, signs):
            last = at
            continue
        fits = at < len(units) and units[at].kind == "text" and signs[at].box is None
        if fits:
            sign = signs[at]
            item = bool(sign.mark) or units[at].tag == "li"
            fits = bool(sign.style) and not sign.mark if numbered else item and not sign.style
            fits = fits and role(sign.label) != "answer"
        below = fits and run and at == last + 1 and units[at].indent == units[run[-1]].indent
        last = at
        if below and (not numbered or _counts_on(signs[run[-1]], signs[at])):
            run.append(at)
            continue
        if 2 <= len(run) <= MOST:
            yield tuple(run)
        run = [at] if fits and (not numbered or signs[at].number == 1) else []


def _is_beside(item: int, at: int, units: Sequence[Unit], signs: Sequence[Signature]) -> bool:
    """Whether a line belongs to an item of a list: a quote below it, or its rest on a further line."""
    unit, sign = units[at], signs[at]
    bare = not (sign.mark or sign.style or sign.letter or unit.gap)
    return unit.quote > units[item].quote or (bare and unit.indent > units[item].indent + 1)


def _counts_on(before: Signature, sign: Signature) -> bool:
    return sign.style == before.style and sign.number == (before.number or 0) + 1


def _bare(units: Sequence[Unit], signs: Sequence[Signature]) -> Iterator[Group]:
    """Lines without bullet or number below a line that asks or counts, up to the next gap."""
    run: list[int] = []
    for at in range(len(units) + 1):
        fits = at < len(units) and units[at].kind == "text"
        sign = signs[at] if fits else None
        beside = fits and run and not units[at].gap and units[at].quote == units[run[0]].quote
        beside = beside and not (sign and sign.mark and sign.mark == signs[run[0]].mark)
        if sign and beside and not (sign.style or sign.number or role(sign.label)):
            run.append(at)
            continue
        if 3 <= len(run) <= MOST + 1:
            yield tuple(run[1:])
        run = [at] if sign and (sign.asks >= 0.5 or sign.style or units[at].text.endswith("{")) else []


_USUAL = 0.2
"""Share of questions below which there are so many lines, from which that is the number of their options."""


def _dense(units: Sequence[Unit], signs: Sequence[Signature]) -> Iterator[Group]:
    """As many bare lines below each line that asks, though no gap parts them from the next question.

    This may begin a line before it asks.
    """
    heads = [at for at, unit in enumerate(units) if unit.kind == "text" and has_sign(unit.text)]
    found = [range(at + 1, end) for at, end in pairwise((*heads, len(units)))]
    sizes = Counter(map(len, found))
    size = min((n for n, times in sizes.items() if n > 2 and times >= _USUAL * len(found)), default=0)
    if not 3 <= size <= MOST:
        return
    for below in found:
        run = tuple(below[:size])
        bare = all(
            units[at].kind == "text" and not (signs[at].style or signs[at].mark or role(signs[at].label))
            for at in run
        )
        if len(below) in (size, size + 1) and bare and not any(units[at].gap for at in run[1:]):
            yield run


def _named_behind(run: Group, units: Sequence[Unit], signs: Sequence[Signature]) -> bool:
    """Whether the text behind a run is labelled as an answer and names or repeats one of the options."""
    near = [
        at
        for at in range(run[-1] + 1, min(len(units), run[-1] + _NEAR))
        if not (units[at].kind == "text" and _is_beside(run[-1], at, units, signs))
    ]
    behind = next(
        (at for at in near[:3] if units[at].kind in ("text", "heading") and units[at].tag != "summary"), None
    )
    if behind is None:
        return False
    label = signs[behind].label
    if role(label) != "answer" and not set(label.split()) & (words().correct | words().answer_with):
        return False
    told = units[behind].text[signs[behind].value :]
    if label.endswith("#") and (number := re.search(r"\d+", units[behind].text)):
        told = number[0]
    if match := re.match(rf"\W*(?:(?P<number>\d)|(?P<letter>{LETTER}))(?![^\W_])", told):
        place = int(match["number"]) - 1 if match["number"] else LETTERS[match["letter"].casefold()]
        return place < len(run)
    said = letters(told)
    return bool(said) and any(said == letters(units[at].text[signs[at].body :]) for at in run)
