"""The notes of the documents in their places, before it is known which ones they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.derive.named_formulas import same_formula
from deckbuild.identity.found import answered
from deckbuild.identity.lock import Lock, question_hash
from deckbuild.identity.words import sketch
from deckbuild.model import Document, Kind, Note
from deckbuild.model.text import block_text


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


_ANYWHERE = "\0"
"""Stands for all sources together."""
_EXCHANGED = Kind.QA, Kind.ROW, Kind.FORMULA
"""Kinds of notes that a document's others decide between."""


def as_first_built(
    placed: Sequence[Placed], questions: Sequence[str], lock: Lock, gone: frozenset[str]
) -> list[Placed]:
    """The notes; one that was a question, a row or a formula, of the same words, stays what it was.

    A table may be read as the one or the other when a column comes or goes, and so may terms in bold letters when
    one of them does; Anki never updates a note whose note type is another. `questions` are what the notes ask, as
    locks hold it.
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

    found = []
    for place, key in zip(placed, keys, strict=True):
        note = place.note
        for kind in exchanged if note.kind in _EXCHANGED else ():
            other = replace(note, kind=kind, reverse=False)
            if kind is not note.kind and was(note, other, key):
                place = replace(place, note=other)
                break
        found.append(place)
    return found
