"""Records: the document cut at the members of a family, and the parts of each record given their roles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from unicodedata import category

from msgspec import Struct, field

from deckbuild.extract.page.asking import ASKS_SURELY, SIGNS, asks, has_sign
from deckbuild.extract.page.keys import Key
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import marked_start
from deckbuild.extract.records.families import Family
from deckbuild.extract.records.further_families import SET_APART
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model.text import has_image
from deckbuild.syntax.units import MORE, Unit

_SYMBOLS = frozenset({"So", "Sc", "Cn", "Co"})
"""Categories of characters that say something without being letters or digits."""

_IMAGE_ASKS = 1.0
"""An image in the place of a question asks what it shows."""

_FARTHEST = 200
"""Units of one record that are looked through for keys."""


class Part(Struct, frozen=True):
    """A unit, or the characters of its text from `start` up to `end`."""

    at: int
    start: int = 0
    end: int | None = None


class Record(Struct):
    """One member with what belongs to it, up to `end`: parts of the question, options, and parts of the answer.

    `explanation` is what a key of answers elsewhere says of the right option.

    `right` are the places of the right options, `told_by` what tells them.
    """

    at: int
    end: int
    question: list[Part] = field(default_factory=list)
    options: tuple[int, ...] = ()
    answer: list[Part] = field(default_factory=list)
    marker: int | None = None
    right: tuple[int, ...] = ()
    explanation: list[Part] = field(default_factory=list)
    told_by: str = ""
    asks: float = 0.0
    answered: bool = False
    inline: bool = False


class Cut(Struct, frozen=True):
    """A family cut into records; `inner` gives for keys the share of records that they come once in."""

    family: Family
    records: tuple[Record, ...]
    inner: dict[Key, float]
    markers: frozenset[Key]
    bare: bool


def cut(page: Page, family: Family) -> Cut:
    """The records of a family with their roles."""
    inner = _inner_keys(page, family.members)
    markers = _markers(family, inner)
    bare = _is_bare(page, family)
    records = [Record(at, end) for at, end in zip(family.members, _ends(page, family, inner), strict=True)]
    starts = [group[0] for group in page.groups]
    for record in records:
        _give_roles(page, family, record, markers, inner, bare, starts)
    _inline(page, family, records)
    return Cut(family, tuple(records), inner, markers, bare)


def text_of(page: Page, parts: Sequence[Part]) -> str:
    """The plain text of parts, a line for each."""
    return "\n".join(page.units[p.at].text[p.start : p.end] for p in parts)


def _ends(page: Page, family: Family, inner: dict[Key, float]) -> list[int]:
    """Where each record ends: at the next member, at a heading that ranks as high, or where its fold closes."""
    members = family.members
    highest = min((page.units[i].level for i in members if page.units[i].kind == "heading"), default=None)
    ends = []
    for number, at in enumerate(members):
        level = page.units[at].level if page.units[at].kind == "heading" else highest
        level = 9 if family.name[:2] == ("heading", "leaf") else level
        level = int(family.name[1]) if family.name[0] == "below heading" else level
        end = members[number + 1] if number + 1 < len(members) else len(page.units)
        fold = page.units[at].fold
        for i in range(at + 1, end):
            unit = page.units[i]
            if unit.fold < fold and not (unit.kind == "tag" and unit.tag == "/details"):
                end = i
                break
            key = page.keys[i]
            sign = page.signs[i]
            if family.name[0] == "defined" and i > at + 1 and _is_behind_list(page, at, i):
                end = i
                break
            asking = sign.asks >= ASKS_SURELY or sign.number is not None
            if (
                asking
                and key
                and key.form == "label"
                and key.role == "question"
                and key not in inner
                and unit.gap
            ):
                end = i
                break
            if unit.kind == "heading":
                if level is None:
                    if not (key and (key in inner or key.role == "answer")):
                        end = i
                        break
                elif unit.level <= level and not (key and key.role == "answer" and key in inner):
                    end = i
                    break
        ends.append(end)
    return ends


def _is_behind_list(page: Page, head: int, at: int) -> bool:
    """Whether a list of definitions has ended: behind a gap stands what neither defines nor is indented."""
    unit = page.units[at]
    return unit.gap > 0 and unit.indent <= page.units[head].indent and not _COLON.match(unit.text)


def _inner_keys(page: Page, members: Sequence[int]) -> dict[Key, float]:
    """Keys that come once in most records, with the share of records they come in."""
    count = len(members)
    answered = 0
    have: defaultdict[Key, float] = defaultdict(float)
    for number, at in enumerate(members):
        end = members[number + 1] if number + 1 < count else min(len(page.units), at + 80)
        seen = Counter(
            key
            for i in range(at + 1, min(end, at + _FARTHEST))
            if (key := page.keys[i]) and key != page.keys[at]
        )
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
    return frozenset(found)


def _is_bare(page: Page, family: Family) -> bool:
    """Whether most heads only count or title their records: `Question 7`."""
    if family.name[:2] == ("key", "alone"):
        return True
    wordless = sum(not _shows(page, family, at) for at in family.members)
    return wordless >= 0.5 * len(family.members)


def _wordy(text: str) -> bool:
    return any(map(str.isalpha, text))


def _shows(page: Page, family: Family, at: int) -> bool:
    """Whether a head says something besides its number: by words or by an image."""
    return _wordy(_head_text(page, family, at)) or has_image(page.units[at].content)


def _head_text(page: Page, family: Family, at: int) -> str:
    return page.units[at].text[_head_start(page, family, at) :]


def _head_start(page: Page, family: Family, at: int) -> int:
    """Where the question begins on its line: behind number, bullet and label of a question."""
    sign, key = page.signs[at], page.keys[at]
    if key and key.form == "label" and (family.name[:2] == ("key", "label") or key.role == "question"):
        return sign.value
    if sign.label and sign.label_sign and role(sign.label) == "question":
        return sign.value
    return sign.body


def _give_roles(
    page: Page,
    family: Family,
    record: Record,
    markers: frozenset[Key],
    inner: dict[Key, float],
    bare: bool,
    starts: Sequence[int],
) -> None:
    """The question up to marker, options or the end of the head; the answer behind it."""
    units = page.units
    body = [i for i in range(record.at + 1, record.end) if units[i].kind != "hidden"]
    group = bisect_left(starts, record.at)
    if group < len(starts) and starts[group] < record.end:
        ruled = any(units[i].kind == "rule" for i in range(record.at, starts[group]))
        record.options = () if ruled else page.groups[group]
    record.marker = next((i for i in body if page.keys[i] in markers and _reaches(page, record.at, i)), None)
    if record.marker is not None and (again := _answered_again(page, record, markers)):
        record.end = again
        body = [i for i in body if i < again]
    head = Part(record.at, _head_start(page, family, record.at))
    question = [head] if not bare or (_wordy(_head_text(page, family, record.at)) and not bare) else []
    if bare and family.name[:2] != ("key", "alone") and _wordy(_head_text(page, family, record.at)):
        question = [head]
    first_option = record.options[0] if record.options else None
    stop = min(i for i in (record.marker, first_option, record.end) if i is not None)
    before = [i for i in body if i < stop]
    if bare or record.marker is not None or record.options:
        question += _rest_of_question(page, record, before, bare, inner)
    elif units[record.at].tag == "summary":
        question += [Part(i) for i in before if units[i].tag == MORE]
    elif units[record.at].kind != "heading":
        question += _wrapped(page, record.at, before)
    question += _code_asked_about(page, record, question, before)
    record.question = question
    last = question[-1].at if question else record.at
    if record.marker is not None:
        first = record.marker
    elif record.options:
        first = page.behind(record.options)
    else:
        first = last + 1
    options = {i for at in record.options for i in (at, *page.held.get(at, ()))}
    record.answer = [
        _answer_part(page, i, family)
        for i in sorted({*among(page, record.options), *range(first, record.end)})
        if units[i].kind != "hidden" and i not in options
    ]
    texts = [units[p.at].text[p.start :] for p in question if units[p.at].kind in ("text", "heading")]
    record.asks = max([asks(text) for text in (*texts, " ".join(texts))], default=0.0)
    if question and not any(map(_wordy, texts)) and has_image(units[question[0].at].content):
        record.asks = _IMAGE_ASKS
    record.answered = any(
        units[p.at].kind == "row" or _says_part(units[p.at], p)
        for p in record.answer
        if units[p.at].kind not in ("tag", "rule") and not _is_marker_alone(page, p.at, markers)
    )


def _answered_again(page: Page, record: Record, markers: frozenset[Key]) -> int | None:
    """Where the paragraph begins, behind a gap, that ends with a second label of an answer: it asks something else."""
    assert record.marker is not None
    first = page.keys[record.marker]
    if first is None or first.form != "label" or first.role != "answer":
        return None
    for at in range(record.marker + 1, record.end):
        key = page.keys[at]
        if key in markers and key is not None and key.form == "label" and key.role == "answer":
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


_COLON = regex(r"[:：~]\s+")


def _answer_part(page: Page, at: int, family: Family) -> Part:
    """A unit of an answer, behind the colon that begins the lines of a definition list."""
    match = _COLON.match(page.units[at].text) if family.name[0] == "defined" else None
    return Part(at, match.end() if match else 0)


def _is_marker_alone(page: Page, at: int, markers: frozenset[Key]) -> bool:
    key = page.keys[at]
    return key in markers and (key.form == "alone" or not _says(page.units[at], page.signs[at].value))


def _says(unit: Unit, start: int = 0) -> bool:
    """Whether a unit says something behind an offset: by letters and digits, by symbols, or by an image."""
    return is_wordy(unit.text[start:]) or has_image(unit.content)


def _says_part(unit: Unit, part: Part) -> bool:
    """Whether a part of an answer says something; the fences around code say nothing."""
    return not unit.text.startswith(("```", "~~~")) and _says(unit, part.start)


def is_wordy(text: str) -> bool:
    """Whether a text has letters, digits or symbols such as emoji."""
    return any(c.isalnum() or (c > "\u2600" and category(c) in _SYMBOLS) for c in text)


def _rest_of_question(
    page: Page, record: Record, before: Sequence[int], bare: bool, inner: dict[Key, float]
) -> list[Part]:
    """What else belongs to the question: all up to its options or the answer's marker, or one block below a title."""
    units = page.units
    if bare and record.marker is None and not record.options:
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
        and not ((key := page.keys[i]) and key.form == "alone" and inner.get(key, 0) >= 0.5)
    ]


def _question_part(page: Page, at: int) -> Part:
    key = page.keys[at]
    labelled = key is not None and key.form == "label" and key.role == "question"
    return Part(at, page.signs[at].value if labelled else 0)


def _wrapped(page: Page, at: int, before: Sequence[int]) -> list[Part]:
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


def _code_asked_about(
    page: Page, record: Record, question: Sequence[Part], before: Sequence[int]
) -> list[Part]:
    """Code below a question that says it asks about what follows, if something answers behind it."""
    if record.marker is not None or record.options or not question:
        return []
    rest = [i for i in before if i > question[-1].at]
    text = page.units[record.at].text.casefold()
    if not rest or page.units[rest[0]].kind != "code" or not any(word in text for word in words().below):
        return []
    code: list[Part] = []
    for i in rest:
        if page.units[i].kind != "code":
            return code
        code.append(Part(i))
    return []


_BEHIND_SIGN = regex(r"(?P<sign>[?？؟][\"»”*_)]*)\s*(?:[-–—:→=]+>?\s*)?(?=\S)")
_CJK = regex(r"[\u3040-\u30ff\u3400-\u9fff]")


def _inline(page: Page, family: Family, records: Sequence[Record]) -> None:
    """Where most heads hold their answers on the same line, behind bold or a sign, it is taken from there."""
    cuts = [
        _inline_cut(page, family, r)
        if len(r.question) == 1 and not r.options and page.units[r.at].kind == "text"
        else None
        for r in records
    ]
    found = [c for c in cuts if c]
    asking = sum(asks(page.units[c[0].at].text[c[0].start : c[0].end]) >= 0.3 for c in found)
    mixed = family.name == SET_APART
    if not mixed and (len(found) < 0.6 * len(records) or asking < 0.4 * len(records)):
        return
    for record, parts in zip(records, cuts, strict=True):
        if parts and record.marker is None:
            question, answer = parts
            record.question, record.answer = [question], [answer, *record.answer]
            record.asks = max(record.asks, asks(page.units[question.at].text[question.start : question.end]))
            record.answered = record.inline = True


def _inline_cut(page: Page, family: Family, record: Record) -> tuple[Part, Part] | None:
    """Question and answer on one line, if they can be told apart."""
    unit = page.units[record.at]
    start = _head_start(page, family, record.at)
    if page.signs[record.at].emphasis == "start":
        end = marked_start(unit.content)
        behind = end + len(unit.text[end:]) - len(unit.text[end:].lstrip(" *:–—-：→>"))
        if start < end and _wordy(unit.text[behind:]) and len(unit.text) - behind >= 2:
            return Part(record.at, start, end), Part(record.at, behind)
    match = _BEHIND_SIGN.search(unit.text, start)
    if not match or match.start() <= 5:
        return None
    rest = unit.text[match.end() :]
    if re.match(r"[(\[]|#\w", rest) or has_sign(rest) or not _wordy(rest) or len(rest) < 2:
        return None
    if match.end() - match.start() > 1 or (not unit.text.isascii() and _CJK.search(unit.text)):
        return Part(record.at, start, match.end("sign")), Part(record.at, match.end())
    return None
