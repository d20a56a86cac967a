"""Patterns: everything in a document that could be a run of notes, cut whole, with its pooled evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from deckbuild.extract.notes.copied import copied
from deckbuild.extract.notes.delimited import delimited
from deckbuild.extract.page.page import Page
from deckbuild.extract.patterns.by_kind import of_separated
from deckbuild.extract.patterns.of_cuts import of_families, of_options
from deckbuild.extract.patterns.pattern import LINKED, Pattern
from deckbuild.extract.patterns.pooled import of_records
from deckbuild.extract.records.apart import answered_apart
from deckbuild.extract.records.claims import claims
from deckbuild.extract.records.linked import answered_by_link
from deckbuild.extract.records.record import Part, Record
from deckbuild.extract.records.separators import separated
from deckbuild.model import Blocks, Table, inner_blocks

WEAK_SEPARATORS = frozenset(
    {"dash", "glued dash", "colon", "=", ";", ",", " / ", " (", " [", "bold", "code", "marked"}
)
"""Signs that stand in sentences too, or none at all."""

BRACKETS = frozenset({" (", " ["})
_MARKS = 0.5
"""Share of distinct texts in brackets up to which they are marks of questions, such as points and levels."""


def patterns(page: Page, blocks: Blocks, rows: bool = False) -> list[Pattern]:
    """All patterns of a document that could give notes; of one that is nothing but `rows`, those of grids."""
    if rows:
        return list(_of_grids(page, blocks))
    sources: list[Callable[[Page, Blocks], Iterator[Pattern]]] = [
        of_families,
        of_options,
        _of_lists_apart,
        _of_claims,
        _of_separators,
        _of_grids,
        _of_copied,
    ]
    return [pattern for source in sources for pattern in source(page, blocks)]


def _of_lists_apart(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    lists = [("two lists", records) for records in answered_apart(page)]
    for name, records in (*lists, (LINKED, answered_by_link(page))):
        if records:
            features = of_records(page, records) | {"answer marker": 1.0}
            yield Pattern("apart", name, features, page, blocks, records)


def _of_claims(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    for records in claims(page):
        features = of_records(page, records) | {"judged": 1.0}
        yield Pattern("statements", "statements", features, page, blocks, records)


def _count_points(page: Page, records: Sequence[Record]) -> bool:
    """Whether all that stands in brackets are numbers with the same few words: `(5 points)`, `(10 points)`."""
    told = [page.units[r.answer[0].at].text[r.answer[0].start :] for r in records]
    words = {"".join(filter(str.isalpha, text)).casefold() for text in told}
    return all(any(map(str.isdigit, text)) for text in told) and len(words) <= _MARKS * len(told)


def _of_separators(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    for found in separated(page):
        features = of_separated(page, found)
        if features["distinct"] < 0.7 or features["links"] > 0.6:
            continue
        if features["paths"] > 0.5 and not max(features["glossary"], features["below terms"]) > 0.5:
            continue
        if found.separator == "=" and features["formulas"] > 0.5:
            continue
        if found.separator in BRACKETS and features["distinct answers"] <= _MARKS and features["signs"] > 0:
            continue
        if found.separator in BRACKETS and _count_points(page, found.records):
            continue
        kind = "weak separator" if found.separator in WEAK_SEPARATORS else "strong separator"
        features |= {f"by {found.separator}": 1.0, f"of {found.name[0]}": 1.0}
        yield Pattern(
            kind,
            f"{found.separator!r} in {', '.join(map(str, found.name))}",
            features,
            page,
            blocks,
            found.records,
            terms=features["ask"] < 0.4,
        )


def _of_grids(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    tables = [table for block in blocks for table in inner_blocks(block) if isinstance(table, Table)]
    lines = list(delimited(page, blocks))
    if not tables and not lines:
        return
    from deckbuild.extract.notes import grids, row_notes  # documents of prose have none

    for grid in grids.grids(page, tables, lines):
        made = tuple(row_notes.notes(grid))
        if made:
            kind = "tabbed" if grid.tabbed else "table"
            yield Pattern(kind, kind, grid.features, page, blocks, made=made, table=grid.table)


def _of_copied(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    """Records of labelled values; all that repeats in them is a label, so that they are judged as labelled parts."""
    made = tuple(copied(page.units, blocks))
    places = {unit.line: at for at, unit in reversed(list(enumerate(page.units)))}
    records = []
    for note in made:
        at, end = places[note.span.line], places[note.span.end_line] + 1
        told = [Part(places[line]) for b in note.answer if (line := b.span.line) in places]
        records.append(
            Record(at, end, [Part(at)], answer=told, asks=page.signs[at].asks, answered=bool(told))
        )
    if records:
        features = of_records(page, records) | {"answer marker": 1.0, "question key": 1.0}
        yield Pattern("key", "copied", features, page, blocks, made=made)
