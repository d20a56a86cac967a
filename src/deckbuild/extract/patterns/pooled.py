"""Pooled evidence: what the records of a pattern show together, as named values from 0 to 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log2

from deckbuild.extract.page.asking import ASKS_SURELY, asks
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import is_glossary, is_quiz, is_section
from deckbuild.extract.page.wording import wording
from deckbuild.extract.patterns.around import around
from deckbuild.extract.records.record import Part, Record, text_of
from deckbuild.machine.regex import regex
from deckbuild.model import Image, inner_inlines

Features = dict[str, float]

_ENOUGH = 16
"""Records from which more say nothing new."""

MOST = 1_000
"""Records that are looked at: a share of so many is within .03 of that of all, in 19 of 20 documents."""

_STRETCHES = 4
"""Parts of a document from which they are taken, so that neighbours still show order and repetition."""

_DIGIT = regex(r"\d")
_PATH = regex(r"[\w./*-]*[./_][\w./*-]*")


def size(count: int) -> float:
    """The number of records, from 0 for one to 1 for `_ENOUGH` and more."""
    return min(1.0, log2(max(1, count)) / log2(_ENOUGH))


def sampled(records: Sequence[Record]) -> Sequence[Record]:
    """All records, or `MOST` of them in stretches from all over the document."""
    if len(records) <= MOST:
        return records
    length, step = MOST // _STRETCHES, len(records) // _STRETCHES
    return [r for start in range(_STRETCHES) for r in records[start * step : start * step + length]]


def of_records(page: Page, records: Sequence[Record]) -> Features:
    """What any records show: how they ask, what heads look like, how regular their answers are.

    Many families give the same records, which are looked at once. Of very many some tell enough.
    """
    if len(records) > MOST:
        return _of_records(page, records)
    key = tuple([(r.at, r.end, r.asks, r.answered, *r.question, None, *r.answer) for r in records])
    if key not in page.shown:
        page.shown[key] = _of_records(page, records)
    return page.shown[key]


def _of_records(page: Page, whole: Sequence[Record]) -> Features:
    records = sampled(whole)
    count = len(records)
    heads = [text_of(page, r.question) if r.question else page.body(r.at) for r in records]
    titles = list(map(is_section, heads))
    voters = [r for r, is_title in zip(records, titles, strict=True) if r.asks >= 0.5 or not is_title]
    answers = [text_of(page, r.answer) for r in records]
    told = [[page.units[p.at] for p in r.answer] for r in records]
    sizes = [sum([len(unit.text) for unit in units]) for units in told]
    lines = list(map(len, told))
    above = Counter([page.parents[r.at] for r in records])
    kinds = [{unit.kind for unit in units} for units in told]
    numbers = [page.signs[r.at].number for r in records]
    held = sum([r.end - r.at for r in whole])
    starts = Counter(_start(page, r.answer[0]) for r in records if r.answer)
    middle = median(sizes)
    beside = around(page, records, whole) | wording(heads, answers)
    return (
        {f"document {name}": value for name, value in page.manner.items()}
        | beside
        | {
            "under heading": sum(r.at > 0 and page.units[r.at - 1].kind == "heading" for r in records)
            / count,
            "same start": max((n for start, n in starts.items() if start), default=0) / count,
            "size": size(len(whole)),
            "two": float(count == 2),
            "ask": sum(r.asks for r in records) / count,
            "asks surely": sum(r.asks >= ASKS_SURELY for r in records) / count,
            "voters ask": sum(r.asks for r in voters) / max(1, len(voters)),
            "answered": sum(r.answered for r in records) / count,
            "term": sum(is_term(h) for h in heads) / count,
            "short term": float(median(len(h.split()) for h in heads) <= 3),
            "section": sum(titles) / count,
            "wordless answers": sum(not any(map(str.isalpha, answer)) for answer in answers) / count,
            "distinct answers": len(set(map(_beginning, answers))) / count,
            "distinct": len({letters(h) or _shown(page, r) for r, h in zip(records, heads, strict=True)})
            / count,
            "long question": min(1.0, median(map(len, heads)) / 200),
            "long answer": min(1.0, middle / 600),
            "short lines": sum(n <= 8 for n in lines) / count,
            "one line": sum(n == 1 for n in lines) / count,
            "regular": _regular(lines),
            "inner headings": sum("heading" in k for k in kinds) / count,
            "asked inside": sum(_asked_inside(page, r) for r in records) / count,
            "code": sum("code" in k for k in kinds) / count,
            "rows": sum("row" in k for k in kinds) / count,
            "cover": min(1.0, held / max(1, len(page.units))),
            "numbers go on": _goes_on(numbers),
            "below asking": sum(n for at, n in above.items() if asks(page.title(at)) >= ASKS_SURELY) / count,
            "below questions": sum(n for at, n in above.items() if is_quiz(page.title(at))) / count,
            "below terms": sum(n for at, n in above.items() if is_glossary(page.title(at))) / count,
            "glossary": float(page.is_glossary),
            "quiz": float(page.is_quiz),
            "paths": sum(bool(_PATH.fullmatch(h.rstrip(". "))) for h in heads) / count,
            "ends in colon": sum(h.rstrip().endswith((":", "：")) for h in heads) / count,
            "digits": sum(_mostly_digits(h) for h in heads) / count,
        }
    )


_TOLD = 60
"""Letters and digits of answers that must be the same for them to be no two."""


def _beginning(answer: str) -> str:
    """The first letters and digits of an answer, of which no more than these are looked at if they are enough."""
    found = letters(answer[: 2 * _TOLD])
    return (found if len(found) >= _TOLD or len(answer) <= 2 * _TOLD else letters(answer))[:_TOLD]


def _asked_inside(page: Page, record: Record) -> float:
    """The share of the lines of an answer that ask themselves, as below the titles of lists of questions."""
    told = [p.at for p in record.answer if page.units[p.at].kind in _SAID]
    return sum([page.signs[at].asks >= ASKS_SURELY for at in told]) / len(told) if told else 0.0


_SAID = ("text", "heading")


def _start(page: Page, part: Part) -> tuple[str, ...] | None:
    """How an answer begins: by its kind, its bullet, its label, its emphasis; None for plain text."""
    unit, sign, key = page.units[part.at], page.signs[part.at], page.keys[part.at]
    label = key.text if key and key.form in ("label", "alone") else ""
    mark = sign.mark or sign.style
    if unit.kind == "text" and not (mark or label or sign.emphasis or unit.quote):
        return None
    return unit.kind, mark, label, sign.emphasis, str(unit.quote)


def _shown(page: Page, record: Record) -> str:
    """What a head without words shows: the addresses of its images."""
    return " ".join(e.url for e in inner_inlines(page.units[record.at].content) if isinstance(e, Image))


def is_term(text: str) -> bool:
    """Whether a text could be a term: a few words, and no sentence."""
    text = text.strip().strip("*_`")
    return (
        bool(text)
        and len(text.split()) <= 7
        and len(text) <= 60
        and not text.endswith((".", "!", "?", ";", "。"))
    )


def _regular(lines: Sequence[int]) -> float:
    """How much records resemble each other in length: 1 where all have as many lines as the median."""
    middle = median(lines)
    return sum(abs(n - middle) <= max(1, 0.25 * middle) for n in lines) / len(lines)


def median(values: Iterable[int]) -> float:
    """As that of `statistics`, which would load exact fractions and random numbers with it."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return (ordered[half] + ordered[~half]) / 2


def _goes_on(numbers: Sequence[int | None]) -> float:
    """The share of numbers that count on from the one before, or begin anew."""
    steps = [b is not None and (b == 1 or (a is not None and b == a + 1)) for a, b in pairwise(numbers)]
    return sum(steps) / max(1, len(steps))


def _mostly_digits(text: str) -> bool:
    said = letters(text) if text.isascii() else "".join(filter(str.isalnum, text))
    digits = len(_DIGIT.findall(said)) if said.isascii() else sum(map(str.isdigit, said))
    return digits > 0.4 * len(said)
