"""Pieces: the parts of a record as runs and blocks of the document."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.extract.page.page import Page
from deckbuild.extract.records.record import Part
from deckbuild.model import (
    AnyInline,
    Break,
    Inlines,
    Paragraph,
    SourceSpan,
)
from deckbuild.model.trim import drop, split_at, strip


def plain(page: Page, parts: Sequence[Part]) -> Paragraph | None:
    """The paragraph that parts of lines are, without a walk through the tree; None where they may be more than that."""
    if not parts:
        return None
    opening = page.units[parts[0].at]
    in_box = opening.start or opening.text.startswith("[!")  # callouts that are no quotes, as `:::note`
    if not parts[0].start and (opening.marker or opening.quote or in_box):
        return None
    run: list[AnyInline] = []
    line = first = page.units[parts[0].at].line
    for n, p in enumerate(parts):
        unit = page.units[p.at]
        parted = p.at + 1 < len(page.units) and page.units[p.at + 1].line == unit.line
        if unit.tag and len(parts) == 1 and (p.start or parted or _is_parted(page, p.at)):
            return Paragraph(SourceSpan(line, line), piece(unit.content, p))
        if unit.kind != "text" or unit.tag or (unit.start and _is_parted(page, p.at)) or parted:
            return None
        if n and (unit.gap or unit.marker or p.at != parts[n - 1].at + 1 or p.start):
            return None
        if n:
            run.append(Break(SourceSpan(line, line)))
        run += piece(unit.content, p)
        line = unit.line
    return Paragraph(SourceSpan(first, line), tuple(run)) if run else None


def kept(page: Page, parts: Sequence[Part]) -> dict[int, tuple[int, int | None]]:
    """The lines of parts with where they begin and end in the plain text of the line."""
    kept: dict[int, tuple[int, int | None]] = {}
    for p in parts:
        unit = page.units[p.at]
        partial = unit.start and _is_parted(page, p.at)
        start = unit.start + p.start if partial or p.start else 0
        end: int | None = None if p.end is None else unit.start + p.end
        if end is None and p.at + 1 < len(page.units) and page.units[p.at + 1].line == unit.line:
            end = page.units[p.at + 1].start
        if unit.line in kept:
            kept[unit.line] = (kept[unit.line][0], end)
        else:
            kept[unit.line] = (start, end)
    return kept


def _is_parted(page: Page, at: int) -> bool:
    """Whether a unit is not the first of its line."""
    return at > 0 and page.units[at - 1].line == page.units[at].line


def piece(content: Inlines, part: Part) -> Inlines:
    """What a part takes of the run of its line."""
    if part.end is not None:
        content = split_at(content, part.end)[0]
    return strip(drop(content, part.start)) if part.start else strip(content)
