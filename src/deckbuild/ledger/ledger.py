"""The ledger: every line of a source has one fate, and an owner or a reason.

What no rule claims is prose, so that no odd line can break a build; a dropped line always has its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from deckbuild.extract.marks import Directive
from deckbuild.extract.notes.labels import is_fold
from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyBlock,
    Claim,
    Fate,
    Formula,
    FrontMatter,
    Heading,
    Html,
    Kind,
    List,
    Note,
    Quote,
    Rule,
    Section,
    SourceSpan,
    Table,
    claimed,
    footnotes,
    walk,
)
from deckbuild.model.contents import is_contents

Line = tuple[Fate, str, str]
"""Fate, owner and reason of one line."""

_END_OF_BOX = regex(r"[\s:]*:::[\s:]*|\s*\\end\{\w+\*?\}\s*")


class LedgerError(AssertionError):
    """A ledger breaks its promise; this is a fault of deckbuild, never of a document."""


def ledger(
    lines: Sequence[str],
    root: Section,
    derived: Iterable[Note],
    dropped: Mapping[SourceSpan, str],
    marks: Iterable[Directive] = (),
) -> tuple[Claim, ...]:
    """One claim for each run of lines with the same fate.

    `dropped` gives reasons for lines left out; lines with nothing but a mark of the author are structure.
    """
    fates: dict[int, Line] = {}
    for part in _parts(root):
        for span, line in _claims(part):
            fates.update(dict.fromkeys(_numbers(span), line))
    for note in derived:
        if note.kind is Kind.CLOZE:
            fates.update(
                dict.fromkeys(_numbers(note.span), (Fate.NOTE, f"note:{note.span.line}", note.shape))
            )
    for span, why in dropped.items():
        fates.update(dict.fromkeys(_numbers(span), (Fate.DROPPED, "", why)))
    for mark in marks:
        fates.setdefault(mark.line, (Fate.STRUCTURE, "", f"mark: {mark.word}"))
    for number, text in enumerate(lines, 1):
        if not text.strip():
            fates[number] = (Fate.BLANK, "", "")
        elif _END_OF_BOX.fullmatch(text):
            fates.setdefault(number, (Fate.STRUCTURE, "", "end of a callout"))
    unclaimed: Line = (Fate.PROSE, "", "no rule matches it")
    claims = tuple(_merged([fates.get(number, unclaimed) for number in range(1, len(lines) + 1)]))
    verify(claims, len(lines))
    return claims


def verify(claims: Sequence[Claim], count: int) -> None:
    """Raise `LedgerError` unless claims cover lines 1 to `count` once each and every drop has a reason."""
    expected = 1
    for claim in claims:
        if claim.span.line != expected or claim.span.end_line < claim.span.line:
            raise LedgerError(f"line {expected} is claimed twice or not at all")
        if claim.fate is Fate.DROPPED and not claim.why:
            raise LedgerError(f"line {expected} was dropped without a reason")
        expected = claim.span.end_line + 1
    if expected != count + 1:
        raise LedgerError(f"line {expected} is not claimed")


def _parts(root: Section) -> Iterator[Note | AnyBlock]:
    for section, _ in walk(root):
        if section.heading:
            yield section.heading
        yield from section.body


def _claims(part: Note | AnyBlock) -> Iterator[tuple[SourceSpan, Line]]:
    if isinstance(part, Note):
        why = f"{part.shape}: {', '.join(part.cues)}"
        line, end_line = part.span.line, part.span.end_line
        for span in claimed(part):
            yield span, (Fate.NOTE, f"note:{line}.answer", why)
        asked = max((b.span.end_line for b in part.question), default=line)
        yield SourceSpan(line, min(asked, end_line)), (Fate.NOTE, f"note:{line}.question", why)
        for footnote in footnotes(part):
            if not line <= footnote.told.line <= end_line:
                yield footnote.told, (Fate.NOTE, f"note:{line}.answer", "footnote")
        return
    yield part.span, _fate(part)
    for child in _children(part):
        yield from _claims(child)


def _children(block: AnyBlock) -> Iterator[AnyBlock]:
    """The blocks nested directly in a block, whose fates may differ from its own."""
    if isinstance(block, List) and not is_contents(block):
        for item in block.items:
            yield from item.blocks
    elif isinstance(block, Quote):
        yield from block.blocks


def _fate(block: AnyBlock) -> Line:
    match block:
        case Heading() | Rule() | FrontMatter():
            return Fate.STRUCTURE, "", type(block).__name__.lower()
        case Html() if is_fold(block):
            return Fate.STRUCTURE, "", "fold"
        case List() | Table() if is_contents(block):
            return Fate.DROPPED, "", "contents list"
        case Table():
            return Fate.TABLE, f"table:{block.span.line}", "table"
        case Formula():
            return Fate.FORMULA, f"formula:{block.span.line}", block.why
        case _:
            return Fate.PROSE, "", type(block).__name__.lower()


def _numbers(span: SourceSpan) -> range:
    return range(span.line, span.end_line + 1)


def _merged(fates: Sequence[Line]) -> Iterator[Claim]:
    start = 0
    for at in range(1, len(fates) + 1):
        if at == len(fates) or fates[at] != fates[start]:
            fate, owner, why = fates[start]
            yield Claim(SourceSpan(start + 1, at), fate, owner, why)
            start = at
