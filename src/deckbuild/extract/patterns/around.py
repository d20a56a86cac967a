"""What the document has besides the records of a pattern, and how heads and answers hang together with their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import is_section
from deckbuild.extract.records.record import Record

_MANY = 5
"""Lines elsewhere that ask, or labels of answers, from which more say nothing new."""

_LISTED = 5
"""Heads whose order says something."""

_WRAPPED = 50
"""Characters of a line from which it may have been wrapped."""


def around(page: Page, records: Sequence[Record], whole: Sequence[Record]) -> dict[str, float]:
    """What the document has besides records: other lines that ask, other labels of answers, titles of questions.

    `records` are those of the `whole` pattern that are looked at one by one.
    """
    heads = {p.at for r in whole for p in r.question}
    heads.update([r.at for r in whole])
    asking = sum([at not in heads for at in page.asking])
    marked = sum([not inside for inside in _inside(page, whole)])
    broken = sum(_is_broken(page, r.at) for r in records)
    return {
        "asks elsewhere": asking / max(1, len(page.asking)) * min(1.0, asking / _MANY),
        "answers elsewhere": marked / max(1, len(page.answer_labels)) * min(1.0, marked / _MANY),
        "broken": broken / len(records),
        "goes on": sum(_goes_over(page, r) for r in records) / len(records),
        "replies": sum(_is_reply(page, r) for r in records) / len(records),
        "sorted": _sorted([page.body(r.at) for r in records]),
        "below sections": sum(
            [is_section(page.title(up)) for r in records if (up := page.parents[r.at]) >= 0]
        )
        / len(records),
        "quiz somewhere": float(page.holds_quiz),
        "terms somewhere": float(page.holds_terms),
    }


def _inside(page: Page, records: Sequence[Record]) -> Iterator[int]:
    """For each label of an answer whether it stands in a record: 1 or 0."""
    if page.answer_labels:
        held = bytearray(len(page.units))
        for r in records:
            held[r.at : r.end] = b"\1" * (r.end - r.at)
        yield from (held[at] for at in page.answer_labels)


def _is_broken(page: Page, at: int) -> bool:
    """Whether a head without a mark goes on from the line right above, which ends in the middle of a sentence."""
    unit, sign = page.units[at], page.signs[at]
    if not at or unit.gap or unit.kind != "text" or sign.mark or sign.style or sign.letter:
        return False
    above = page.units[at - 1]
    return above.kind == "text" and above.text[-1:].isalnum() and len(above.text) > _WRAPPED


def _goes_over(page: Page, record: Record) -> bool:
    """Whether an answer is the rest of a sentence that its head began, wrapped to the next line."""
    if not record.answer or not record.question or record.answer[0].start:
        return False
    last, first = record.question[-1], record.answer[0]
    asked, told = page.units[last.at].text[: last.end], page.units[first.at]
    follows = first.at == last.at + 1 and not told.gap and told.kind == page.units[last.at].kind == "text"
    return follows and told.text[:1].islower() and (asked[-1:].isalnum() or asked.endswith((",", ";")))


def _is_reply(page: Page, record: Record) -> bool:
    """Whether an answer begins with the same sign as what it answers, as in dialogues."""
    if not record.answer or record.answer[0].start:
        return False
    asked, told = page.units[record.at], page.units[record.answer[0].at]
    alike = asked.text[:1] == told.text[:1] and not asked.text[:1].isalnum()
    return alike and asked.kind == told.kind == "text" and asked.indent == told.indent


def _sorted(heads: Sequence[str]) -> float:
    """How far heads stand in the order of the alphabet: 0 as by chance, 1 where all do."""
    found = [letters(head)[:12] for head in heads]
    if len(found) < _LISTED:
        return 0.0
    return max(0.0, 2 * sum(a <= b for a, b in pairwise(found)) / (len(found) - 1) - 1)
