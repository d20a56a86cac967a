"""Words with their translation into another script in brackets right behind, one or several on a line: `锚(anchor)`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from deckbuild.extract.page.asking import asks
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.scripts import differ
from deckbuild.extract.records.no_pairs import are_people
from deckbuild.extract.records.record import Part, Record, text_of
from deckbuild.machine.regex import regex

GLOSS = "gloss"

_GLOSSED = regex(r"[\s/=,;，、；]*(?P<term>[^()（）=]{1,60}?)\s*[(（]\s*(?P<told>[^()（）]{1,60}?)\s*[)）]")
_END = regex(r"[\s.。,;；]*$")
_FEWEST = 5
_SHARE = 0.6
"""Share of the lines of one marker that are nothing but such words, from which these are a word list."""

_MOST_WORDS = 6
"""Words of a term in front of its translation; longer ones are sentences with a remark."""

Way = tuple[str, int]
"""The marker of lines, and the depth of the quote that they stand in."""


def glossed(page: Page) -> Iterator[tuple[Way, list[Record], int]]:
    """Word lists by the way their lines are written: the records, and how many lines are written so."""
    lines: defaultdict[Way, list[int]] = defaultdict(list)
    for at, (unit, sign) in enumerate(zip(page.units, page.signs, strict=True)):
        if unit.kind == "text" and at not in page.listed and at not in page.in_group:
            lines[sign.marker, unit.quote].append(at)
    for way, members in lines.items():
        records = [pairs for at in members if (pairs := _pairs(page, at))]
        if len(records) >= max(_FEWEST, _SHARE * len(members)) and not _name_people(page, records):
            yield way, [record for pairs in records for record in pairs], len(members)


def _name_people(page: Page, lines: Sequence[Sequence[Record]]) -> bool:
    return are_people([text_of(page, record.question) for pairs in lines for record in pairs])


def _pairs(page: Page, at: int) -> list[Record]:
    """The words of a line with their translations, none where it says anything else."""
    unit = page.units[at]
    if (
        unit.text.isascii()
        or not unit.text.rstrip(" .。,;；").endswith((")", "）"))
        or unit.line in page.clozes
    ):
        return []
    found: list[Record] = []
    place = page.signs[at].body
    while match := _GLOSSED.match(unit.text, place):
        term, told = match.span("term"), match.span("told")
        said, meant = match["term"], match["told"]
        if not differ(said, meant) or len(said.split()) > _MOST_WORDS or any(map(str.isdigit, meant)):
            return []
        found.append(
            Record(at, at + 1, [Part(at, *term)], answer=[Part(at, *told)], asks=asks(said), answered=True)
        )
        place = match.end()
    return found if _END.match(unit.text, place) else []
