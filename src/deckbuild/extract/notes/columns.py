"""Columns: what their cells hold, and which of them ask, answer, count, sort or tell how words are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from deckbuild.extract.page.signature import LETTERS
from deckbuild.machine.regex import regex
from deckbuild.model import Inlines, Link
from deckbuild.model.text import inline_text
from deckbuild.model.trim import strip

_INDEX = regex(r"[#№Qq]?\s*\.?\d{1,4}\.?")

_CODE = regex(r"[\w.:+/=-]*\d[\w.:+/=-]*")

_FEWEST_TAGGED = 5
"""Cells of a column from which values that come back are kinds or tags; of fewer some are equal by chance."""

MOST = 0.8
"""Share of rows that must show what is said of a column."""

LONGEST_TITLE = 30
"""Characters of a cell that may be a title, a kind or a reading; longer ones are text."""

_SHARE = 0.2
"""Share of the rows of a file that show how many fields there are."""

LETTER = regex(r"[(\[]?(?P<letter>[a-h1-8])[)\].:]{0,2}")

_WORD = regex(r"[^\W\d_]+")


def _tokens(text: str) -> set[str]:
    """The words of a title, single letters (`a`, `q`) only where they are all of it."""
    return {t for t in _WORD.findall(text.casefold()) if len(t) > 1 or not t.isascii()} | {
        text.casefold().strip()
    }


def are_worded(column: Sequence[str]) -> bool:
    """Whether most cells hold words: a column that asks and answers nothing is shown beside the answer then."""
    return sum(bool(_WORD.search(text)) and len(text) > 2 for text in column) >= MOST * len(column)


def are_kinds(column: Sequence[str]) -> bool:
    """Whether a column sorts its rows into a few kinds: a level, a source, a sign."""
    full = [text for text in column if text]
    few = len(set(full)) <= max(2, 0.2 * len(full))
    return len(full) >= _FEWEST_TAGGED and few and max(map(len, full)) <= LONGEST_TITLE


_KANA = regex(r"[\u3040-\u30ffー・〜～\s()（）／/、]+")

_PHONETIC = regex(r"[ˈˌəɪʊɛɔæθðʃʒŋɡːɑɲʎɾ]|^[/\[].*[/\]]$")


def are_readings(column: Sequence[str]) -> bool:
    """Whether cells tell how words are read: by kana alone, or by phonetic signs."""
    full = [text for text in column if any(map(str.isalpha, text))]
    if sum(map(len, full)) > LONGEST_TITLE * len(full):
        return False  # entries of dictionaries hold such signs, too
    return any(
        sum(bool(test(text)) for text in full) >= MOST * max(1, len(full))
        for test in (_KANA.fullmatch, _PHONETIC.search)
    ) and bool(full)


def is_link(cell: Inlines) -> bool:
    """Whether a cell is a link and nothing else."""
    return len(strip(cell)) == 1 and isinstance(strip(cell)[0], Link)


def are_links(cells: Sequence[Inlines]) -> bool:
    """Whether cells hold nothing but links, with signs between: where to read, no answers."""
    full = [found for cell in cells if (found := strip(cell))]
    rest = (inline_text([e for e in cell if not isinstance(e, Link)]) for cell in full)
    return bool(full) and not any(any(map(str.isalnum, text)) for text in rest)


def is_aside(column: Sequence[str], place: int, width: int) -> bool:
    """Whether a column only counts, holds codes, is nearly empty, or repeats a few tags."""
    full = [text for text in column if any(map(str.isalnum, text))]
    if len(full) < 0.2 * len(column):
        return True
    if place == 0 and sum(bool(_INDEX.fullmatch(text)) for text in full) >= 0.8 * len(full):
        return True
    codes = sum(bool(_CODE.fullmatch(text)) and len(text) >= 6 for text in full)
    if place == 0 and len(column) >= 3 and codes >= 0.9 * len(full) and len(set(full)) == len(full):
        return True
    if place == width - 1 > 1 and _are_tags(full):
        return True
    few = len(set(full)) <= 0.5 * len(full) and sum(map(len, full)) < 50 * len(full)
    return len(column) >= 5 and few and place == width - 1 and place > 1


def is_key(column: Sequence[str]) -> bool:
    """Whether a first column of numbers is learnt, such as years: no step from one to the next counts the rows."""
    full = [text for text in column if text]
    numbers = [int(text) for text in full if text.isascii() and text.isdecimal()]
    steps = sum(after - before == 1 for before, after in pairwise(numbers))
    is_years = sum(len(text) == _YEAR for text in full) >= MOST * len(full)
    return len(numbers) == len(full) and is_years and steps < 0.5 * len(numbers)


_YEAR = 4
"""Digits of a year."""


def _are_tags(cells: Sequence[str]) -> bool:
    """Whether cells hold words as tags are written, joined by signs or several, and the same again and again."""
    found = [word for cell in cells for word in cell.split()]
    if not all(re.fullmatch(r"[\w:/.-]+", word) for word in found):
        return False
    joined = sum(bool(re.search(r"\w(?:-|_|::)\w", cell)) for cell in cells)
    if len(cells) >= _FEWEST_TAGGED and joined >= 0.3 * len(cells) and len(set(found)) <= 0.7 * len(found):
        return True
    small = all(word.islower() or not word.isalpha() for word in found)
    return len(cells) >= 3 and small and len(found) > len(cells) and len(set(found)) <= 0.5 * len(found)


def says(title: str, listed: frozenset[str]) -> bool:
    """Whether a short title holds one of the words listed."""
    return len(title.split()) <= 4 and bool(_tokens(title) & listed)


def is_term(text: str) -> bool:
    """Whether a cell could be a term: a few words."""
    return bool(text) and len(text.split()) <= 7 and len(text) <= 60


def usual_width(widths: Sequence[int], exported: bool) -> int:
    """The fields of most rows; of a file of rows those of its longest usual ones, since blank ones at ends get lost."""
    counted = Counter(widths)
    usual = [width for width, count in counted.items() if count >= _SHARE * len(widths)]
    return max(usual) if exported and usual else counted.most_common(1)[0][0]


def choices(columns: Sequence[Sequence[str]]) -> int | None:
    """The column that names the right one of the options before it, by a letter, a number or its words.

    A few blank cells spoil their own rows alone.
    """
    for right in range(len(columns) - 1, 2, -1):
        cells = [text.casefold() for text in columns[right]]
        full = [text for text in cells if text]
        if len(full) < MOST * len(cells):
            continue
        found = [match["letter"] if (match := LETTER.fullmatch(text)) else "" for text in full]
        places = [int(x) - 1 if x.isdigit() else LETTERS.get(x, -1) for x in found]
        if len(set(places)) > 1 and min(places) >= 0 and right > max(places) + 1:
            return right
        same = [
            [c for c in range(1, right) if columns[c][n].casefold() == text] for n, text in enumerate(cells)
        ]
        if len(set(map(tuple, same))) > 1 and sum(len(s) == 1 for s in same) >= MOST * len(same):
            return right
    return None
