"""The example collection, built and imported into the real Anki."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckbuild.collection.collection import one
from deckbuild.commands.kept_models import read
from deckbuild.identity import lock
from deckbuild.identity.collate import collate
from deckbuild.model import Library
from deckbuild.package.apkg import apkg

pytest.importorskip("anki")

from anki_client import AnkiClient, anki_client

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def library() -> Library:
    found = one([ROOT / "sources"], ROOT)
    names = ((file, found.source(file)) for file in found.files)
    documents = [read(file, name, found.preferences(name)) for file, name in names]
    settled = lock.load(found.lock)
    assert settled is not None
    return collate(documents, settled, 0, found.name).library


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[AnkiClient]:
    with anki_client(tmp_path) as client:
        yield client


def test_every_note_arrives_with_its_deck_and_the_database_is_whole(
    anki: AnkiClient, library: Library
) -> None:
    assert anki.import_package(apkg(library)) == {"new": len(library.entries)}
    assert len(library.entries) > 90
    for entry in library.entries:
        assert anki.note(entry.guid)["ID"] == entry.guid
        assert anki.cards(entry.guid)
    decks = {"::".join(entry.deck.split("::")[:n]) for entry in library.entries for n in (1, 2)}
    assert anki.decks() == sorted(decks)
    kinds = Counter(f"deckbuild {entry.note.kind}" for entry in library.entries)
    assert anki.note_types() == sorted(kinds)
    assert anki.faults() == []


def test_a_second_import_changes_nothing(anki: AnkiClient, library: Library) -> None:
    anki.import_package(apkg(library))
    before = anki.stored()
    assert anki.import_package(apkg(library)) == {"duplicate": len(library.entries)}
    assert anki.stored() == before
