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
