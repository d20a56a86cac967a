"""What stands beside question and answer in the rows of a file: examples, sources, ratings, named by their columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from deckbuild.extract.notes.columns import MOST, is_term, says
from deckbuild.extract.notes.fields import Line
from deckbuild.extract.page.roles import role
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model.text import has_image

_ADDRESS = regex(r"<?(?:https?://|www\.)\S+")
_TIME = regex(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*(?: ?[A-Z]{2,4})?|\d{10}(?:\d{3})?|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+"
    r"|[A-Z][a-z]+ \d{1,2}, \d{4} \d{1,2}:\d\d(?: ?[AP]M)?"
)
"""What programs write into rows: times of day with their date, seconds since 1970, identities."""

_NUMBER = regex(r"[-+]?\d+(?:[.,]\d+)?")
_NAMES = {"hint": "hint", "follow-up": "follow-up", "source": "source", "level": "difficulty"}
_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
_ENDED = 0.5
"""Share of cells that end as sentences do, from which a column holds sentences."""

_LONGEST = 120
"""Characters of a usual example at most: one sentence."""

_SOURCE = "source"
READING = "Reading"
"""What the reading of a term is called where its column has no title."""
_EXAMPLE = "Example"


def names_beside(title: str) -> tuple[str, ...]:
    """What a column may be called beside an answer, by its title, which may be empty."""
    return (
        tuple(dict.fromkeys((title, _NAMES.get(role(title), title))))
        if title
        else (_EXAMPLE, _SOURCE, READING)
    )


class Parted(Struct, frozen=True):
    """The columns that answer, and those shown beside the answer with their names; other columns say nothing."""

    answers: tuple[int, ...]
    beside: Mapping[int, str]


def parted(
    rows: Sequence[Line],
    columns: Sequence[Sequence[str]],
    titles: Sequence[str],
    question: int,
    answers: Sequence[int],
    used: Sequence[int],
) -> Parted:
    """The columns of a file of rows by what they hold and are called.

    `used` are those that hold something of their own, `answers` those taken for answers by themselves. An
    explanation is part of the answer, as are images. Where a title says which column means the term, or the
    questions ask, other titled columns stand beside it; columns without titles stay with the answer, except
    examples, which hold the term, and what follows them.
    """
    beside: dict[int, str] = {}
    told: list[int] = []
    title = {c: titles[c].strip() for c in used}
    left = [c for c in used if c != question]
    examples = [c for c in left if not title[c] and _is_example(columns[question], columns[c])]
    if len(examples) > 1:  # of several, those that take more than a sentence explain
        examples = [c for c in examples if not _is_long(columns[c])]
    told_main = next((c for c in answers if _means(title[c])), answers[0])
    main = told_main if told_main not in examples else next((c for c in left if c not in examples), told_main)
    is_told = _means(title[main]) or bool(title[main] and title[question] and _asks(title[question]))
    for at, c in enumerate(left):
        cells = [text for text in columns[c] if text]
        if c == main:
            told.append(c)
        elif _all(_TIME, cells):
            continue
        elif _all(_ADDRESS, cells):
            beside[c] = _SOURCE
        elif title[c] and role(title[c]) == "explanation":
            told.append(c)
        elif title[c] and (is_told or role(title[c]) in _NAMES or _all(_NUMBER, cells)):
            beside[c] = _NAMES.get(role(title[c]), title[c])
        elif c in examples and at:
            beside |= {further: title[further] or _EXAMPLE for further in left[at:] if further != main}
            if main in left[at:]:
                told.append(main)
            break
        elif c in examples:
            beside[c] = _EXAMPLE
        else:
            told.append(c)
    shown = [c for c in range(len(columns)) if c not in used and _is_shown(rows, c)]
    return Parted((*sorted(told, key=lambda c: c != main), *shown), beside)


def _is_shown(rows: Sequence[Line], column: int) -> bool:
    """Whether cells of a column hold images or recordings."""
    return any(has_image(row.cells[column]) for row in rows if column < len(row.cells))


def _asks(title: str) -> bool:
    known = words()
    return role(title) == "question" or says(title, known.question | known.term)


def _means(title: str) -> bool:
    return bool(title) and (role(title) == "answer" or says(title, words().meaning))


def _all(kind: re.Pattern[str], cells: Sequence[str]) -> bool:
    """Whether nearly all cells are of a kind."""
    return bool(cells) and sum(bool(kind.fullmatch(text)) for text in cells) >= MOST * len(cells)


def _is_long(cells: Sequence[str]) -> bool:
    lengths = sorted(len(text) for text in cells if text)
    return bool(lengths) and lengths[len(lengths) // 2] > _LONGEST


def _is_example(terms: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the cells are sentences that hold the terms of their rows."""
    pairs = [
        (term.casefold(), text.casefold()) for term, text in zip(terms, cells, strict=True) if term and text
    ]
    held = sum(term in text and len(text) > len(term) + 2 for term, text in pairs if is_term(term))
    ended = sum(text.rstrip(" \"'”»").endswith(_ENDS) for _, text in pairs)
    return bool(pairs) and held >= MOST * len(pairs) and ended >= _ENDED * len(pairs)
