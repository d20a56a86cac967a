"""A document that was read from the lines of a reading, put back into the lines of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import Claim, Diagnostic, Document, Fate, SourceSpan
from deckbuild.model.changing import changed
from deckbuild.syntax.formats.reading import Reading

MARKUP = "markup"
"""Why lines of a file are structure from which a reader takes no text."""

_OWNER = regex(r"(?<=:)\d+")
_FIRST = [Fate.NOTE, Fate.TABLE, Fate.FORMULA, Fate.DROPPED, Fate.PROSE, Fate.STRUCTURE, Fate.BLANK]
"""Which fate a line of a file has that gives several lines: the one that makes the most of it."""


def put_back(document: Document, reading: Reading, lines: Sequence[str]) -> Document:
    """The document with the lines of its file in all spans, claims and messages."""
    places = reading.places or (SourceSpan(1, 1),)

    @cache
    def span(of: SourceSpan) -> SourceSpan:
        first, last = places[min(of.line, len(places)) - 1], places[min(of.end_line, len(places)) - 1]
        return SourceSpan(max(1, first.line), max(1, first.line, last.end_line))

    def placed(value: object) -> object | None:
        if isinstance(value, SourceSpan):
            return span(value)
        if isinstance(value, Diagnostic):
            at = span(SourceSpan(value.line, value.line)).line
            return replace(value, line=at, column=0)
        return None

    moved = changed(replace(document, ledger=()), placed)
    fates = [
        replace(
            claim, owner=_OWNER.sub(lambda n: str(span(SourceSpan(int(n[0]), int(n[0]))).line), claim.owner)
        )
        for claim in document.ledger
    ]
    return replace(
        moved,
        root=replace(moved.root, span=SourceSpan(1, max(1, len(lines)))),
        ledger=tuple(_ledger(fates, reading, lines)),
        unwanted={code: tuple(map(span, spans)) for code, spans in document.unwanted.items()},
    )


def _ledger(claims: Sequence[Claim], reading: Reading, lines: Sequence[str]) -> Iterator[Claim]:
    """One claim for each run of the file's lines with the same fate."""
    fates: dict[int, tuple[Fate, str, str]] = {}
    for claim in claims:
        if claim.fate is Fate.BLANK:
            continue
        for number in range(claim.span.line, claim.span.end_line + 1):
            place = reading.places[number - 1]
            for line in range(place.line, place.end_line + 1):
                known = fates.get(line)
                if known is None or _FIRST.index(claim.fate) < _FIRST.index(known[0]):
                    fates[line] = (claim.fate, claim.owner, claim.why)

    def fate(number: int) -> tuple[Fate, str, str]:
        if not lines[number - 1].strip():
            return Fate.BLANK, "", ""
        known = fates.get(number)
        if known and known[0] in _FIRST[:3]:
            return known
        if why := reading.aside.get(number):
            return Fate.DROPPED, "", why
        return known or (Fate.STRUCTURE, "", MARKUP)

    for (what, owner, why), run in groupby(range(1, len(lines) + 1), key=fate):
        numbers = list(run)
        yield Claim(SourceSpan(numbers[0], numbers[-1]), what, owner, why)
