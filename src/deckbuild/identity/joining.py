"""One card for notes that ask the same: the library without the others, and the lock that remembers them.

Every note keeps the record that it would have by itself, with the guid of the one that stands for it. So
nothing is removed, and a note is what it was as soon as the group dissolves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec.structs import replace

from deckbuild.cards import fields
from deckbuild.cards.fields import RenderedNote
from deckbuild.identity.collate import Collated
from deckbuild.identity.duplicates import duplicates
from deckbuild.identity.hashing import digest
from deckbuild.identity.lock import Lock, NoteRecord
from deckbuild.identity.standing import EDITED, is_unedited, standing
from deckbuild.model import (
    Blocks,
    Duplicates,
    Entry,
    Image,
    Joined,
    Library,
    Note,
    inline_runs,
    inner_blocks,
    inner_inlines,
)
from deckbuild.model.text import block_text, distinct_text, normalise

IMAGE = 400
"""Characters that an image counts as where answers are measured: six lines of print."""
_HASH = 8


def join(made: Collated, before: Lock, now: int, refresh: bool = False, grouped: bool = False) -> Collated:
    """What `collate` made of the documents and the lock as it was `before`, with one entry for each group.

    `now` is in seconds since 1970 (UTC). What a card says in the place of others counts as its content: it is
    newer when that changes; with `refresh` also when only their titles and tags do. Groups are looked for where a
    note is new or edited, as others are joined by decision only; with `grouped` in any case.
    """
    entries = made.entries
    place_of = {entry.guid: place for place, entry in enumerate(entries)}
    old = {record.guid: record for record in before.notes}
    same_as_before = all(
        (known := old.get(r.guid))
        and is_unedited(known, r)
        and known.removed == r.removed
        and r.joint != EDITED
        for r in made.lock.notes
    )
    groups = () if same_as_before and not grouped else duplicates(entries)
    same = [[entries[at].guid for at in group.members] for group in groups if group.verdict == "same"]

    def fullness(guid: str) -> int:
        return _size(entries[place_of[guid]].note) if guid in place_of else 0

    stands = standing(before, made.lock, same, place_of.keys(), fullness)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for guid in sorted(stands, key=lambda guid: (place_of.get(guid, len(entries)), guid)):
        members[stands[guid]].append(guid)
    records = {r.guid: r if r.removed else replace(r, joined=stands.get(r.guid, "")) for r in made.lock.notes}
    titles = {document.source: document.title for document in made.library.documents}
    kept, rendered = [], []
    outdated = set(made.outdated)
    for entry, own in zip(entries, made.rendered, strict=True):
        guid = entry.guid
        if guid in stands:
            outdated.discard(guid)
            record, apart = records[guid], stands[guid] not in place_of
            known = old.get(guid, record)
            edited = apart and EDITED in (known.joint, "" if is_unedited(known, record) else EDITED)
            records[guid] = replace(record, joint=EDITED if edited else "")
            continue
        here = [entries[place_of[other]] for other in members.get(guid, ()) if other in place_of]
        shown = _rendered(entry := _merged(entry, here, titles), titles, made.library.name) if here else own
        joint = _joint(shown, entry) if here else ""
        whole = len(here) == len(members.get(guid, ()))
        known = old.get(guid, records[guid])
        record = _newer(records[guid], known, joint, whole, now, refresh)
        if joint and record.joint != joint:
            outdated.add(guid)
        records[guid] = record
        kept.append(replace(entry, modified=record.modified))
        rendered.append(shown)
    library = replace(made.library, entries=tuple(kept), groups=_left(groups, entries, kept))
    return replace(
        made,
        library=library,
        lock=replace(made.lock, notes=tuple(records.values())),
        rendered=tuple(rendered),
        outdated=frozenset(outdated),
        groups=groups,
        undecided=_undecided(library, before),
    )


def _undecided(library: Library, before: Lock) -> int:
    """Groups of cards that ask the same of which the author doesn't keep all apart."""
    apart = {decision.pair for decision in before.decisions if decision.verdict == "keep"}
    guids = (
        sorted(library.entries[at].guid for at in group.members)
        for group in library.groups
        if group.verdict == "same"
    )
    return sum(any(two not in apart for two in combinations(group, 2)) for group in guids)


def _newer(
    record: NoteRecord, known: NoteRecord, joint: str, whole: bool, now: int, refresh: bool
) -> NoteRecord:
    """The record of a note with what it says in the place of others; newer if learners need that.

    Where not all of these are part of the build, the card stays as it was sent, unless it changes by itself:
    then it goes out without them, and the next whole build adds them again.
    """
    changed = record.modified != known.modified
    if not whole:
        return replace(record, joint=EDITED if changed else known.joint)
    if joint[:_HASH] != known.joint[:_HASH] or (refresh and joint != known.joint):
        later = record.modified if changed or known is record else max(now, record.modified + 1)
        return replace(record, joint=joint, modified=later)
    return replace(record, joint=joint if changed else known.joint)


def _merged(entry: Entry, others: Sequence[Entry], titles: dict[str, str]) -> Entry:
    """The entry with the fullest answer of all, and what else the others say behind it."""
    group = (entry, *others)
    # A note with options has an answer to these, which belongs below no other question.
    free = [one for one in group if "options" not in one.note.cues]
    fullest = max(free, key=lambda one: _size(one.note)) if entry in free else entry
    extras = {label: text for one in (entry, fullest) for label, text in one.note.extras.items()}
    note = replace(entry.note, answer=fullest.note.answer, extras={**extras, **entry.note.extras})
    asked = {_said(note.question)}
    said = {_said(note.answer)}
    more = []
    sources: dict[str, None] = {}
    for one in group:
        question, answer = one.note.question, one.note.answer
        if "options" not in one.note.cues:  # which belong to both
            question = () if _said(question) in asked else question
            answer = () if _said(answer) in said else answer
        asked.add(_said(question))
        said.add(_said(answer))
        if one is not entry or answer:
            left = {label: text for label, text in one.note.extras.items() if note.extras.get(label) != text}
            rest = replace(one.note, question=question, answer=answer, extras=left)
            more.append(Joined(rest, one.source, one.section))
        if not answer:
            sources[titles.get(one.source) or one.source] = None
    sources.pop(titles.get(entry.source) or entry.source, None)
    also = tuple(dict.fromkeys((*entry.also, *sources)))
    return replace(entry, note=note, also=also, others=tuple(more))


def _size(note: Note) -> int:
    """How much a note answers, in characters."""
    blocks = [block for outer in note.answer for block in inner_blocks(outer)]
    images = sum(
        isinstance(e, Image) for block in blocks for run in inline_runs(block) for e in inner_inlines(run)
    )
    return len(block_text(note.answer)) + IMAGE * images


def _said(blocks: Blocks) -> str:
    return normalise(distinct_text(blocks))


def _rendered(entry: Entry, titles: dict[str, str], name: str) -> RenderedNote:
    others = [(titles.get(other.source) or other.source, other) for other in entry.others]
    title = titles.get(entry.source, "")
    shown = fields.rendered(entry.note, entry.section, entry.source, title, entry.also, others, name)
    return shown.with_guid(entry.guid)


def _joint(shown: RenderedNote, entry: Entry) -> str:
    """Hashes of what a card says in the place of others: what is learnt, then all, with titles and tags."""
    learnt = fields.render(entry.note, (), "", "", "", (), [("", other) for other in entry.others])
    return digest("\x1f".join(learnt), _HASH) + digest("\x1f".join((*shown.values, *shown.tags)), _HASH)


def _left(
    groups: Sequence[Duplicates], entries: Sequence[Entry], kept: Sequence[Entry]
) -> tuple[Duplicates, ...]:
    """The groups of which several notes are still cards of their own, by their places among these."""
    places = {entry.guid: place for place, entry in enumerate(kept)}

    def found() -> Iterator[Duplicates]:
        for group in groups:
            members = tuple(places[guid] for at in group.members if (guid := entries[at].guid) in places)
            if len(members) > 1:
                yield replace(group, members=members)

    return tuple(found())
