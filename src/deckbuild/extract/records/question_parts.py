"""What belongs to a question besides its head: text above options or a label, wrapped lines, code asked about."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.extract.page.asking import SIGNS, has_sign
from deckbuild.extract.page.page import Page
from deckbuild.extract.records.layouts import Layout
from deckbuild.extract.records.record import Part, Record
from deckbuild.extract.words import words
from deckbuild.syntax.markdown import CODE


def rest_of_question(page: Page, record: Record, before: Sequence[int], made: Layout) -> list[Part]:
    """What else belongs to the question: all up to its options or the answer's marker, or one block below a title."""
    units = page.units
    if made.bare and record.marker is None and not record.options:
        taken: list[int] = []
        for i in before:
            if taken and (units[i].gap or units[i].kind != "text"):
                break
            taken.append(i)
        return [_question_part(page, i) for i in taken]
    return [
        _question_part(page, i)
        for i in before
        if units[i].kind not in ("tag", "rule")
        and not ((key := page.keys[i]) and key.form == "alone" and made.inner.get(key, 0) >= 0.5)
    ]


def _question_part(page: Page, at: int) -> Part:
    key = page.keys[at]
    labelled = key is not None and key.form == "label" and key.role == "question"
    return Part(at, page.signs[at].value if labelled else 0)


def wrapped(page: Page, at: int, before: Sequence[int]) -> list[Part]:
    """The further lines of a question whose sign stands at the end of a later one."""
    unit = page.units[at]
    if has_sign(unit.text) or page.signs[at].asks >= 0.9:
        return []
    taken: list[Part] = []
    for i in before[:4]:
        other, sign = page.units[i], page.signs[i]
        plain = other.kind == "text" and not other.gap and not sign.mark and not sign.style
        if not plain or page.keys[i] or sign.emphasis or other.indent > unit.indent + 4:
            return []
        taken.append(Part(i))
        if other.text.rstrip("*_ ").endswith(tuple(SIGNS)):
            return taken
    return []


_QUOTED = 0.6
"""Share of records with nothing but a few lines above a quotation, from which these lines ask."""

_AT_ONCE = 1 / 3
"""Share of records that a quotation follows at once, from which it is what answers them."""


def are_quoted(page: Page, records: Sequence[Record]) -> bool:
    """Whether the answers of most items are quotations right below them."""
    if len(records) < _FEWEST_QUOTED or not all(_is_item(page, r.at) for r in records):
        return False
    above = [above_quotation(page, r.at, range(r.at + 1, r.end)) for r in records]
    told = [lines for lines in above if lines is not None]
    return len(told) >= _QUOTED * len(records) and sum(not n for n in told) >= _AT_ONCE * len(records)


_FEWEST_QUOTED = 5
_MOST_ABOVE = 4
"""Further lines of a question."""


def above_quotation(page: Page, at: int, body: Sequence[int]) -> list[Part] | None:
    """The lines of a paragraph between a head and a quotation below it; None where something else stands there."""
    above: list[Part] = []
    for i in body[: _MOST_ABOVE + 1]:
        unit, sign = page.units[i], page.signs[i]
        if unit.quote > page.units[at].quote:
            return above
        if unit.kind != "text" or unit.gap or sign.mark or sign.style or page.keys[i]:
            return None
        above.append(Part(i))
    return above if _are_rest(page, at, body) else None


def _are_rest(page: Page, at: int, body: Sequence[int]) -> bool:
    """Whether all lines below an item are indented with it: where others have quotations, nothing answers it."""
    return bool(body) and all(page.units[i].indent > page.units[at].indent for i in body)


def _is_item(page: Page, at: int) -> bool:
    return page.units[at].kind == "text" and bool(page.signs[at].mark or page.signs[at].style)


def behind_quotation(page: Page, at: int, told: Sequence[int]) -> int:
    """How many of the lines of an answer stand before the text at the margin that a gap parts from its quotation."""
    quoted = False
    for n, i in enumerate(told):
        unit = page.units[i]
        quoted = quoted or unit.quote > page.units[at].quote
        outside = unit.kind == "text" and unit.quote == page.units[at].quote and unit.gap
        if quoted and outside and unit.indent <= page.units[at].indent:
            return n
    return len(told)


def code_asked_about(
    page: Page, record: Record, question: Sequence[Part], before: Sequence[int]
) -> list[Part]:
    """Code below a question that says it asks about what follows, if something answers behind it."""
    if record.marker is not None or record.options or not question:
        return []
    rest = [i for i in before if i > question[-1].at]
    text = page.units[record.at].text.casefold()
    if not rest or not any(word in text for word in words().below):
        return []
    if page.units[rest[0]].kind == "text":
        return [Part(i) for i in _unfenced(page, rest)]
    code: list[Part] = []
    for i in rest:
        if page.units[i].kind != "code":
            return code
        code.append(Part(i))
    return []


def _unfenced(page: Page, rest: Sequence[int]) -> list[int]:
    """The lines above the first item of a list, if most of them are code that its author put into no fence."""
    items = (n for n, i in enumerate(rest) if page.signs[i].mark and page.units[i].gap)
    above = list(rest[: next(items, 0)])
    coded = sum(page.units[i].kind == "code" or bool(CODE.search(page.units[i].text)) for i in above)
    return above if above and coded > 0.5 * len(above) else []
