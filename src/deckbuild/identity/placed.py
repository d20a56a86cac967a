"""The notes of the documents in their places, before it is known which ones they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.derive.named_formulas import same_formula
from deckbuild.identity.found import asked, shortened
from deckbuild.identity.lock import Lock, question_hash
from deckbuild.model import Document, Kind, Note
from deckbuild.model.text import block_text, normalise


class Placed(Struct, frozen=True):
    """A note in its place, and the titles of further sources that give it."""

    document: Document
    note: Note
    titles: tuple[str, ...]
    also: tuple[str, ...] = ()


def once(placed: Iterable[Placed]) -> list[Placed]:
    """The notes in order; a formula that several sources give under one name, spelled as they like, is one.

    It keeps its place in the first of them, and what the others add to it.
    """
    kept: list[Placed] = []
    first: dict[tuple[str, str], int] = {}
    for place in placed:
        key = same_formula(place.note)
        if key is None or (at := first.setdefault(key, len(kept))) == len(kept):
            kept.append(place)
            continue
        known, other = kept[at], place
        said = {block_text((block,)) for block in known.note.answer}
        more = tuple(block for block in other.note.answer[1:] if block_text((block,)) not in said)
        note = replace(known.note, answer=(*known.note.answer, *more))
        also = dict.fromkeys((*known.also, other.document.title or other.document.source))
        also.pop(known.document.title or known.document.source, None)
        kept[at] = replace(known, note=note, also=tuple(also))
    return kept


def as_first_built(placed: Sequence[Placed], lock: Lock, gone: frozenset[str]) -> list[Placed]:
    """The notes; a row that was a question, or a question that was a row, of the same words stays what it was.

    A table may be read as the one or the other when a column comes or goes, and Anki never updates a note whose
    note type is another.
    """
    others = {Kind.QA: Kind.ROW, Kind.ROW: Kind.QA}
    known = Counter(
        (r.kind, "" if r.source in gone else r.source, r.question) for r in lock.notes if r.kind in others
    )
    keys = [(place.document.source, shortened(normalise(asked(place.note)))) for place in placed]
    counts = Counter(keys)
    found = []
    for place, key in zip(placed, keys, strict=True):
        kind = place.note.kind
        if kind in others and (kind, *key) not in known:
            other = others[kind]
            elsewhere = (("", key[1]), ("", question_hash(key[1])))
            was = known[other, *key] == 1 or any(
                known[other, *way] == 1 and (kind, *way) not in known for way in elsewhere
            )
            if was and counts[key] == 1:
                place = replace(place, note=replace(place.note, kind=other, reverse=False))
        found.append(place)
    return found
