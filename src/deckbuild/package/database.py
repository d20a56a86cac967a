"""The database inside an Anki package, written by genanki with ids, times and cards of our own.

genanki gives all notes one time, and ids by the clock: two builds of one library would differ, and the import
of the second would overwrite what users have edited, or update nothing. Its guess at which cards a note has
is left out too, as it misses clozes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import genanki

from deckbuild.cards.note_types import NoteType
from deckbuild.cards.stored import StoredNote, deck_id
from deckbuild.model import Kind

_SETTINGS = ("page_size = 4096", "auto_vacuum = NONE", "journal_mode = OFF", "synchronous = OFF")
_INDEXES = "SELECT name FROM sqlite_master WHERE type = 'index'"
_DEFAULT_DECK = 1
"""The id of Anki's deck Default, which every collection has."""


def write_database(
    path: Path,
    note_types: Iterable[tuple[NoteType, int]],
    decks: Iterable[str],
    notes: Iterable[StoredNote],
) -> None:
    """Write a new file at `path`: note types, each with the time of its last change, decks and notes.

    It has no indexes: they take time and room, and Anki copies the rows into a collection that has its own.
    Raises `sqlite3.Error` if the file can't be written.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        cursor = connection.cursor()
        genanki.Package([]).write_to_db(cursor, 0, None)
        for (index,) in cursor.execute(_INDEXES).fetchall():
            cursor.execute(f"DROP INDEX {index}")
        cursor.execute("BEGIN")
        models = _write_note_types(cursor, note_types)
        deck_ids = _write_decks(cursor, decks)
        for note in notes:
            ids = iter([note.id, *(note.id + 1 + ordinal for ordinal in note.ordinals)])
            stored = _Note(models[note.kind], note)
            stored.write_to_db(cursor, note.modified, deck_ids[note.deck], ids)
        cursor.execute("COMMIT")
    finally:
        connection.close()


def _write_note_types(
    cursor: sqlite3.Cursor, note_types: Iterable[tuple[NoteType, int]]
) -> dict[Kind, genanki.Model]:
    models = {}
    stored = {}
    for note_type, modified in note_types:
        model = models[note_type.kind] = _model(note_type)
        stored[note_type.id] = model.to_json(modified, _DEFAULT_DECK)
    cursor.execute("UPDATE col SET models = ?", (json.dumps(stored),))
    return models


def _write_decks(cursor: sqlite3.Cursor, names: Iterable[str]) -> dict[str, int]:
    ids = {name: deck_id(name) for name in names}
    (present,) = cursor.execute("SELECT decks FROM col").fetchone()
    decks = json.loads(present) | {str(id): genanki.Deck(id, name).to_json() for name, id in ids.items()}
    cursor.execute("UPDATE col SET decks = ?", (json.dumps(decks),))
    return ids


def _model(note_type: NoteType) -> genanki.Model:
    return genanki.Model(
        note_type.id,
        note_type.name,
        fields=[{"id": field.id, "name": field.name} for field in note_type.fields],
        templates=[
            {
                "id": template.id,
                "name": template.name,
                "qfmt": template.front,
                "afmt": template.back,
                "bqfmt": template.browser_front,
                "bafmt": template.browser_back,
            }
            for template in note_type.templates
        ],
        css=note_type.css,
        model_type=genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
    )


class _Reverse(genanki.Card):  # type: ignore[misc]
    """A card that asks in reverse, with a place of its own among new cards."""

    def __init__(self, ordinal: int, due: int) -> None:
        super().__init__(ordinal)
        self._due = due

    def write_to_db(
        self, cursor: Any, timestamp: float, deck_id: int, note_id: int, id_gen: Any, due: int = 0
    ) -> None:
        super().write_to_db(cursor, timestamp, deck_id, note_id, id_gen, self._due)


class _Note(genanki.Note):  # type: ignore[misc]
    """A note for genanki to write, with the cards that we say it has."""

    def __init__(self, model: genanki.Model, note: StoredNote) -> None:
        super().__init__(model, note.values, tags=note.tags, guid=note.guid, due=note.due)
        self.ordinals = note.ordinals
        self.reverse_due = 0 if note.kind is Kind.CLOZE else note.reverse_due

    @property
    def cards(self) -> list[Any]:
        return [
            _Reverse(1, self.reverse_due) if at and self.reverse_due else genanki.Card(at)
            for at in self.ordinals
        ]

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Take the HTML as it is: it is escaped and balanced, and the check is quadratic."""
