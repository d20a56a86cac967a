"""What marks of note programs say of notes: tags, ids, and whether a card asks both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from deckbuild.extract.declared import SHAPE, declared
from deckbuild.extract.marks import Directive, take_marks
from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.page.roles import role
from deckbuild.machine.regex import regex
from deckbuild.model import Blocks, Diagnostic, Kind, List, Note, SourceSpan
from deckbuild.model.documents import EXTRA
from deckbuild.report.diagnostics import Code
from deckbuild.syntax import markdown
from deckbuild.syntax.formats.reading import Asked
from deckbuild.syntax.vaults import links
from deckbuild.syntax.vaults.hashtags import as_tag
from deckbuild.syntax.vaults.signs_of_marks import may_hold_marks
from deckbuild.syntax.vaults.taken import Taken

_UUID = regex(links.UUID)
_HOLE = regex(r"(?<!=)==(?=[^=\s])[^=]*[^=\s]==(?!=)|\{\{c\d+::")


def take(lines: Sequence[str]) -> Taken:
    """The lines of Markdown without the marks of note programs, and what these say."""
    if not may_hold_marks(lines):
        return Taken(tuple(lines))
    from deckbuild.syntax.vaults import taking

    return taking.take(lines, role)


def with_tags(taken: Taken, tags: Sequence[str]) -> Taken:
    """The same with tags for all notes, in the words of the settings."""
    return replace(taken, everywhere=(*taken.everywhere, *map(as_tag, tags))) if tags else taken


def asked(taken: Taken) -> tuple[Asked, ...]:
    """All cards that marks declare, as parts of the document that are read by themselves."""
    lines = (SourceSpan(number, number) for number, *_ in taken.pairs)
    return tuple(sorted((*taken.asked, *(Asked(line, None) for line in lines)), key=lambda one: one.span))


def has_holes(lines: Sequence[str]) -> bool:
    """Whether lines hold marked text or clozes, which a program that reviews a document asks for."""
    return any(("==" in line or "{{" in line) and _HOLE.search(line) for line in lines)


def cards(taken: Taken, blocks: Blocks) -> Iterator[Candidate]:
    """The candidates of the cards that marks declare."""
    for candidate in declared(blocks, taken.asked):
        yield replace(candidate, answer=_without_list(candidate.answer))
    for number, question, answer in taken.pairs:
        span = SourceSpan(number, number)
        sides = markdown.blocks([question], number), markdown.blocks([answer], number)
        yield Candidate(SHAPE, *sides, span, frozenset({SHAPE}))


def _without_list(blocks: Blocks) -> Blocks:
    """The blocks of the only item of an only list."""
    match blocks:
        case (List(items=(item,)),):
            return item.blocks
    return blocks


def with_marks(notes: Sequence[Note], taken: Taken, name: str) -> list[Note]:
    """The notes of a document with the tags of their lines, and the ids that programs gave them.

    An id that two notes have tells neither.
    """
    ids = [_id(note, taken, name) for note in notes]
    if len(notes) == 1 and (number := taken.values.get("noteid")):
        ids = [number[0]]
    count = Counter(ids)
    return [
        replace(
            note,
            tags=tuple(dict.fromkeys((*note.tags, *taken.of(note.span.line, note.span.end_line)))),
            id=note.id or (id if count[id] == 1 else ""),
            extras=_with_extra(note, taken),
            reverse=note.reverse or (note.kind is Kind.QA and _asks_both_ways(note, taken)),
        )
        for note, id in zip(notes, ids, strict=True)
    ]


def _with_extra(note: Note, taken: Taken) -> Mapping[str, str]:
    """What stands beside a note, that which the program of a cloze shows with its answer included."""
    told = taken.extra.get(note.span.line, "") if note.kind is Kind.CLOZE else ""
    return {**note.extras, EXTRA: told} if told else note.extras


def _asks_both_ways(note: Note, taken: Taken) -> bool:
    return any(note.span.line <= number <= note.span.end_line for number in taken.both_ways)


def _id(note: Note, taken: Taken, name: str) -> str:
    """The id that stands at the question of a note, else at its end; that of a block counts in its document only."""
    places = (*(block.span.line for block in note.question), note.span.end_line)
    for number in places:
        if number in taken.anki:
            return taken.anki[number]
        if number in taken.ids:
            id = taken.ids[number]
            return id if _UUID.fullmatch(id) else f"{PurePosixPath(name).with_suffix('')}^{id}"
    return ""


def without_marks(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines without marks of note programs and of the author."""
    return take_marks(take(lines).lines)[0]


def structure(taken: Taken) -> tuple[Directive, ...]:
    """The lines that were nothing but marks, as the ledger takes them."""
    return tuple(Directive(number, "of a note program", "", 0) for number in sorted(taken.hidden))


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
