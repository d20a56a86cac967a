"""Decks of new sources: few, named by what the documents are called, in the order that their files are numbered in.

Anki matches decks by name and never moves a card on import, so a source keeps the deck that it was built for
first. It gathers new cards by deck, in the order of the names' characters: where files are numbered, the
numbers lead the names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from deckbuild.identity.deck_names import new_decks, shared, title
from deckbuild.identity.lock import Lock
from deckbuild.machine.regex import regex
from deckbuild.model import Document, outline
from deckbuild.model.text import unnumbered

FEW = 5
"""Notes below which a document needs no deck of its own where others of its folder are as small: a quarter of
the 20 new cards that Anki shows a day by default."""
SEVERAL = 3
"""Small documents of one folder that share a deck."""

_NUMBER = regex(r"(?:[^\W\d_]+[\s_.-]*)?(\d{1,3})(?!\d)")
"""Leads the name of a file or folder: `03-tides`, `chapter 3`; more digits are a date, or none of the author's."""
_DIGITS = regex(r"(\d+)")


def in_order(source: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """What sorts sources as people number them: `2-cells` before `10-genes`, files of a folder before its folders."""
    *folders, file = PurePosixPath(source).parts
    return (*(((1, 0, ""), *_pieces(part)) for part in folders), ((0, 0, ""), *_pieces(file)))


def decks(documents: Sequence[Document], lock: Lock, name: str) -> dict[str, str]:
    """The deck of each document that the lock doesn't know, below that of the collection, `name`."""
    known = {record.source for record in lock.sources}
    new = [document for document in documents if document.source not in known]
    numbers = _numbers(new, lock)
    small = [d for d in new if len(outline.notes(d)) < FEW and not d.deck]
    sharing = Counter(PurePosixPath(document.source).parent for document in small)
    found = {}
    left = []
    for document in new:
        folder = PurePosixPath(document.source).parent
        number = numbers.get(document.source, "")
        if document in small and sharing[folder] >= SEVERAL:
            found[document.source] = shared(name, document)
        elif number and not document.deck:
            left.append(replace(document, title=f"{number} {unnumbered(title(document))}"))
        else:
            left.append(document)
    taken = {*(record.deck for record in lock.sources), *found.values()}
    return found | new_decks(name, left, taken)


def _numbers(new: Sequence[Document], lock: Lock) -> Mapping[str, str]:
    """The number that leads a source's name, as wide as the widest of its folder, where others are numbered too.

    None where decks of the folder were named before without one: a number would stand apart from these.
    """
    folders: defaultdict[PurePosixPath, dict[str, str]] = defaultdict(dict)
    for source in (*(record.source for record in lock.sources), *(document.source for document in new)):
        path = PurePosixPath(source)
        if leading := _NUMBER.match(path.stem):
            folders[path.parent][source] = leading[1]
    named = {record.source: record.deck.rpartition("::")[2] for record in lock.sources}
    found: dict[str, str] = {}
    for numbers in folders.values():
        width = max(map(len, numbers.values()))
        padded = {source: number.zfill(width) for source, number in numbers.items()}
        apart = any(not named[source].startswith(padded[source]) for source in padded if source in named)
        if len(set(padded.values())) == len(padded) > 1 and not apart:
            found |= padded
    return found


def _pieces(part: str) -> list[tuple[int, int, str]]:
    """A part of a path, cut into numbers and the text between them."""
    return [
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece.casefold())
        for piece in _DIGITS.split(part)
        if piece
    ]
