"""Pairs on lines that a separator parts: one with what follows below it, or several on one line."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuild.extract.page.asking import asks
from deckbuild.extract.page.page import Page
from deckbuild.extract.records.line_cuts import BRACKETS, Cut, Hits
from deckbuild.extract.records.record import Part, Record
from deckbuild.machine.regex import regex

_FURTHER = 40
"""Lines that one answer may go on over."""

_BETWEEN = regex(r"[,;、；|]\s*|\s{2,}")
"""What parts pairs on one line."""

_MOST = 40
"""Pairs that an author puts on one line."""

_SHARE = 0.5
"""Share of lines that hold several pairs, from which all may."""


def several(page: Page, hits: Hits) -> tuple[Record, ...]:
    """The records of lines of which at least half hold several pairs: `sail - Segel, mast - Mast`; else none."""
    lines = [list(_pairs(page, at, cut)) for at, cut in hits]
    many = max(map(len, lines), default=0)
    if many > _MOST or sum(len(line) > 1 for line in lines) < max(2, _SHARE * len(lines)):
        return ()
    return tuple(record for line in lines for record in line)


def _pairs(page: Page, at: int, cut: Cut) -> Iterator[Record]:
    """The pairs of a line: each has the separator as the first has it, written the same way."""
    text, (start, end, behind) = page.units[at].text, cut
    sign = text[end:behind]
    places = [(start, end, behind)]
    depth, seen = _depth(text[:behind]), behind
    for match in _BETWEEN.finditer(text, behind):
        if len(places) > _MOST:
            break
        depth, seen = depth + _depth(text[seen : match.start()]), match.start()
        following = _BETWEEN.search(text, match.end())
        stop = following.start() if following else len(text)
        part = text.find(sign, match.end(), stop) if sign.strip() and not depth else -1
        if part > match.end() and part + len(sign) < stop:
            places.append((match.start(), part, part + len(sign)))
    for n, (first, term_end, told) in enumerate(places):
        final = places[n + 1][0] if n + 1 < len(places) else None
        opening = _BETWEEN.match(text, first) if n else None
        term = Part(at, opening.end() if opening else first, term_end)
        said = text[term.start : term_end]
        yield Record(at, at + 1, [term], answer=[Part(at, told, final)], asks=asks(said), answered=True)


def _depth(text: str) -> int:
    """How many more brackets open in a text than close."""
    return sum(map(text.count, "([{（")) - sum(map(text.count, ")]}）"))


def pair(page: Page, at: int, cut: Cut, members: frozenset[int], block: bool) -> Record:
    """The record of one line, with the lines below that belong to its answer; `block` takes lists and code too."""
    start, end, behind = cut
    unit = page.units[at]
    last = at
    for i in range(at + 1, min(len(page.units), at + _FURTHER)):
        other = page.units[i]
        if other.kind not in ("text",) or other.gap or i in members or other.quote != unit.quote:
            break
        if page.signs[i].mark and other.indent <= unit.indent:
            break
        if not block and other.indent <= unit.indent:
            break
        last = i
    told = Part(at, behind, len(unit.text) - 1 if unit.text[end:behind] in BRACKETS else None)
    if block and told.end is None:
        last = _with_list(page, at, last, members)
    further = [] if told.end is not None else [Part(i) for i in range(at + 1, last + 1)]
    record = Record(at, last + 1, [Part(at, start, end)], answer=[told, *further])
    record.answered = True
    record.asks = asks(unit.text[start:end])
    return record


def _with_list(page: Page, at: int, last: int, members: frozenset[int]) -> int:
    """The last unit of an answer with the list or code below it, up to the next member behind a blank line.

    Below an item that is what is indented further, below a paragraph what is marked; text in between ends neither
    answer nor list.
    """
    units, signs = page.units, page.signs
    item = bool(signs[at].mark or signs[at].style)
    for i in range(last + 1, min(len(units), at + _FURTHER)):
        unit, sign = units[i], signs[i]
        if i in members:
            return i - 1 if unit.gap else last
        nested = unit.indent > units[at].indent
        held = nested if item else bool(sign.mark or sign.style or nested) or unit.kind == "code"
        if unit.kind not in ("text", "code") or unit.quote != units[at].quote or unit.gap > 1 or not held:
            return last
    return last
