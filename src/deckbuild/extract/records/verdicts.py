"""The right option: the one variable that names an option in every record of a pattern.

A sign on exactly one option; a letter or number behind, before, or in the question; a line that says an option
again; a key of numbers and letters elsewhere, or of options by order. What names an option in most records is the
verdict, in any language; words only break ties.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from deckbuild.extract.page.listed_options import ALL_BUT_RIGHT
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import LETTER, LETTERS
from deckbuild.extract.records.answer_keys import KEY_OF_NUMBERS, explanation, key_by_order, numbered_key
from deckbuild.extract.records.option_names import GLUED, LETTER_RUN, named, option_text
from deckbuild.extract.records.record import Part, Record
from deckbuild.extract.records.verdict import RightOptions
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex

_IN_QUESTION = regex(
    rf"[(\[{{（【]\s*(?:[^\W\d_]{{2,12}}\s*[:：]\s*)?(?P<letters>{LETTER}(?:\s*[,、，]?\s*{LETTER})*)\s*[)\]}}）】]"
)

_WORDS_BEFORE = regex(rf"\W*((?:[^\W\d_]+\s*){{1,4}})\W{{0,4}}(?<![^\W])({LETTER})(?=[^\w]|$)")

IN_QUESTION = "in the question"

_WORD = regex(r"[^\W\d_]+")

_BOX = "box"
"""The mark of a ticked box, which tells that an option is right even where all of a question are ticked."""

_LINES = 6
"""Lines behind the options that are looked at for one that names an option."""


def verdicts(page: Page, records: Sequence[Record]) -> list[RightOptions]:
    """All ways in which the right options of records with options are told, the one that covers most first."""
    chosen = [at for at, record in enumerate(records) if record.options]
    if not chosen:
        return []
    ways: list[Callable[[Page, Sequence[Record], Sequence[int]], list[RightOptions]]] = [
        _signs,
        _lines_behind,
        _in_the_question,
        _said_again,
        numbered_key,
        key_by_order,
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
                    record.explanation = explanation(page, verdict.told[at], verdict.lines)
                if verdict.why == IN_QUESTION:
                    record.question = _without_letters(page, record.question, verdict.told[at])
                used |= verdict.lines
                break
        else:
            _settle_by_ticks(page, record)
    used |= {i for line in used for i in _titles(page, line)}
    for record in records:
        if record.options:
            end = next((n for n, part in enumerate(record.answer) if part.at in used), None)
            record.answer = record.answer[:end]
    return frozenset(used)


def _settle_by_ticks(page: Page, record: Record) -> None:
    """Give a record whose options have boxes, some of them ticked, these as its right ones."""
    boxes = [page.signs[at].box for at in record.options]
    right = tuple(place for place, box in enumerate(boxes) if box)
    if None not in boxes and 0 < len(right) < len(boxes):
        record.right, record.told_by = right, "mark: box"


def _titles(page: Page, line: int) -> Iterator[int]:
    """The units above a line of a key that are titles of it: headings, what is called answers, the head of a table."""
    of_table = page.units[line].kind == "row"
    for at in range(line - 1, max(-1, line - 4), -1):
        unit = page.units[at]
        label = unit.text.strip(" *_:：")
        headed = unit.kind == "heading" or (unit.kind == "row" and of_table)
        if headed or (unit.kind == "text" and role(label) == "answer"):
            yield at
        elif unit.kind not in ("rule", "tag", "hidden"):
            return


def _signs(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[RightOptions]:
    """A sign that stands on some options of most records and not on all, or on all but the right ones."""
    count: Counter[str] = Counter()
    marks = {at: [page.option_marks.get(i, frozenset()) for i in records[at].options] for at in chosen}
    for at in chosen:
        here = Counter(mark for option in marks[at] for mark in option)
        count.update({m: 1 if times < len(marks[at]) else -(m != _BOX) for m, times in here.items()})
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
    right = {
        at: places
        for at, places in right.items()
        if places and (len(places) < len(records[at].options) or best == _BOX)
    }
    return [RightOptions(f"mark: {best}", right)]


def _lines_behind(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[RightOptions]:
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
            made.append(RightOptions(f"line: {wording}", right, told={at: i for at, (_, i) in hits.items()}))
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
    counted = re.search(r"\d+", text) if sign.label.endswith("#") and role(sign.label) == "answer" else None
    if counted and (places := named(counted[0], size)):
        return "answer", places
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
    run = GLUED.match(bare) or LETTER_RUN.search(bare)
    wording = re.sub(r"\d+", "9", bare[: run.start()] if run else bare).casefold().strip()[:14]
    if len(text) > 60 and not set(_WORD.findall(wording)) & words().answer:
        return None
    return wording, places


def _in_the_question(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[RightOptions]:
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
    return [RightOptions(IN_QUESTION, right, told=told)] if len(right) >= max(3, 0.6 * len(chosen)) else []


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


def _said_again(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[RightOptions]:
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
    return [RightOptions("said again", right, told=told)] if len(right) >= enough else []
