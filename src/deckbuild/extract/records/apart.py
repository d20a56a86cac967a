"""Records in two lists: numbered questions, and further down their answers under the same numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.records.record import Part, Record

_FEWEST = 3
_LONGEST_TITLE = 50
"""Characters of a line that announces answers."""

_ABOVE = 4
"""Units above the answers among which their title stands."""


def answered_apart(page: Page) -> Iterator[tuple[Record, ...]]:
    """Lists of questions with the lists that answer them, one for each chapter; those of all chapters together."""
    runs = list(_runs(page))
    chapters = {
        _chapter(page, run) for run in runs if sum(page.signs[at].asks for at in run) >= 0.4 * len(run)
    }
    used: set[int] = set()
    found: list[Record] = []
    for place, asked in enumerate(runs):
        asking = sum(page.signs[at].asks for at in asked) / len(asked)
        if asking < 0.4 or _have_options(page, asked):
            continue
        own = _chapter(page, asked)
        free = [n for n in range(place + 1, len(runs)) if n not in used and _fits(page, asked, runs[n])]
        named = [n for n in free if _chapter(page, runs[n]) == own]
        told = next(iter(named or [n for n in free if _chapter(page, runs[n]) not in chapters]), None)
        if told is not None:
            used.add(told)
            found += _records(page, asked, runs[told])
    if found:
        yield tuple(found)


def _chapter(page: Page, run: Sequence[int]) -> str:
    """The title above a list."""
    return letters(page.title(page.sections[run[0]]))


def _have_options(page: Page, asked: Sequence[int]) -> bool:
    """Whether options stand below most of the questions: their answers are letters then, no text."""
    starts = [group[0] for group in page.groups]
    below = sum(bisect_left(starts, a) < bisect_left(starts, b) for a, b in pairwise(asked))
    return below >= 0.5 * len(asked)


def _runs(page: Page) -> Iterator[list[int]]:
    """Numbered units that count on from 1, each style and depth by itself."""
    open_runs: dict[tuple[str, int], list[int]] = {}
    for at, (unit, sign) in enumerate(zip(page.units, page.signs, strict=True)):
        style = sign.style or (sign.label if role(sign.label) in ("question", "answer") else "")
        if unit.kind not in ("text", "heading") or sign.number is None or not style or at in page.in_group:
            continue
        kind = (style, unit.indent // 2 if unit.kind == "text" else -unit.level)
        run = open_runs.get(kind, [])
        if run and sign.number == (page.signs[run[-1]].number or 0) + 1:
            run.append(at)
            continue
        if len(run) >= _FEWEST:
            yield run
        open_runs[kind] = [at] if sign.number == 1 else []
    yield from sorted((run for run in open_runs.values() if len(run) >= _FEWEST), key=lambda run: run[0])


def _fits(page: Page, asked: Sequence[int], told: Sequence[int]) -> bool:
    """Whether the second list has as many entries, hardly asks, and stands below a title that says answers."""
    if told[0] < asked[-1] or abs(len(asked) - len(told)) > 0.1 * len(asked):
        return False
    if sum(page.signs[at].asks for at in told) > 0.25 * len(told):
        return False
    above = list(range(max(asked[-1] + 1, told[0] - _ABOVE), told[0]))
    up = page.sections[told[0]]
    while up > asked[-1]:
        above.append(up)
        up = page.parent(up)
    return any(
        page.units[at].kind in ("text", "heading")
        and len(page.units[at].text) < _LONGEST_TITLE
        and role(page.body(at).strip(" :：=*#-–—")) == "answer"
        for at in above
    )


def _records(page: Page, asked: Sequence[int], told: Sequence[int]) -> Iterator[Record]:
    numbers = {page.signs[at].number: place for place, at in enumerate(told)}
    for n, at in enumerate(asked):
        place = numbers.get(page.signs[at].number)
        if place is None:
            continue
        end = asked[n + 1] if n + 1 < len(asked) else at + 1
        first = told[place]
        stop = told[place + 1] if place + 1 < len(told) else _end(page, first)
        stop = next((i for i in range(first + 1, stop) if page.units[i].kind == "heading"), stop)
        record = Record(at, end, [Part(at, _start(page, at))])
        record.answer = [Part(first, _start(page, first)), *(Part(i) for i in range(first + 1, stop))]
        record.asks = page.signs[at].asks
        record.answered = True
        yield record


def _start(page: Page, at: int) -> int:
    """Where the text begins behind its number, or behind the label that holds the number."""
    sign = page.signs[at]
    return sign.body if sign.style else sign.value


def _end(page: Page, at: int) -> int:
    """Where the last answer ends: at a blank line, a title or a rule."""
    end = at + 1
    while end < len(page.units) and page.units[end].kind == "text" and not page.units[end].gap:
        end += 1
    return end
