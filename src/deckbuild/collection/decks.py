"""Decks that keep the name they were first built with, though the settings say another by now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckbuild.collection.collection import Collection
from deckbuild.collection.settings import SETTINGS
from deckbuild.identity.deck_names import wanted
from deckbuild.identity.lock import Lock
from deckbuild.model import Diagnostic, Document
from deckbuild.report.counted import counted
from deckbuild.report.diagnostics import Code


def decks_kept(collection: Collection, before: Lock, documents: Sequence[Document]) -> Iterator[Diagnostic]:
    """A warning for each deck that isn't the one which its document names, and for each at the top that isn't the name.

    Anki matches decks by name and never moves a card on import, so notes stay where they were built first.
    """
    known = {record.source: record.deck for record in before.sources}
    named = {document.source: document for document in documents if document.deck or document.folders}
    for source, document in named.items():
        deck = wanted(collection.name, document)
        if source in known and known[source] != deck:
            yield Code.DECK_KEPT.at(source, 1, old=known[source], name=deck, count=1)
    if not collection.settings.name:
        return
    name = collection.settings.name
    elsewhere = [
        r
        for r in before.sources
        if r.source not in named and r.deck != name and not r.deck.startswith(f"{name}::")
    ]
    tops = {record.deck.rpartition("::")[0] or record.deck for record in elsewhere}
    for top in sorted(tops):
        count = sum(record.deck in (top, f"{top}::{record.deck.rpartition('::')[2]}") for record in elsewhere)
        yield Code.DECK_KEPT.at(SETTINGS, 1, old=top, name=name, count=counted(count, "document"))
