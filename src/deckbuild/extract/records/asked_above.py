"""Records found by their options: the text above each group of options asks."""

from __future__ import annotations

import itertools

from deckbuild.extract.page.asking import asks
from deckbuild.extract.page.keys import Key
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import LETTER
from deckbuild.extract.records.cutting import Cut, among
from deckbuild.extract.records.families import Family
from deckbuild.extract.records.record import Part, Record, text_of
from deckbuild.machine.regex import regex
from deckbuild.syntax.units import Unit

_MOST = 25
"""Units of one question above its options."""


def asked_above(page: Page) -> Cut | None:
    """The records of all groups of options; None where there are fewer than two."""
    records: list[Record] = []
    before = -1
    for group in page.groups:
        question = _question(page, group[0], before)
        before = page.behind(group) - 1
        if question:
            records.append(Record(question[0], len(page.units), [_part(page, at) for at in question], group))
    if len(records) < 2:
        return None
    for record, following in itertools.pairwise(records):
        record.end = following.at
    for record in records:
        behind = page.behind(record.options)
        end = next(
            (i for i in range(behind, record.end) if _ends(page, i) or _counts_on(page, record.at, i)),
            record.end,
        )
        record.end = end
        answer = (*among(page, record.options), *range(behind, end))
        record.answer = [Part(i) for i in answer if page.units[i].kind != "hidden"]
        record.asks = max(asks(line) for line in text_of(page, record.question).split("\n"))
        record.answered = True
    return Cut(Family(("options",), tuple(r.at for r in records)), tuple(records), {}, frozenset(), False)


def _part(page: Page, at: int) -> Part:
    sign = page.signs[at]
    if sign.label and role(sign.label) == "question" and sign.label_sign:
        return Part(at, sign.value)
    return Part(at, sign.body if sign.style or sign.mark else 0)


def _ends(page: Page, at: int) -> bool:
    key = page.keys[at]
    return page.units[at].kind == "heading" and not (key is not None and _announces(key))


def _counts_on(page: Page, head: int, at: int) -> bool:
    """Whether a unit has the number that follows that of a question, and stands as it does."""
    asked, sign = page.signs[head], page.signs[at]
    alike = asked.style and (asked.style, asked.mark) == (sign.style, sign.mark)
    if not alike or page.units[head].indent != page.units[at].indent:
        return False
    return sign.number == (asked.number or 0) + 1


def _announces(key: Key) -> bool:
    return key.role in ("answer", "explanation")


def _question(page: Page, first: int, before: int) -> list[int]:
    """The units above an option that ask for it: up to a number, a title, a blank line or the last options."""
    found: list[int] = []
    at = first - 1
    while at > before and len(found) <= _MOST:
        unit = page.units[at]
        if unit.kind in ("rule", "row") or (unit.kind == "tag" and found) or (found and _answers(page, at)):
            break
        if unit.kind == "heading":
            only_code = all(page.units[i].kind == "code" for i in found)
            asking = asks(unit.text) >= 0.7 and not any(asks(page.units[i].text) >= 0.7 for i in found)
            if only_code or asking or (_is_question(page, at) and _part(page, at).start < len(unit.text)):
                found.insert(0, at)
            break
        if unit.kind not in ("hidden", "tag"):
            found.insert(0, at)
            if _begins(page, at):
                break
        if page.units[at].gap > 0 and found and any(page.units[i].kind != "code" for i in found):
            last = page.units[found[0]]
            if last.gap and at - 1 > before and not _continues(page, at - 1):
                break
        at -= 1
    return found


def _begins(page: Page, at: int) -> bool:
    sign, key = page.signs[at], page.keys[at]
    if sign.number is not None and sign.style and not sign.mark:
        return True
    return (key is not None and key.form == "label" and key.role == "question") or _is_question(page, at)


def _is_question(page: Page, at: int) -> bool:
    """Whether a unit is labelled as a question: `Q7. …`."""
    sign = page.signs[at]
    return bool(sign.label_sign) and role(sign.label) == "question"


def _answers(page: Page, at: int) -> bool:
    """Whether a unit names or explains the right option of the question before."""
    sign, key = page.signs[at], page.keys[at]
    told = (role(sign.label) if sign.label_sign else "", key.role if key else "")
    return bool({"answer", "explanation"} & set(told)) or bool(_BARE.fullmatch(page.units[at].text))


_BARE = regex(rf"\W*{LETTER}(?:\W+{LETTER})*\W*")
"""Letters of options and nothing else."""


def _continues(page: Page, at: int) -> bool:
    """Whether the unit above a gap still belongs to the question: a number of its own, or code."""
    unit: Unit = page.units[at]
    return unit.kind == "code" or _begins(page, at)
