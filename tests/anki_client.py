"""The real Anki, without its windows: imports packages as its dialog does by default, shows the result."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

_OUTCOMES = ("new", "updated", "duplicate", "conflicting")
_IF_NEWER: Any = 0
_ALWAYS: Any = 1


class AnkiClient:
    """One user's collection."""

    def __init__(self, collection: Collection, folder: Path) -> None:
        self.collection = collection
        self._folder = folder

    def import_package(self, package: bytes, always: bool = False) -> dict[str, int]:
        """How many notes had which outcome; outcomes without notes are left out.

        With `always` the dialog's two choices stand at "Always" in place of "If newer".
        """
        path = self._folder / "import.apkg"
        path.write_bytes(package)
        options = ImportAnkiPackageOptions(
            merge_notetypes=False,
            with_scheduling=False,
            with_deck_configs=False,
            update_notes=_ALWAYS if always else _IF_NEWER,
            update_notetypes=_ALWAYS if always else _IF_NEWER,
        )
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        log = self.collection.import_anki_package(request).log
        self.collection.models._clear_cache()
        return {outcome: count for outcome in _OUTCOMES if (count := len(getattr(log, outcome)))}

    def note(self, guid: str) -> dict[str, str]:
        """The fields of a note by name."""
        return dict(self._note(guid).items())

    def tags(self, guid: str) -> list[str]:
        return sorted(self._note(guid).tags)

    def cards(self, guid: str) -> list[tuple[str, str]]:
        """Question and answer of each card of a note, as HTML without the style sheet."""
        sides = [card.render_output() for card in self._note(guid).cards()]
        return [(side.question_text, side.answer_text) for side in sides]

    def decks(self) -> list[str]:
        """Names of all decks but the one that every collection has."""
        return sorted(deck.name for deck in self.collection.decks.all_names_and_ids() if deck.id != 1)

    def note_types(self) -> list[str]:
        """Names of the note types that have notes."""
        return sorted(use.name for use in self.collection.models.all_use_counts() if use.use_count)

    def review(self, deck: str, count: int) -> None:
        """Answer `count` cards of a deck as easy, so that they have a schedule."""
        deck_id = self.collection.decks.id_for_name(deck)
        assert deck_id is not None
        self.collection.decks.select(deck_id)
        for _ in range(count):
            card = self.collection.sched.getCard()
            assert card is not None
            card.start_timer()
            self.collection.sched.answerCard(card, 4)

    def review_any(self, count: int) -> None:
        """Answer up to `count` cards of any deck as easy."""
        for deck in self.decks():
            self.collection.decks.select(self.collection.decks.id_for_name(deck))
            while count and (card := self.collection.sched.getCard()):
                card.start_timer()
                self.collection.sched.answerCard(card, 4)
                count -= 1

    def edit(self, guid: str, field: str, text: str) -> None:
        """Write into a field, as the user does in Anki's editor."""
        note = self._note(guid)
        note[field] = text
        self.collection.update_note(note)

    def add_tag(self, guid: str, tag: str) -> None:
        note = self._note(guid)
        note.add_tag(tag)
        self.collection.update_note(note)

    def flag_and_suspend(self, guid: str) -> None:
        cards = self._note(guid).card_ids()
        self.collection.set_user_flag_for_cards(2, cards)
        self.collection.sched.suspend_cards(cards)

    def delete(self, guid: str) -> None:
        self.collection.remove_notes([self._note(guid).id])

    def guids(self) -> list[str]:
        """The guids of all notes."""
        return [guid for (guid,) in self.rows("select guid from notes order by guid")]

    def css(self, note_type: str) -> str:
        """The style sheet of a note type."""
        found = self.collection.models.by_name(note_type)
        assert found is not None
        return str(found["css"])

    def schedule(self) -> list[Any]:
        """Everything about cards that reviewing changes, by note."""
        return self.rows(
            "select guid, ord, did, type, queue, due, ivl, reps, c.flags, c.data from cards c, notes n"
            " where n.id = c.nid order by guid, ord"
        )

    def stored(self) -> list[Any]:
        """All notes and cards, as rows of the database."""
        return [self.rows(f"select * from {table} order by id") for table in ("notes", "cards")]

    def check_database(self) -> tuple[str, bool]:
        """Anki's report, and whether it found nothing to mend."""
        return self.collection.fix_integrity()

    def faults(self) -> list[str]:
        """What Check Database mends, but for a time that Anki itself leaves out of reviews at times."""
        report, whole = self.check_database()
        lines = [] if whole else report.splitlines()[:-1]
        return [line for line in lines if not line.startswith("Added last review time")]

    def rows(self, query: str, *values: str) -> list[Any]:
        """What the database answers to a query."""
        assert self.collection.db is not None
        return list(self.collection.db.all(query, *values))

    def _note(self, guid: str) -> Any:
        [[note_id]] = self.rows("select id from notes where guid = ?", guid)
        return self.collection.get_note(note_id)


@contextmanager
def anki_client(folder: Path) -> Iterator[AnkiClient]:
    """A new collection in `folder`."""
    collection = Collection(str(folder / "collection.anki2"))
    try:
        yield AnkiClient(collection, folder)
    finally:
        collection.close()
