"""Records: the document cut at the members of a family, and the parts of each record given their roles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from unicodedata import category

from msgspec import Struct, field

from deckbuild.extract.page.asking import SIGNS, asks, has_sign
from deckbuild.extract.page.keys import Key
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import marked_start
from deckbuild.extract.records.families import Family, is_question_key
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


class Part(Struct, frozen=True, gc=False):
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


class Layout(Struct, frozen=True):
    """Where the records of a family end, where questions begin on the lines of its heads, and which keys answer.

    `inner` gives for keys the share of records that they come once in. Heads that are `bare` only count or title.
    """

    family: Family
    ends: tuple[int, ...]
    starts: tuple[int, ...]
    inner: dict[Key, float]
    markers: frozenset[Key]
    bare: bool

    @property
    def manner(self) -> tuple[object, ...]:
        """What the records and all that is known of them follow from: families that share it differ in name only."""
        name = self.family.name
        asked = is_question_key(self.family)
        return (
            name[:2],
            len(name),
            asked,
            self.bare,
            self.markers,
            self.family.members,
            self.ends,
            self.starts,
        )

    @property
    def cutting(self) -> tuple[object, ...]:
        """What the records follow from: families that share it are cut alike, though they may be judged otherwise."""
        name = self.family.name
        told = (name[:2] == ("key", "alone"), name[0] == "defined", name == SET_APART, self.bare)
        return (*told, self.markers, self.family.members, self.ends, self.starts)


class Cut(Struct, frozen=True):
    """A family cut into records; `inner` gives for keys the share of records that they come once in."""

    family: Family
    records: tuple[Record, ...]
    inner: dict[Key, float]
    markers: frozenset[Key]
    bare: bool


def layout(page: Page, family: Family) -> Layout:
    """How a family would be cut."""
    inner = _inner_keys(page, family.members)
    markers = _markers(family, inner)
    starts = tuple(_head_start(page, family, at) for at in family.members)
    bare = _is_bare(page, family, starts)
    return Layout(family, tuple(_ends(page, family, inner)), starts, inner, markers, bare)


def cut(page: Page, made: Layout) -> Cut:
    """The records of a family with their roles."""
    family, markers = made.family, made.markers
    groups = [group[0] for group in page.groups]
    marked = frozenset(at for at in page.keyed if page.keys[at] in markers) if markers else frozenset()
    records = tuple(map(Record, family.members, made.ends))
    for record, start in zip(records, made.starts, strict=True):
        _give_roles(page, made, record, start, marked, groups)
    _inline(page, made, records)
    return Cut(family, records, made.inner, markers, made.bare)


def text_of(page: Page, parts: Sequence[Part]) -> str:
    """The plain text of parts, a line for each."""
    if len(parts) == 1:
        (p,) = parts
        return page.units[p.at].text[p.start : p.end]
    return "\n".join(page.units[p.at].text[p.start : p.end] for p in parts)


def _ends(page: Page, family: Family, inner: dict[Key, float]) -> list[int]:
    """Where each record ends: at the next member, at a heading that ranks as high, or where its fold closes."""
    members = family.members
    units = page.units
    highest = min((units[i].level for i in members if units[i].kind == "heading"), default=None)
    labelled = {i for i in page.asking_labels if page.keys[i] not in inner}
    turns = sorted({*page.headings, *labelled}) if labelled else page.headings
    ends = []
    for number, at in enumerate(members):
        level = units[at].level if units[at].kind == "heading" else highest
        level = 9 if family.name[:2] == ("heading", "leaf") else level
        level = int(family.name[1]) if family.name[0] == "below heading" else level
        end = members[number + 1] if number + 1 < len(members) else len(units)
        if fold := units[at].fold:
            closed = (i for i in range(at + 1, end) if units[i].fold < fold)
            end = next((i for i in closed if units[i].kind != "tag" or units[i].tag != "/details"), end)
        if family.name[0] == "defined":
            end = next((i for i in range(at + 2, end) if _is_behind_list(page, at, i)), end)
        first = bisect_left(turns, at + 1)
        behind = turns[first : bisect_left(turns, end, lo=first)]
        ends.append(next((i for i in behind if i in labelled or _ranks(page, i, level, inner)), end))
    return ends


def _ranks(page: Page, at: int, level: int | None, inner: dict[Key, float]) -> bool:
    """Whether a heading ends a record whose head is of a level, None for lines without a heading among them."""
    key = page.keys[at]
    if level is None:
        return not (key and (key in inner or key.role == "answer"))
    return page.units[at].level <= level and not (key and key.role == "answer" and key in inner)


def _is_behind_list(page: Page, head: int, at: int) -> bool:
    """Whether a list of definitions has ended: behind a gap stands what neither defines nor is indented."""
    unit = page.units[at]
    return unit.gap > 0 and unit.indent <= page.units[head].indent and not _COLON.match(unit.text)


def _inner_keys(page: Page, members: Sequence[int]) -> dict[Key, float]:
    """Keys that come once in most records, with the share of records they come in."""
    count = len(members)
    answered = 0
    have: defaultdict[Key, float] = defaultdict(float)
    keyed = page.keyed
    for number, at in enumerate(members):
        end = members[number + 1] if number + 1 < count else min(len(page.units), at + 80)
        own = page.keys[at]
        seen: dict[Key, int] = {}
        first = bisect_left(keyed, at + 1)
        for i in keyed[first : bisect_left(keyed, min(end, at + _FARTHEST), lo=first)]:
            key = page.keys[i]
            if key is not None and key != own:
                seen[key] = seen.get(key, 0) + 1
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
    parts = sum(share >= _IN_TURN for share in inner.values())
    if family.name[:2] != ("key", "emoji") and parts > _PARTS:
        return frozenset(key for key in found if key.form != "emoji")
    return frozenset(found)


_PARTS = 2
"""Keys that come back in each record, beyond which they name parts of its answer rather than where that begins."""


def _is_bare(page: Page, family: Family, starts: Sequence[int]) -> bool:
    """Whether most heads only count or title their records: `Question 7`."""
    if family.name[:2] == ("key", "alone"):
        return True
    wordless = sum(not _shows(page, at, start) for at, start in zip(family.members, starts, strict=True))
    return wordless >= 0.5 * len(family.members)


def _wordy(text: str) -> bool:
    return any(map(str.isalpha, text))


def _shows(page: Page, at: int, start: int) -> bool:
    """Whether a head says something besides its number: by words or by an image."""
    return _wordy(page.units[at].text[start:]) or has_image(page.units[at].content)


def _head_start(page: Page, family: Family, at: int) -> int:
    """Where the question begins on its line: behind number, bullet and label of a question."""
    sign, key = page.signs[at], page.keys[at]
    if key and key.form == "label" and (family.name[:2] == ("key", "label") or key.role == "question"):
        return sign.value
    if sign.label and sign.label_sign and role(sign.label) == "question":
        return sign.value
    return sign.body


def _give_roles(
    page: Page, made: Layout, record: Record, start: int, marked: frozenset[int], groups: Sequence[int]
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
    titles = bare and (family.name[:2] == ("key", "alone") or not _wordy(units[record.at].text[start:]))
    question = [] if titles else [head]
    first_option = record.options[0] if record.options else None
    stop = min(i for i in (record.marker, first_option, record.end) if i is not None)
    before = [i for i in body if i < stop]
    if bare or record.marker is not None or record.options:
        question += _rest_of_question(page, record, before, made)
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
    told: Sequence[int] = range(first, record.end)
    if record.options:
        options = {i for at in record.options for i in (at, *page.held.get(at, ()))}
        told = sorted({*among(page, record.options), *told} - options)
    record.answer = [_answer_part(page, i, family) for i in told if units[i].kind != "hidden"]
    texts = [units[p.at].text[p.start :] for p in question if units[p.at].kind in ("text", "heading")]
    whole = [" ".join(texts)] if len(texts) > 1 else []
    record.asks = max(map(asks, (*texts, *whole)), default=0.0)
    if question and not any(map(_wordy, texts)) and has_image(units[question[0].at].content):
        record.asks = _IMAGE_ASKS
    said = [
        p
        for p in record.answer
        if units[p.at].kind not in ("tag", "rule") and not (p.at in marked and _is_alone(page, p.at))
    ]
    record.answered = any(units[p.at].kind == "row" or _says_part(units[p.at], p) for p in said)
    if record.marker is None and len(said) >= _LIST and all(_only_asks(page, p) for p in said):
        record.answered = False


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


_COLON = regex(r"[:：~]\s+")


def _answer_part(page: Page, at: int, family: Family) -> Part:
    """A unit of an answer, behind the colon that begins the lines of a definition list."""
    if family.name[0] != "defined":
        return Part(at)
    match = _COLON.match(page.units[at].text)
    return Part(at, match.end() if match else 0)


def _is_alone(page: Page, at: int) -> bool:
    """Whether a unit says nothing but its key."""
    key = page.keys[at]
    return key is not None and (key.form == "alone" or not _says(page.units[at], page.signs[at].value))


def _says(unit: Unit, start: int = 0) -> bool:
    """Whether a unit says something behind an offset: by letters and digits, by symbols, or by an image."""
    return is_wordy(unit.text[start:]) or has_image(unit.content)


def _says_part(unit: Unit, part: Part) -> bool:
    """Whether a part of an answer says something; the fences around code say nothing."""
    return not unit.text.startswith(("```", "~~~")) and _says(unit, part.start)


def is_wordy(text: str) -> bool:
    """Whether a text has letters, digits or symbols such as emoji."""
    return any(c.isalnum() or (c > "\u2600" and category(c) in _SYMBOLS) for c in text)


def _rest_of_question(page: Page, record: Record, before: Sequence[int], made: Layout) -> list[Part]:
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


def _inline(page: Page, made: Layout, records: Sequence[Record]) -> None:
    """Where most heads hold their answers on the same line, behind bold or a sign, it is taken from there."""
    cuts = [
        _inline_cut(page, r, start)
        if len(r.question) == 1 and not r.options and page.units[r.at].kind == "text"
        else None
        for r, start in zip(records, made.starts, strict=True)
    ]
    found = [c for c in cuts if c]
    asking = sum(asks(page.units[c[0].at].text[c[0].start : c[0].end]) >= 0.3 for c in found)
    mixed = made.family.name == SET_APART
    if not mixed and (len(found) < 0.6 * len(records) or asking < 0.4 * len(records)):
        return
    for record, parts in zip(records, cuts, strict=True):
        if parts and record.marker is None:
            question, answer = parts
            record.question, record.answer = [question], [answer, *record.answer]
            record.asks = max(record.asks, asks(page.units[question.at].text[question.start : question.end]))
            record.answered = record.inline = True


def _inline_cut(page: Page, record: Record, start: int) -> tuple[Part, Part] | None:
    """Question and answer on one line, if they can be told apart."""
    unit = page.units[record.at]
    if page.signs[record.at].emphasis == "start":
        end = marked_start(unit.content)
        behind = end + len(unit.text[end:]) - len(unit.text[end:].lstrip(" *:–—-：→>"))
        if start < end and _wordy(unit.text[behind:]) and len(unit.text) - behind >= 2:
            return Part(record.at, start, end), Part(record.at, behind)
    match = _BEHIND_SIGN.search(unit.text, start)
    if not match or match.start() <= 5:
        return None
    rest = unit.text[match.end() :]
    if re.match(r"[(\[{]|[#^]\w", rest) or has_sign(rest) or not _wordy(rest) or len(rest) < 2:
        return None
    if match.end() - match.start() > 1 or (not unit.text.isascii() and _CJK.search(unit.text)):
        return Part(record.at, start, match.end("sign")), Part(record.at, match.end())
    return None
