"""Notes that go on as the card that stood for them, where the note of that card has left the documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from deckbuild.identity.found import Found
from deckbuild.identity.lock import Lock, NoteRecord


def heirs(
    found: Sequence[Found],
    matched: Mapping[int, NoteRecord],
    lock: Lock,
    settled: Collection[str],
    open_guids: Collection[str],
) -> dict[int, NoteRecord]:
    """For each note, by its place, that takes over a card: the record of that card.

    Of several notes that ask the same learners have one card; it belongs to the first of the others that is still
    there. `matched` are the records of notes that were found, in the build or outside of it, `settled` the sources
    whose fate the build knows, `open_guids` records that the author has yet to say more of. A note that learners
    had a card of before, as it was joined by decision only, goes on as that one; so does one that asks something
    else by now.
    """
    taken = {record.guid for record in matched.values()} | {*open_guids}
    gone = {
        record.guid: record
        for record in lock.notes
        if not (record.removed or record.joined or record.guid in taken) and record.source in settled
    }
    decided = {(d.guid, d.other) for d in lock.decisions if d.verdict == "join"}
    heirs_of: dict[int, NoteRecord] = {}
    for place in sorted(matched):
        record = matched[place]
        card = gone.get(record.joined)
        if card is None or place >= len(found) or (card.guid, record.guid) in decided:
            continue
        note = found[place]
        is_copy = record.question == card.question
        asks_the_same = (
            is_copy or note.content == record.content or note.question in (record.question, card.question)
        )
        if asks_the_same and note.kind is card.kind:
            heirs_of[place] = gone.pop(card.guid)
    return heirs_of
