"""Keys of answers: lists further down that name the right option of each question, by number or by order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TypeVar

from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.signature import LETTER, LETTERS
from deckbuild.extract.records.option_names import option_text
from deckbuild.extract.records.record import Part, Record
from deckbuild.extract.records.verdict import RightOptions
from deckbuild.machine.regex import regex
from deckbuild.syntax.units import BETWEEN_CELLS

KEY_OF_NUMBERS = "key of numbers"


def numbered_key(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[RightOptions]:
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
    return [RightOptions(KEY_OF_NUMBERS, right, frozenset(lines), told_in)]


_ENTRY = regex(rf"\W*{LETTER}(?:\s*[,&/]\s*{LETTER})*\s*(?:[).:\]]+|[-–—]|\Z)\s*")


def explanation(page: Page, at: int, lines: frozenset[int]) -> list[Part]:
    """What an entry of a key says behind its letter, with its further lines; nothing where it only names the option.

    In a table it is all cells behind the letter.
    """
    unit, sign = page.units[at], page.signs[at]
    if unit.kind == "row":
        start = sum(len(cell) + len(BETWEEN_CELLS) for cell in unit.text.split(BETWEEN_CELLS)[:2])
        return [Part(at, start)] if any(map(str.isalpha, unit.text[start:])) else []
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


def key_by_order(page: Page, records: Sequence[Record], chosen: Sequence[int]) -> list[RightOptions]:
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
    return [RightOptions("key by order", right, frozenset(lines))] if len(right) >= 0.4 * len(chosen) else []


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
