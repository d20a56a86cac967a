"""The right option: the one variable that names an option in every record of a pattern.

A sign on exactly one option; a letter or number behind, before, or in the question; a line that says an option
again; a key of numbers and letters elsewhere, or of options by order. What names an option in most records is the
verdict, in any language; words only break ties.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.options import ALL_BUT_RIGHT
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import LETTER, LETTERS
from deckbuild.extract.records.cutting import Part, Record
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex

_NAME = rf"(?:{LETTER}|[1-8])"
_AND = r"[,&/+;、，]|and|und|et|y|e|и|و|или|or|og|och|en|i|et"
_LETTER_RUN = regex(rf"(?<![^\W_]){_NAME}(?:[.)]?\s*(?:{_AND}|(?<=[①-⑧]))\s*\(?{_NAME}(?![^\W_]))*(?![^\W_])")
_ONE = regex(rf"(?<![^\W_]){LETTER}(?![^\W_])|[①-⑧]", re.IGNORECASE)
_BRACKETED = regex(rf"[(\[{{«\"“`*（]\s*({LETTER})\s*[)\]}}»\"”`*）]")
_GLUED = regex(r"([A-Ha-h]{1,5})[.\s]*$")
KEY_OF_NUMBERS = "key of numbers"
_IN_QUESTION = regex(
    rf"[(\[{{（【]\s*(?:[^\W\d_]{{2,12}}\s*[:：]\s*)?(?P<letters>{LETTER}(?:\s*[,、，]?\s*{LETTER})*)\s*[)\]}}）】]"
)
_WORDS_BEFORE = regex(rf"\W*((?:[^\W\d_]+\s*){{1,4}})\W{{0,4}}(?<![^\W])({LETTER})(?=[^\w]|$)")
IN_QUESTION = "in the question"
_WORD = regex(r"[^\W\d_]+")
_LINES = 6
"""Lines behind the options that are looked at for one that names an option."""


class Verdict(Struct, frozen=True):
    """How the right options are told: `why` in words, the right options of records by place, key lines elsewhere."""

    why: str
    right: dict[int, tuple[int, ...]]
    lines: frozenset[int] = frozenset()
    told: dict[int, int] = {}


def verdicts(page: Page, records: Sequence[Record]) -> list[Verdict]:
    """All ways in which the right options of records with options are told, the one that covers most first."""
    chosen = [at for at, record in enumerate(records) if record.options]
    if not chosen:
        return []
    ways: list[Callable[[Page, Sequence[Record], Sequence[int]], list[Verdict]]] = [
        _signs,
        _lines_behind,
        _in_the_question,
        _said_again,
        _numbered_key,
        _key_by_order,
    ]
    found = [verdict for way in ways for verdict in way(page, records, chosen)]
    return sorted(found, key=lambda verdict: -len(verdict.right))


def settle(page: Page, records: Sequence[Record]) -> frozenset[int]:
    """Give records their right options; the units that are keys of answers elsewhere, with their titles."""
    found = verdicts(page, records)
    used: set[int] = set()
    for at, record in enumerate(records):
        for verdict in found:
            if verdict.right.get(at):
                record.right, record.told_by = verdict.right[at], verdict.why
                if verdict.why == KEY_OF_NUMBERS:
                    record.explanation = _explanation(page, verdict.told[at], verdict.lines)
                if verdict.why == IN_QUESTION:
                    record.question = _without_letters(page, record.question, verdict.told[at])
                used |= verdict.lines
                break
    used |= {i for line in used for i in _titles(page, line)}
    for record in records:
        if record.options:
            end = next((n for n, part in enumerate(record.answer) if part.at in used), None)
            record.answer = record.answer[:end]
    return frozenset(used)


def _titles(page: Page, line: int) -> Iterator[int]:
    """The units above a line of a key that are titles of it: headings, and what is called answers."""
    for at in range(line - 1, max(-1, line - 4), -1):
        unit = page.units[at]
        label = unit.text.strip(" *_:：")
        if unit.kind == "heading" or (unit.kind == "text" and role(label) == "answer"):
            yield at
        elif unit.kind not in ("rule", "tag", "hidden"):
            return


def named(text: str, size: int) -> tuple[int, ...]:
    """The options that a short text names by letter or number, by place; none beyond `size`."""
    if match := _BRACKETED.search(text):
        place = LETTERS[match[1].casefold()]
        if place < size:
            return (place,)
    bare = re.sub(r"[*_`]", "", text).strip()
    if match := _GLUED.match(bare):
        glued = match[1].casefold()
        if len(set(glued)) == len(glued) and (
            len(glued) == 1 or match[1].isupper() or list(glued) == sorted(glued)
        ):
            places = tuple(sorted(LETTERS[c] for c in glued))
            return places if max(places) < size else ()
    for match in _LETTER_RUN.finditer(bare):
        run = match[0].strip()
        if run.casefold() in ("a", "e", "и") and bare[match.end() : match.end() + 2].strip()[:1].islower():
            continue
        found = [LETTERS[c.casefold()] for c in _ONE.findall(run)]
        found = found or [int(c) - 1 for c in run if c.isdigit()]
        if found and max(found) < size:
            return tuple(sorted(set(found)))
    return ()


def _signs(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[Verdict]:
    """A sign that stands on some options of most records and not on all, or on all but the right ones."""
    count: Counter[str] = Counter()
    marks = {at: [page.option_marks.get(i, frozenset()) for i in records[at].options] for at in chosen}
    for at in chosen:
        here = Counter(mark for option in marks[at] for mark in option)
        count.update({mark: 1 if times < len(marks[at]) else -1 for mark, times in here.items()})
    enough = max(2 if len(chosen) > 2 else 1, 0.4 * len(chosen))
    good = {mark for mark, number in count.items() if number >= enough}
    if not good:
        return []
    best = max(sorted(good), key=lambda mark: (mark not in ALL_BUT_RIGHT, count[mark]))
    family = {best}
    if best.startswith("tail"):
        family |= {m for m, number in count.items() if m.startswith("tail") and number >= 0.1 * len(chosen)}
    told = best not in ALL_BUT_RIGHT
    right = {
        at: tuple(place for place, option in enumerate(marks[at]) if bool(option & family) == told)
        for at in chosen
    }
    right = {at: places for at, places in right.items() if places and len(places) < len(records[at].options)}
    return [Verdict(f"mark: {best}", right)]


def _lines_behind(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[Verdict]:
    """A line of one wording behind (or before) the options that names one."""
    where: defaultdict[str, dict[int, tuple[tuple[int, ...], int]]] = defaultdict(dict)
    for at in chosen:
        record = records[at]
        lines = [p.at for p in record.answer if page.units[p.at].kind in ("text", "heading")][:_LINES]
        for i in lines:
            found = _line_names(page, i, len(record.options))
            said = _ends_with(page, i, record.options) if found and len(found[1]) == 1 else ()
            found = (found[0], said) if found and said else found
            if found and at not in where[found[0]]:
                where[found[0]][at] = (found[1], i)
    made = []
    for wording, hits in where.items():
        known = wording == "answer" or bool(set(_WORD.findall(wording)) & words().answer)
        share = len(hits) / len(chosen)
        if share >= 0.5 or (known and len(hits) >= 2):
            right = {at: places for at, (places, _) in hits.items()}
            made.append(Verdict(f"line: {wording}", right, told={at: i for at, (_, i) in hits.items()}))
    return made


def _ends_with(page: Page, at: int, options: Sequence[int]) -> tuple[int, ...]:
    """The one option whose text ends a line behind its letter, as a text errs less than a letter; () for none."""
    text = letters(page.units[at].text[page.signs[at].value :])
    texts = [letters(option_text(page, i)) for i in options]
    found = [
        n
        for n, said in enumerate(texts)
        if len(said) > 2 and text.endswith(said) and len(text) - len(said) <= 2
    ]
    return tuple(found) if len(found) == 1 else ()


def _line_names(page: Page, at: int, size: int) -> tuple[str, tuple[int, ...]] | None:
    """The wording of a line and the options it names; None where it names none."""
    unit, sign, key = page.units[at], page.signs[at], page.keys[at]
    text = unit.text
    if (sign.label and role(sign.label) == "answer") or (
        key and key.form == "label" and key.role == "answer"
    ):
        places = named(text[sign.value :][:28], size)
        if places:
            return "answer", places
    match = _WORDS_BEFORE.match(text)
    if match and set(match[1].casefold().split()) & words().answer:
        upper = match[2].isupper() or text[match.end(2) : match.end(2) + 1] in (")", ".", ":")
        place = LETTERS[match[2].casefold()]
        if upper and place < size:
            return "answer", (place,)
    lead = re.split(r"[.。—]\s|\s[-–—]\s", text)[0][:60] if len(text) > 40 else text
    places = named(lead, size) if len(lead) <= 44 else ()
    if not places:
        return None
    bare = re.sub(r"[*_`]", "", lead)
    run = _GLUED.match(bare) or _LETTER_RUN.search(bare)
    wording = re.sub(r"\d+", "9", bare[: run.start()] if run else bare).casefold().strip()[:14]
    if len(text) > 60 and not set(_WORD.findall(wording)) & words().answer:
        return None
    return wording, places


def _in_the_question(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[Verdict]:
    """Letters in brackets in the question, which are then no part of it."""
    right: dict[int, tuple[int, ...]] = {}
    told: dict[int, int] = {}
    for at in chosen:
        for part in records[at].question:
            text = page.units[part.at].text
            match = next((m for m in _IN_QUESTION.finditer(text, part.start)), None)
            if match is None or (
                page.signs[part.at].letter and match.start() < page.signs[part.at].behind_letter
            ):
                continue
            places = tuple(sorted({LETTERS[c.casefold()] for c in re.findall(LETTER, match["letters"])}))
            if max(places) < len(records[at].options):
                right[at], told[at] = places, part.at
    return [Verdict(IN_QUESTION, right, told=told)] if len(right) >= max(3, 0.6 * len(chosen)) else []


def _without_letters(page: Page, question: Sequence[Part], told: int) -> list[Part]:
    """The parts of a question without the letters that are told in unit `told`, nor brackets that end it."""
    out: list[Part] = []
    for part in question:
        text = page.units[part.at].text
        match = _IN_QUESTION.search(text, part.start) if part.at == told else None
        if match is None:
            out.append(part)
        elif not any(map(str.isalnum, text[match.end() :])) and "?" in text[: match.start()]:
            out.append(Part(part.at, part.start, match.start()))
        else:
            out += [
                Part(part.at, part.start, match.start("letters")),
                Part(part.at, match.end("letters"), part.end),
            ]
    return out


def _said_again(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[Verdict]:
    """A line behind the options that is equal to one of them."""
    right: dict[int, tuple[int, ...]] = {}
    told: dict[int, int] = {}
    for at in chosen:
        options = [letters(option_text(page, i)) for i in records[at].options]
        for i in [p.at for p in records[at].answer if page.units[p.at].kind in ("text", "code")][:4]:
            text, sign = page.units[i].text, page.signs[i]
            said = (text, text[sign.body :], text[sign.value :], option_text(page, i))
            forms = set(map(letters, said))
            hits = [place for place, option in enumerate(options) if option and option in forms]
            if len(hits) == 1:
                right[at], told[at] = (hits[0],), i
                break
    enough = max(2 if len(chosen) > 2 else 1, 0.4 * len(chosen))
    return [Verdict("said again", right, told=told)] if len(right) >= enough else []


def option_text(page: Page, at: int) -> str:
    """The text of an option behind its letter, with its further lines."""
    sign = page.signs[at]
    first = page.units[at].text[sign.behind_letter if sign.letter else sign.body :]
    return " ".join(
        (first, *(page.units[i].text for i in page.held.get(at, ()) if page.units[i].kind == "text"))
    )


def _numbered_key(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[Verdict]:
    """A list of numbers and letters further down: `1. B  2. D`; where numbers start again, section by section."""
    used = {i for at in chosen for i in (*records[at].options, *(p.at for p in records[at].question))}
    pairs = [pair for i, found in page.key_lines.items() if i not in used for pair in found]
    if len(pairs) < max(2 if len(chosen) <= 3 else 3, 0.3 * len(chosen)):
        return []
    numbers = {at: number for at in chosen if (number := _number(page, records[at])) is not None}
    asked = _sections(list(numbers.items()))
    told = _sections([((i, names), number) for i, number, names in pairs])
    last = max((records[at].options[-1] for at in chosen), default=0)
    right: dict[int, tuple[int, ...]] = {}
    told_in: dict[int, int] = {}
    lines: set[int] = set()
    by_section = len(asked) > 1 and len(asked) == len(told) and pairs[0][0] > last
    for section, entries in enumerate(told):
        for (i, names), number in entries:
            if by_section:
                fits = [at for at, own in asked[section] if own == number]
            elif numbers:
                fits = [at for at, own in numbers.items() if own == number and records[at].options[-1] < i][
                    -1:
                ]
            else:
                fits = [chosen[number - 1]] if 0 < number <= len(chosen) else []
            places = tuple(sorted(LETTERS[c.casefold()] for c in re.findall(LETTER, names)))
            if fits and places and max(places) < len(records[fits[0]].options):
                right.setdefault(fits[0], places)
                told_in.setdefault(fits[0], i)
                lines.add(i)
    if len(right) < 0.3 * len(chosen):
        return []
    return [Verdict(KEY_OF_NUMBERS, right, frozenset(lines), told_in)]


_ENTRY = regex(rf"\W*{LETTER}(?:\s*[,&/]\s*{LETTER})*\s*(?:[).:\]]+|[-–—]|\Z)\s*")


def _explanation(page: Page, at: int, lines: frozenset[int]) -> list[Part]:
    """What an entry of a key says behind its letter, with its further lines; nothing where it only names the option."""
    unit, sign = page.units[at], page.signs[at]
    match = _ENTRY.match(unit.text, 0 if unit.number is not None else sign.body)
    if not match or not any(map(str.isalpha, unit.text[match.end() :])):
        return []
    end = at + 1
    while (
        end < len(page.units)
        and end not in lines
        and page.units[end].kind == "text"
        and not page.units[end].gap
    ):
        end += 1
    return [Part(at, match.end()), *(Part(i) for i in range(at + 1, end))]


def _number(page: Page, record: Record) -> int | None:
    """The number of a question, on its first line or the title above it."""
    found = (page.signs[at].number for at in (record.at, *(p.at for p in record.question[:1])))
    return next((number for number in found if number is not None), None)


T = TypeVar("T")


def _sections(counted: Sequence[tuple[T, int]]) -> list[list[tuple[T, int]]]:
    """What is counted, parted where the numbers start again."""
    parts: list[list[tuple[T, int]]] = []
    for item in counted:
        if not parts or item[1] <= parts[-1][-1][1]:
            parts.append([])
        parts[-1].append(item)
    return parts


def _key_by_order(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[Verdict]:
    """A run of lines further down that say an option of each record, in the order of the records."""
    used = {i for at in chosen for i in (*records[at].options, *(p.at for p in records[at].question))}
    options = [[letters(option_text(page, i))[:24] for i in records[at].options] for at in chosen]
    places: defaultdict[str, set[int]] = defaultdict(set)
    for n, texts in enumerate(options):
        for text in texts:
            places[text[:14] if len(text) > 14 else text].add(n)
    first_option = page.units[records[chosen[0]].options[0]]
    right: dict[int, tuple[int, ...]] = {}
    lines: set[int] = set()
    for run in _runs(page, used):
        if page.units[run[0]].line < first_option.line:
            continue
        texts = [letters(option_text(page, i))[:24] for i in run]
        shifts = Counter(n - at for at, text in enumerate(texts) for n in places.get(text[:14], ()) if text)
        if not shifts:
            continue
        first, hits = max(shifts.items(), key=lambda item: (item[1], -item[0]))
        if hits < 0.6 * min(len(run), len(options)) or records[chosen[max(0, first)]].options[-1] > run[0]:
            continue
        for n, text in enumerate(texts):
            if not 0 <= first + n < len(options):
                continue
            at = chosen[first + n]
            hit = [place for place, option in enumerate(options[first + n]) if _same(text, option)]
            letter = page.signs[run[n]].letter
            if not hit and letter and LETTERS[letter.casefold()] < len(records[at].options):
                hit = [LETTERS[letter.casefold()]]
            if hit:
                right[at] = (hit[0],)
                lines.add(run[n])
    return [Verdict("key by order", right, frozenset(lines))] if len(right) >= 0.4 * len(chosen) else []


def _same(text: str, option: str) -> bool:
    return bool(option) and (option == text or (len(text) > 6 and option.startswith(text[:14])))


def _runs(page: Page, used: set[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    run: list[int] = []
    for i in range(len(page.units) + 1):
        fits = i < len(page.units) and page.units[i].kind == "text" and i not in used
        if fits and len(page.units[i].text) < 200 and (not page.keys[i] or page.signs[i].letter):
            run.append(i)
            continue
        if len(run) >= 5:
            runs.append(run)
        run = []
    return runs
