"""The notes of the documents in their places, before it is known which ones they are."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.derive.named_formulas import same_formula
from deckbuild.model import Document, Note
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
