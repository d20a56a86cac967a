"""Drafts of notes that were made before, kept for each document and found again by the note and its place."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from deckbuild.commands import kept
from deckbuild.identity.drafts import Draft, draft
from deckbuild.identity.placed import Placed
from deckbuild.maths.check import mathjax
from deckbuild.model import Document, outline

LEAST = 100
"""Notes from which the drafts of a document are kept."""

_KEY = 16
"""Bytes of the hash of a note and its place."""


class Drafts:
    """Gives drafts as `draft` does with `of`, and remembers them; `keep` writes those that are new."""

    def __init__(self) -> None:
        self._known: dict[str, dict[bytes, Draft]] = {}
        self._made: dict[str, dict[bytes, Draft]] = {}
        self._places: dict[str, Path | None] = {}

    def of(self, place: Placed, name: str) -> Draft:
        """The draft of a note in a collection of a name."""
        document = place.document
        known = self._known.get(document.source)
        if known is None:
            known = self._known[document.source] = self._loaded(document, name)
        key = _key(place, name)
        found = known.get(key) or draft(place, name)
        self._made.setdefault(document.source, {})[key] = found
        return found

    def keep(self) -> None:
        """Keep the drafts of documents of which one was not known."""
        for source, made in self._made.items():
            path = self._places[source]
            if path and not made.keys() <= self._known[source].keys():
                kept.keep(path, msgspec.msgpack.encode(made))

    def _loaded(self, document: Document, name: str) -> dict[bytes, Draft]:
        path = None
        if sum(1 for _ in outline.notes(document)) >= LEAST:
            path = kept.place("drafts", document.source, document.digest, name, str(mathjax.available()))
        self._places[document.source] = path
        data = kept.load(path) if path and path.exists() else None
        try:
            return msgspec.msgpack.decode(data, type=dict[bytes, Draft]) if data else {}
        except msgspec.MsgspecError:
            return {}


def _key(place: Placed, name: str) -> bytes:
    told = (place.note, place.titles, place.document.title, place.also, name)
    return hashlib.blake2b(msgspec.msgpack.encode(told), digest_size=_KEY).digest()
