"""Statements to judge: lines of one kind that begin or end with one of two words, one of which says right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from deckbuild.extract.page.asking import is_east_asian
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.scripts import SIGNS_OF_WORDS
from deckbuild.extract.records.record import Part, Record
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex

_VERDICT = rf"(?P<word>[^\W\d_](?:[^\W\d_]|[{SIGNS_OF_WORDS}]){{0,13}})"
_BEFORE = regex(
    rf"(?:[(\[【]{_VERDICT}[)\]】]\s*[:：]?|{_VERDICT.replace('word', 'bare')}\s?[-–—:：])\s*(?=\S)"
)
_BEHIND = regex(
    rf"(?:\s*[(\[【]{_VERDICT}[)\]】]|(?:\s+[-–—:=→]+>?\s*|(?<=[.!?。।؟])\s*){_VERDICT.replace('word', 'bare')})\W*$"
)
_FEWEST = 3
_MOST = 0.8
"""Share of lines of one kind that must be judged so."""

_SHORTEST = 3
"""Words of a statement."""


def claims(page: Page) -> Iterator[tuple[Record, ...]]:
    """The records of each kind of lines that are statements with their verdicts."""
    kinds: defaultdict[tuple[str | int, ...], list[int]] = defaultdict(list)
    for at, (unit, sign) in enumerate(zip(page.units, page.signs, strict=True)):
        if unit.kind == "text" and at not in page.listed and at not in page.in_group:
            kinds[sign.style, sign.mark, unit.indent // 2, unit.quote].append(at)
    for members in kinds.values():
        for before in (True, False) if len(members) >= _FEWEST else ():
            found = _records(page, members, before)
            told = {_told(page, record) for record in found}
            if len(told) == 2 and told & words().correct:
                yield tuple(found)


def _records(page: Page, members: Sequence[int], before: bool) -> list[Record]:
    """The statements among lines, if enough of them are such; no further is looked than shows that they aren't."""
    found: list[Record] = []
    missing = 0
    for at in members:
        record = _record(page, at, before)
        if record:
            found.append(record)
        else:
            missing += 1
            if len(members) - missing < max(_FEWEST, _MOST * len(members)):
                return []
    return found


def _told(page: Page, record: Record) -> str:
    part = record.answer[0]
    return page.units[part.at].text[part.start : part.end].casefold()


def _record(page: Page, at: int, before: bool) -> Record | None:
    """The statement of a line and the word that may judge it."""
    text, start = page.units[at].text, page.signs[at].body
    match = _BEFORE.match(text, start) if before else _BEHIND.search(text, start)
    if not match:
        return None
    group = "word" if match["word"] else "bare"
    claim = Part(at, match.end()) if before else Part(at, start, match.start())
    said = text[claim.start : claim.end]
    if len(said.split()) < _SHORTEST and not is_east_asian(said):
        return None
    verdict = Part(at, match.start(group), match.end(group))
    return Record(at, at + 1, [claim], answer=[verdict], asks=1.0, answered=True, inline=True)
