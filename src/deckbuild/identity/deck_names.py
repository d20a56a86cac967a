"""The deck of a document: what its author says, else below that of the collection, with a name of its own."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from deckbuild.model import Document
from deckbuild.model.outline import file_name

_LONGEST = 200
"""Characters of a deck with those above it: Anki makes a deck of each part."""


def new_decks(name: str, documents: Sequence[Document], taken: Iterable[str]) -> dict[str, str]:
    """The decks of new documents by their source; `name` is the collection's, `taken` are those of other sources.

    Two documents share a deck only where their authors name the same one. Of those with one title each has its
    folder between, or, in one folder, its file for a name. Anki takes names for the same in any case of letters.
    """
    decks = {document.source: said(document) for document in documents if document.deck}
    used = {_folded(deck) for deck in taken}
    left = [document for document in documents if not document.deck]
    for form in (_titled, _in_folder, _filed, _whole):
        names = {document.source: form(name, document) for document in left}
        counts = Counter(map(_folded, names.values()))
        free = {
            source: deck
            for source, deck in names.items()
            if form is _whole or (counts[_folded(deck)] == 1 and _folded(deck) not in used)
        }
        decks |= free
        used |= set(map(_folded, free.values()))
        left = [document for document in left if document.source not in free]
    return decks


def said(document: Document) -> str:
    """The deck that the author names, without parts that say nothing, and no longer than settings may have it."""
    return _joined(document.deck.split("::"))[:_LONGEST].rstrip(": ")


def wanted(name: str, document: Document) -> str:
    """The deck of a document if no other has a claim to it."""
    return said(document) if document.deck else _titled(name, document)


def shared(name: str, document: Document) -> str:
    """The deck of small documents of one folder."""
    folders = document.folders or PurePosixPath(document.source).parts[:-1][-1:]
    return _joined((_part(name), *map(_part, folders)))


def _titled(name: str, document: Document) -> str:
    return _joined((_part(name), *map(_part, document.folders), _part(title(document))))


def _in_folder(name: str, document: Document) -> str:
    folders = document.folders or PurePosixPath(document.source).parts[:-1][-1:]
    return _joined((_part(name), *map(_part, folders), _part(title(document))))


def _filed(name: str, document: Document) -> str:
    folders = document.folders or PurePosixPath(document.source).parts[:-1][-1:]
    return _joined((_part(name), *map(_part, folders), _part(PurePosixPath(document.source).stem)))


def _whole(name: str, document: Document) -> str:
    return _joined((_part(name), *map(_part, PurePosixPath(document.source).parts)))


def title(document: Document) -> str:
    """The title of a document, else the name of its file."""
    return document.title or PurePosixPath(document.source).stem


def _part(text: str) -> str:
    return file_name(text).replace("::", ":").replace('"', "'").strip()


def _joined(parts: Iterable[str]) -> str:
    return "::".join(part for text in parts if (part := text.replace('"', "'").strip()))


def _folded(deck: str) -> str:
    return unicodedata.normalize("NFC", deck).casefold()
