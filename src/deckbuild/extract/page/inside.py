"""Logical lines that run together on one: a label of an answer behind its question, questions that count on.

Text copied from a PDF also has titles behind the last sentence before them, and lines indented by chance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import signature, signatures
from deckbuild.machine.regex import regex
from deckbuild.syntax.units import Unit, part

_LABEL = regex(r"(?<=\s)(?P<word>[^\W\d_]+(?: [^\W\d_]+)?)(?P<number>\s?\d{1,3})?\s?[:：]\s*(?=\S)")
_CJK_LABEL = regex(r"(?P<word>答案?|解答|答え|정답|답)\s?[:：]\s*(?=\S)")
_COUNTED = regex(r"(?<=[.!?:;)\w”\"])\s+(?P<number>\d{1,3})[.)]\s+(?=[^\W\d_])")
_TITLE = regex(
    r"(?:^|(?<=[.!?)”\"])\s+)(?P<word>[^\W\d_]{3,})\s(?P<number>\d{1,3})\s?[-–—:.]\s*(?=\w[^.!?]*$)"
)
_CHANCE = 3
"""Columns by which a line may be indented by chance: more would make code of it, or text of an item."""

_FEWEST = 3
"""Lines that must do so before one is cut."""


def answer_labels(units: Sequence[Unit]) -> dict[int, tuple[int, ...]]:
    """`Q: … A: …` on one line: where the label of the answer begins, by unit; rows of a file have columns for it."""
    found: dict[int, tuple[int, ...]] = {}
    if units and units[0].text.startswith("#separator:"):
        return found
    for at, unit in enumerate(units):
        if unit.kind != "text" or not (":" in unit.text or "：" in unit.text) or len(unit.text) > 3000:
            continue
        places = [start for m in _LABEL.finditer(unit.text) if (start := _label(m)) >= 0]
        if not unit.text.isascii():
            places += [m.start() for m in _CJK_LABEL.finditer(unit.text) if m.start()]
        if len(places) == 1 and places[0] > 5 and re.search(r"[?？:：]", unit.text[: places[0]]):
            found[at] = (places[0],)
    if len(found) >= _FEWEST:
        return found
    return {at: cut for at, cut in found.items() if _is_labelled(units[at])}


def _label(match: re.Match[str]) -> int:
    """Where the label of an answer begins, -1 if it is none: both its words, or the last one with a number."""
    if role(match["word"]) == "answer":
        return match.start()
    before, blank, last = match["word"].rpartition(" ")
    told = match["number"] and blank and role(last) == "answer"
    return match.start() + len(before) + 1 if told else -1


def _is_labelled(unit: Unit) -> bool:
    """Whether a line begins with the label of a question."""
    sign = signature(unit)
    return bool(sign.label_sign) and role(sign.label) == "question"


def counted_on(units: Sequence[Unit]) -> dict[int, tuple[int, ...]]:
    """Numbers that continue a document's series inside a line and ask: where they begin, by unit.

    Where hardly a line begins with a number, each of them must ask by itself.
    """
    if not any(_COUNTED.search(unit.text) for unit in units if unit.kind == "text"):
        return {}
    signs = signatures(units)
    numbered = [at for at, s in enumerate(signs) if s.style in ("1.", "1)")]
    if not numbered:
        return {}
    starts = set(numbered)
    last: int | None = None
    found: dict[int, tuple[int, ...]] = {}
    for at, unit in enumerate(units):
        if unit.kind != "text":
            continue
        if at in starts:
            last = signs[at].number
        cuts = []
        for match in _COUNTED.finditer(unit.text):
            behind = unit.text[match.end() :]
            if len(numbered) < _FEWEST and (following := _COUNTED.search(behind)):
                behind = behind[: following.start()]
            asks = re.search(r"[?？]", behind)
            if last is not None and int(match["number"]) == last + 1 and asks:
                cuts.append(match.start("number"))
                last += 1
        if cuts:
            found[at] = tuple(cuts)
    return found if sum(map(len, found.values())) >= 2 else {}


def evened(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units, lines whose numbers count on from the one before as far indented as that."""
    found: list[Unit] = []
    before: Unit | None = None
    last: int | None = None
    for unit, sign in zip(units, signatures(units), strict=True):
        if sign.style in ("1.", "1)"):
            counts_on = before is not None and last is not None and sign.number == last + 1
            if before and counts_on and 0 < abs(unit.indent - before.indent) <= _CHANCE:
                unit = replace(unit, indent=before.indent)
            before, last = unit, sign.number
        found.append(unit)
    return tuple(found)


def titles(units: Sequence[Unit]) -> dict[int, int]:
    """Where `Part 2: …` stands before questions that start again at 1, by unit; the numbers of titles count on."""
    found: dict[int, tuple[int, str, int]] = {}
    for at, sign in enumerate(signatures(units)[1:]):
        if sign.number == 1 and units[at].kind == "text" and (match := _TITLE.search(units[at].text)):
            found[at] = (match.start("word"), match["word"], int(match["number"]))
    kept = {
        at
        for (first, (_, word, number)), (second, (_, again, following)) in pairwise(found.items())
        if word == again and following == number + 1
        for at in (first, second)
    }
    return {at: found[at][0] for at in kept}


def titled(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units with titles that run on behind answers as headings of their own."""
    places = titles(units)
    found: list[Unit] = []
    for at, unit in enumerate(units):
        if at not in places:
            found.append(unit)
            continue
        *before, title = part(unit, (places[at],)) if places[at] else (unit,)
        found += [*before, replace(title, kind="heading", level=2)]
    return tuple(found)


def parted_at(units: Sequence[Unit], cuts: dict[int, tuple[int, ...]]) -> tuple[Unit, ...]:
    """The units, those parted that are to be cut at places in their text."""
    if not cuts:
        return tuple(units)
    return tuple(
        piece for at, unit in enumerate(units) for piece in (part(unit, cuts[at]) if at in cuts else (unit,))
    )
