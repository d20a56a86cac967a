"""What marks of note programs say of notes: tags, ids, and whether a card asks both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from deckbuild.extract.marks import Mark, take_marks
from deckbuild.model import Diagnostic, Note
from deckbuild.report.diagnostics import Code
from deckbuild.syntax.vaults.taking import Taken, take


def with_marks(notes: Sequence[Note], taken: Taken, name: str) -> list[Note]:
    """The notes of a document with the tags of their lines, and the ids that programs gave them.

    An id that two notes have tells neither.
    """
    ids = [_id(note, taken, name) for note in notes]
    return [
        replace(
            note,
            tags=tuple(dict.fromkeys((*note.tags, *taken.of(note.span.line, note.span.end_line)))),
            id=note.id or (id if ids.count(id) == 1 else ""),
        )
        for note, id in zip(notes, ids, strict=True)
    ]


def _id(note: Note, taken: Taken, name: str) -> str:
    """The id that stands at the question of a note, else at its end; that of a block counts in its document only."""
    places = (*(block.span.line for block in note.question), note.span.end_line)
    for number in places:
        if number in taken.anki:
            return taken.anki[number]
        if number in taken.ids:
            return f"{PurePosixPath(name).with_suffix('')}^{taken.ids[number]}"
    return ""


def without_marks(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines without marks of note programs and of the author."""
    return take_marks(take(lines).lines)[0]


def structure(taken: Taken) -> tuple[Mark, ...]:
    """The lines that were nothing but marks, as the ledger takes them."""
    return tuple(Mark(number, "of a note program", "", 0) for number in sorted(taken.hidden))


def problems(taken: Taken, name: str) -> Iterator[Diagnostic]:
    """What a card can't show: embedded notes, blocks of other pages, macros."""
    yield from (Code.EMBEDDED_NOTE.at(name, line, note=note) for line, note in _once(taken.missing))
    yield from (Code.UNSHOWN_MACRO.at(name, line, macro=macro) for line, macro in _once(taken.unshown))


def _once(found: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for line, name in found:
        if name not in seen:
            seen.add(name)
            yield line, name
