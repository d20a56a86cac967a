"""What importing a new package would do: the difference of a library to the lock, or to an older package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from msgspec import Struct

from deckbuild.cards import note_types
from deckbuild.cards.context import CONTEXT, context_fields
from deckbuild.cards.stored import StoredNote
from deckbuild.identity.changes import compare
from deckbuild.identity.hashing import PART
from deckbuild.identity.lock import Lock, NoteRecord
from deckbuild.model import Kind, Library
from deckbuild.package.reader import Package, PackageNote, plain
from deckbuild.package.retire import TAG
from deckbuild.report.counted import counted

WHAT = ("added", "updated", "moved", "context only", "retired", "kept")
"""What becomes of a note: `moved` to another document or deck with its content as it is; `context only` where
titles, tags or names of sources differ, which new learners get and others with the next change of content;
`retired` notes left the documents and stay in Anki; `kept` ones differ, but are not newer than those of the
older package."""

_SHOWN = 60
_LEAD = 15
"""Characters of a text that are shown, and those of them before the first change."""


class FieldChange(Struct, frozen=True):
    """A field with its plain text before and after.

    The lock knows of what was before only the question, in normal form; else it is None.
    """

    name: str
    old: str | None
    new: str


class Change(Struct, frozen=True):
    """What becomes of one note, one of `WHAT`. `source` is its document, as far as that is known.

    `moved_from` is the document that it stood in before, if another. `rendered` tells that the document says
    the same as before and deckbuild renders it differently.
    """

    what: str
    kind: Kind
    question: str
    source: str
    guid: str
    moved_from: str = ""
    fields: tuple[FieldChange, ...] = ()
    rendered: bool = False


def against_lock(
    library: Library, notes: Iterable[StoredNote], before: Lock, after: Lock, outdated: Set[str]
) -> list[Change]:
    """What becomes of each note from one lock to the next that is the library's.

    `notes` are those of the library as Anki would store them, `outdated` the guids of those of which only the
    context has changed.
    """
    changes = compare(before, after)
    changed = {record.guid for record in changes.changed}
    rendered = {record.guid for record in changes.rendered}
    old = {record.guid: record for record in before.notes if not record.removed}
    new = {record.guid: record for record in after.notes}
    found = []
    for source, note, shown in _shown_notes(library, notes):
        record, known = new[note.guid], old.get(note.guid)
        if known is None:
            found.append(_change("added", source, note))
            continue
        moved = known.source if known.source != source else ""
        if note.guid in changed or moved or note.guid in outdated:
            fields = tuple(_changed_fields(record, known, shown))
            what = "updated" if note.guid in changed else "moved" if moved else "context only"
            found.append(_change(what, source, note, moved, fields, note.guid in rendered))
    gone = (Change("retired", r.kind, r.question, r.source, r.guid) for r in changes.removed)
    return [*found, *gone]


def _changed_fields(
    record: NoteRecord, known: NoteRecord, shown: Sequence[tuple[str, str, str]]
) -> Iterator[FieldChange]:
    """The fields whose part of the content has another hash; of the rest all that have something in them."""
    context = context_fields(record.kind)
    texts = [(name, text) for at, (name, _, text) in enumerate(shown[:-2]) if at not in context]
    for part, fields in enumerate((texts[:1], texts[1:2], texts[2:])):
        here = slice(part * PART, (part + 1) * PART)
        if record.content[here] != known.content[here]:
            old = known.question if part == 0 else None
            yield from (FieldChange(name, old, text) for name, text in fields if part < 2 or text)


def against_package(
    library: Library, notes: Iterable[StoredNote], after: Lock, package: Package
) -> list[Change]:
    """What importing the library's package would do to someone who has imported `package`.

    `notes` are those of the library as Anki would store them.
    Notes of documents that are not in the library, and live in the lock `after`, are none of its business.
    """
    old = {note.guid: note for note in package.notes}
    found = []
    for source, note, shown in _shown_notes(library, notes):
        known = old.get(note.guid)
        if known is None:
            found.append(_change("added", source, note))
            continue
        was = {**known.fields, "Tags": " ".join(known.tags)}
        fields = tuple(
            FieldChange(name, plain(was.get(name, "")), text)
            for name, value, text in shown
            if was.get(name, "") != value
        )
        deck = (FieldChange("Deck", known.deck, note.deck),) if known.deck != note.deck else ()
        if fields:
            is_context = all(field.name in {*CONTEXT, "Tags"} for field in fields)
            what = "updated" if note.modified > known.modified else "context only" if is_context else "kept"
            same = all(field.old == field.new for field in fields)
            found.append(_change(what, source, note, "", (*fields, *deck), same))
        elif deck:
            found.append(_change("moved", source, note, "", deck))
    living = {record.guid for record in after.notes if not record.removed}
    gone = (note for note in package.notes if note.guid not in living and TAG not in note.tags)
    return [*found, *map(_gone, gone)]


def as_text(change: Change) -> Iterator[str]:
    """A change as lines for people: what and where, then each field with both texts, shortened."""
    place = f"{change.moved_from} → {change.source}" if change.moved_from else change.source
    yield f"{change.what}: {place}: {change.question}"
    for field in change.fields:
        new = " ".join(field.new.split())
        if field.old is None:
            yield f"  {field.name}: {_shortened(new, 0)}"
            continue
        old = " ".join(field.old.split())
        lead = max(0, _same(old, new) - _LEAD) if len(max(old, new, key=len)) > _SHOWN else 0
        yield f"  {field.name}: {_shortened(old, lead)} → {_shortened(new, lead)}"


def summary(changes: Sequence[Change]) -> str:
    """How many notes have which fate; `kept` only where there are any."""
    counts = {what: sum(change.what == what for change in changes) for what in WHAT}
    text = ", ".join(f"{count} {what}" for what, count in counts.items() if count or what != "kept")
    rendered = sum(change.rendered for change in changes)
    return f"{text}; rendered differently: {counted(rendered, 'note')}" if rendered else text


def _shown_notes(
    library: Library, notes: Iterable[StoredNote]
) -> Iterator[tuple[str, StoredNote, list[tuple[str, str, str]]]]:
    """Source, and note as Anki would store it, in the order of the documents.

    With each comes the name, content and plain text of its fields, the tags last.
    """
    types = note_types.note_types()
    stored = {note.guid: note for note in notes}
    for entry in library.entries:
        note = stored[entry.guid]
        names = [field.name for field in types[note.kind].fields]
        contents = [*zip(names, note.values, strict=True), ("Tags", " ".join(note.tags))]
        yield entry.source, note, [(name, content, plain(content)) for name, content in contents]


def _change(
    what: str,
    source: str,
    note: StoredNote,
    moved_from: str = "",
    fields: tuple[FieldChange, ...] = (),
    rendered: bool = False,
) -> Change:
    asked = _asked(note.values[0])
    return Change(what, note.kind, asked, source, note.guid, moved_from, fields, rendered)


def _gone(note: PackageNote) -> Change:
    question = _asked(next(iter(note.fields.values())))
    return Change("retired", note.kind, question, plain(note.fields.get("Source", "")), note.guid)


def _asked(field: str) -> str:
    return " ".join(plain(field).split())


def _same(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _shortened(text: str, lead: int) -> str:
    end = lead + _SHOWN
    return f"{'…' if lead else ''}{text[lead:end]}{'…' if len(text) > end else ''}"
