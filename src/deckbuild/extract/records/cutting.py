"""Records: the document cut at the members of a family, and the parts of each record given their roles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from deckbuild.extract.page.asking import asks, has_sign
from deckbuild.extract.page.keys import Key
from deckbuild.extract.page.listings import leads_back
from deckbuild.extract.page.page import Page
from deckbuild.extract.records.families import Family
from deckbuild.extract.records.layouts import DEFINES, Layout
from deckbuild.extract.records.on_line import part_lines
from deckbuild.extract.records.question_parts import (
    above_quotation,
    are_quoted,
    behind_quotation,
    code_asked_about,
    rest_of_question,
    wrapped,
)
from deckbuild.extract.records.record import TO_WRITE_ON, Part, Record, says, says_part, wordy
from deckbuild.model.text import has_image
from deckbuild.syntax.html_lines import MORE

_IMAGE_ASKS = 1.0
"""An image in the place of a question asks what it shows."""


class Cut(Struct, frozen=True):
    """A family cut into records; `inner` gives for keys the share of records that they come once in."""

    family: Family
    records: tuple[Record, ...]
    inner: dict[Key, float]
    markers: frozenset[Key]
    bare: bool


def cut(page: Page, made: Layout) -> Cut:
    """The records of a family with their roles."""
    family, markers = made.family, made.markers
    groups = [group[0] for group in page.groups]
    marked = frozenset(at for at in page.keyed if page.keys[at] in markers) if markers else frozenset()
    records = tuple(map(Record, family.members, made.ends))
    quoted = are_quoted(page, records)
    for record, start in zip(records, made.starts, strict=True):
        _give_roles(page, made, record, start, marked, groups, quoted)
    part_lines(page, made, records)
    _take_back(page, records)
    return Cut(family, records, made.inner, markers, made.bare)


_MOSTLY = 0.5
"""Share of records without an answer from which a list is one of questions to be answered by the reader."""


def _take_back(page: Page, records: Sequence[Record]) -> None:
    """In a list that is mostly unanswered, a line behind a gap is a title or one more question, and answers nothing.

    Nor does an item that asks.
    """
    for record in records:
        if _is_to_fill_in(page, record):
            record.answered, record.answer = False, []
    asking = [r for r in records if _is_asked_further(page, r)]
    silent = sum(not (r.answered or r.options) for r in records)
    if silent + len(asking) <= _MOSTLY * len(records):
        return
    for record in asking:
        record.answered, record.answer = False, []
    for record in records:
        alone = record.answer[0] if len(record.answer) == 1 and not record.inline else None
        if alone is None or record.marker is not None or record.options:
            continue
        head, unit, sign = page.units[record.at], page.units[alone.at], page.signs[alone.at]
        beside = (
            unit.kind == "text" and unit.gap > 0 and unit.indent <= head.indent and unit.quote == head.quote
        )
        if beside and head.kind == "text" and not (sign.mark or sign.style):
            record.answered, record.answer = False, []


def _is_to_fill_in(page: Page, record: Record) -> bool:
    """Whether an item of a list below a question is a line to write on: one is to choose from it, as in a form."""
    if record.marker is not None or record.options:
        return False
    return any(page.signs[p.at].mark and TO_WRITE_ON.search(page.units[p.at].text) for p in record.answer)


def _is_asked_further(page: Page, record: Record) -> bool:
    """Whether nothing stands below a question but an item that asks, too."""
    alone = record.answer[0] if len(record.answer) == 1 and record.marker is None else None
    return alone is not None and bool(page.signs[alone.at].mark) and _only_asks(page, alone)


def _give_roles(
    page: Page,
    made: Layout,
    record: Record,
    start: int,
    marked: frozenset[int],
    groups: Sequence[int],
    quoted: bool,
) -> None:
    """The question up to marker, options or the end of the head; the answer behind it."""
    family, bare = made.family, made.bare
    units = page.units
    body = [i for i in range(record.at + 1, record.end) if units[i].kind != "hidden"]
    group = bisect_left(groups, record.at)
    if group < len(groups) and groups[group] < record.end:
        ruled = any(units[i].kind == "rule" for i in range(record.at, groups[group]))
        record.options = () if ruled else page.groups[group]
    if marked:
        record.marker = next((i for i in body if i in marked and _reaches(page, record.at, i)), None)
    if record.marker is not None and (again := _answered_again(page, record, marked)):
        record.end = again
        body = [i for i in body if i < again]
    head = Part(record.at, start)
    titles = bare and (family.name[:2] == ("key", "alone") or not wordy(units[record.at].text[start:]))
    question = [] if titles else [head]
    first_option = record.options[0] if record.options else None
    stop = min(i for i in (record.marker, first_option, record.end) if i is not None)
    before = [i for i in body if i < stop]
    if bare or record.marker is not None or record.options:
        question += rest_of_question(page, record, before, made)
    elif units[record.at].tag == "summary":
        question += [Part(i) for i in before if units[i].tag == MORE]
    elif units[record.at].kind != "heading":
        above = above_quotation(page, record.at, before) if quoted else None
        question += above or wrapped(page, record.at, before)
    question += code_asked_about(page, record, question, before)
    record.question = question
    last = question[-1].at if question else record.at
    if record.marker is not None:
        first = record.marker
    elif record.options:
        first = page.behind(record.options)
    else:
        first = last + 1
    told: Sequence[int] = range(first, record.end)
    if quoted:
        told = told[: behind_quotation(page, record.at, told)]
    if record.options:
        options = {i for at in record.options for i in (at, *page.held.get(at, ()))}
        told = sorted({*among(page, record.options), *told} - options)
    record.answer = [_answer_part(page, i, family) for i in told if units[i].kind != "hidden"]
    texts = [units[p.at].text[p.start :] for p in question if units[p.at].kind in ("text", "heading")]
    whole = [" ".join(texts)] if len(texts) > 1 else []
    record.asks = max(map(asks, (*texts, *whole)), default=0.0)
    if question and not any(map(wordy, texts)) and has_image(units[question[0].at].content):
        record.asks = _IMAGE_ASKS
    said = [
        p
        for p in record.answer
        if units[p.at].kind not in ("tag", "rule") and not (p.at in marked and _is_alone(page, p.at))
    ]
    record.answered = any(units[p.at].kind == "row" or says_part(units[p.at], p) for p in said)
    if record.marker is None and len(said) >= _LIST and all(_only_asks(page, p) for p in said):
        record.answered = False
    if said and all(leads_back(units[p.at]) for p in said):
        record.answered = False
    if len(said) == 1 and _introduces(page, record, said[0]):
        record.answered = False


def _introduces(page: Page, record: Record, part: Part) -> bool:
    """Whether a paragraph that ends with a colon below a heading only leads on to the headings below it."""
    head, unit = page.units[record.at], page.units[part.at]
    if head.kind != "heading" or unit.kind != "text" or not unit.text.endswith((":", "：")):
        return False
    behind = page.units[record.end] if record.end < len(page.units) else head
    return record.marker is None and behind.kind == "heading" and behind.level > head.level


_LIST = 2
"""Lines that ask, from which nothing but such lines is a list of questions and no answer."""


def _only_asks(page: Page, part: Part) -> bool:
    """Whether a part of an answer is a line that asks by its sign."""
    unit = page.units[part.at]
    return unit.kind == "text" and not part.start and has_sign(unit.text)


def _answered_again(page: Page, record: Record, marked: frozenset[int]) -> int | None:
    """Where the paragraph begins, behind a gap, that ends with a second label of an answer: it asks something else."""
    assert record.marker is not None
    first = page.keys[record.marker]
    if first is None or first.form != "label" or first.role != "answer":
        return None
    for at in range(record.marker + 1, record.end):
        key = page.keys[at]
        if at in marked and key is not None and key.form == "label" and key.role == "answer":
            start = at - 1
            while start > record.marker and not page.units[start].gap and page.units[start].kind == "text":
                start -= 1
            own = record.marker < start < at and page.units[start].gap and page.units[start].kind == "text"
            return start if own and not page.units[at].gap else None
    return None


def _reaches(page: Page, head: int, at: int) -> bool:
    """Whether a key may announce the answer of a head: a `?` only parts the paragraph right above from its answer."""
    key = page.keys[at]
    return key is None or key.text != "?" or not any(page.units[i].gap for i in range(head + 2, at))


def among(page: Page, options: tuple[int, ...]) -> list[int]:
    """Text that stands among options and belongs to none, such as the explanation of the right one."""
    if not options:
        return []
    return [
        i for i in range(options[0], options[-1]) if i not in page.in_group and page.units[i].kind == "text"
    ]


def _answer_part(page: Page, at: int, family: Family) -> Part:
    """A unit of an answer, behind the colon that begins the lines of a definition list."""
    if family.name[0] != "defined":
        return Part(at)
    match = DEFINES.match(page.units[at].text)
    return Part(at, match.end() if match else 0)


def _is_alone(page: Page, at: int) -> bool:
    """Whether a unit says nothing but its key."""
    key = page.keys[at]
    return key is not None and (key.form == "alone" or not says(page.units[at], page.signs[at].value))
