"""As first built: notes of the same words stay what learners have, whatever their documents are read as today.

Whether a table asks or lists, and whether an answer leads to one question alone, is told by all rows together. So a
row that is added may change how others would be built; of those that learners have it changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from deckbuild.derive.arranged import Arrangement, arranged
from deckbuild.derive.derive import leads_back
from deckbuild.identity.drafts import Draft
from deckbuild.identity.found import Found, answered
from deckbuild.identity.hashing import rest
from deckbuild.identity.held import Built, DraftOf, Held
from deckbuild.identity.lock import Lock, NoteRecord, question_hash
from deckbuild.identity.placed import Placed
from deckbuild.identity.tables import as_siblings, table_of, take_arranged, turned, usual
from deckbuild.identity.ways import may_reverse, ways
from deckbuild.identity.words import sketch
from deckbuild.model import Kind, Note

_ANYWHERE = "\0"
"""Stands for all sources together."""
_EXCHANGED = Kind.QA, Kind.ROW, Kind.FORMULA
"""Kinds of notes that a document's others decide between."""


def as_first_built(
    placed: Sequence[Placed], lock: Lock, gone: frozenset[str], draft_of: DraftOf
) -> list[Built]:
    """The notes with their drafts; those that learners have of the same words as they were first built.

    First by what they hold: a note that was read otherwise, or asked in reverse too, is that again, and nothing of
    it changes. Where a word has changed, by what it asks: it keeps its kind, since Anki never updates a note whose
    note type is another, and its card in reverse, unless its answer now gives that away. New rows of a table are of
    the kind of those beside them. `gone` are sources of the lock whose file is no longer there.
    """
    built = [(place, draft_of(place)) for place in placed]
    if not any(record.kind in _EXCHANGED for record in lock.notes):
        return built
    known = [False] * len(built)
    found: dict[int, Arrangement] = {}
    near = {place.document.source for place in placed} | gone
    for records in ([r for r in lock.notes if not r.removed], [r for r in lock.notes if r.removed]):
        held = Held(records)
        _take_equal(built, known, held, draft_of)
        found |= take_arranged(built, known, held, near, draft_of)
    if all(known):
        return built
    held = Held(lock.notes)
    changed = turned(built, known, held, gone)
    most = usual(built, known, found)

    def records_of(note: Found) -> list[NoteRecord]:
        return held.asking(note.kind, note.question, note.source)

    kinds = _kinds(placed, [draft.found.question for _, draft in built], lock, gone)
    for at, (place, draft) in enumerate(built):
        if known[at]:
            continue
        note, kind = place.note, kinds[at]
        way = most.get(table_of(place))
        offers = [n for n in (note, *note.readings) if n.kind is kind] or [
            replace(note, kind=kind, reverse=False)
        ]
        drafts = _drafted(offers, place, draft, draft_of)
        is_held = any(records_of(one.found) for _, one in drafts)
        other = changed.get(at) or (way.arrangement if way and not is_held else None)
        if other and (made := arranged(note, other)):
            drafts = _drafted([made], place, draft, draft_of)
        place, draft = next(((p, d) for p, d in drafts if records_of(d.found)), drafts[0])
        records = records_of(draft.found)
        was_reversed = any(_was_reversed(r, draft) for r in records) or (
            other is not None and way is not None and way.reverse and not records
        )
        if was_reversed and may_reverse(place) and leads_back(place.note):
            place = replace(place, note=replace(place.note, reverse=True))
            draft = draft_of(place)
        built[at], known[at] = (place, draft), bool(records)
    return as_siblings(built, known, draft_of)


def _drafted(offers: Iterable[Note], place: Placed, draft: Draft, draft_of: DraftOf) -> list[Built]:
    """What a note may be built as, with the drafts; `draft` is that of the note in its place."""
    ways = [place if offer is place.note else replace(place, note=offer) for offer in offers]
    return [(way, draft if way is place else draft_of(way)) for way in ways]


def _take_equal(built: list[Built], known: list[bool], held: Held, draft_of: DraftOf) -> None:
    """Put notes as they were built in the place of what they are read as, where a record holds just that."""
    for at, (_, draft) in enumerate(built):
        known[at] = known[at] or held.takes(draft.found)
    for at, (place, _) in enumerate(built):
        for way in () if known[at] else ways(place):
            if held.takes((draft := draft_of(way)).found):
                built[at], known[at] = (way, draft), True
                break


def _was_reversed(record: NoteRecord, draft: Draft) -> bool:
    """Whether a record of the note in this draft, which isn't asked in reverse, was: rows hold nothing else there."""
    return rest(record) not in ("", rest(draft.found))


def _kinds(
    placed: Sequence[Placed], questions: Sequence[str], lock: Lock, gone: frozenset[str]
) -> list[Kind]:
    """The kind of each note; one that was a question, a row or a formula, of the same words, stays what it was.

    `questions` are what the notes ask, as locks hold it.
    """
    ours = [r for r in lock.notes if r.kind in _EXCHANGED]
    exchanged = [kind for kind in _EXCHANGED if any(r.kind is kind for r in ours)]
    known = [
        *((r, "" if r.source in gone else r.source) for r in ours),
        *((r, _ANYWHERE) for r in ours if not r.removed),
    ]
    asking = Counter((r.kind, source, r.question) for r, source in known)
    telling = Counter((r.kind, source, r.question, r.sketch) for r, source in known if r.sketch)
    keys = [(place.document.source, question) for place, question in zip(placed, questions, strict=True)]
    counts = Counter(keys)

    def was(note: Note, other: Note, key: tuple[str, str]) -> bool:
        """Whether the note was another kind of note; where several ask the same, their answers tell."""
        ways = key, ("", key[1]), ("", question_hash(key[1])), (_ANYWHERE, key[1])
        if not any((other.kind, *way) in asking for way in ways):
            return False
        before = asking[other.kind, *key]
        if (note.kind, *key) not in asking and before >= counts[key]:
            return True
        if (note.kind, *key) in asking or counts[key] > 1:
            mine, theirs = sketch(answered(note)), sketch(answered(other))
            return any(
                telling[other.kind, *way, told] == 1 and (note.kind, *way, mine) not in telling
                for way in ways[:2]
                for told in {mine, theirs}
            )
        return any(asking[other.kind, *way] == 1 and (note.kind, *way) not in asking for way in ways[1:])

    def kind_of(note: Note, key: tuple[str, str]) -> Kind:
        for kind in exchanged if note.kind in _EXCHANGED else ():
            if kind is not note.kind:
                other = next((n for n in note.readings if n.kind is kind), None) or replace(note, kind=kind)
                if was(note, other, key):
                    return kind
        return note.kind

    return [kind_of(place.note, key) for place, key in zip(placed, keys, strict=True)]
