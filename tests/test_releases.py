"""Random histories: documents change, packages are imported late, twice or out of order, cards are reviewed.

After each import no schedule has changed; after the newest one every note is current, none is there twice,
and each card still asks what it asked when it was first reviewed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import astuple, replace

from deckbuild.cards import note_types
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Kind, Library
from deckbuild.package.apkg import apkg

pytest.importorskip("anki")

from anki_client import anki_client
from reading import read_once

WORDS = [
    "".join(parts) for parts in product("bdfglmnprst", "aeiou", ["cken", "ndle", "ral", "stor", "vet", "x"])
]
"""330 words: two answers share as few as two answers of a real document do."""

START = 1_600_000_000
RELEASES = 10


class Card(NamedTuple):
    """A note of the author: `key` names it in its answer through all edits."""

    key: str
    question: str
    answer: str


class Author:
    """Documents that change at random; `removed` are notes that may come back."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.files: dict[str, list[Card]] = {"one.md": [], "two.md": []}
        self.removed: list[Card] = []
        self.published: dict[str, Card] = {}
        self.count = 0
        for _ in range(8):
            self.add()

    def words(self, number: int) -> str:
        return " ".join(self.random.sample(WORDS, number))

    def add(self) -> None:
        self.count += 1
        key = f"key{self.count}"
        card = Card(key, f"What of {self.words(5)} number {self.count}?", f"{key} {self.words(12)}")
        self._somewhere(card)

    def edit_answer(self) -> None:
        self._replace(lambda card: card._replace(answer=f"{card.answer} {self.words(2)}"))

    def edit_question(self) -> None:
        self._replace(lambda card: card._replace(question=card.question.replace("?", f" {self.words(1)}?")))

    def move(self) -> None:
        if card := self._take():
            self._somewhere(card)

    def reorder(self) -> None:
        for cards in self.files.values():
            self.random.shuffle(cards)

    def delete(self) -> None:
        """A card goes; what may come back is what the documents held, not what was never published."""
        if card := self._take():
            self.removed.append(self.published.get(card.key, card))

    def bring_back(self) -> None:
        if self.removed:
            self._somewhere(self.removed.pop())

    def rename(self) -> None:
        name = self.random.choice(sorted(self.files))
        self.files[f"renamed{self.random.randrange(10_000)}.md"] = self.files.pop(name)

    def release(self) -> None:
        changes = (self.add, self.edit_answer, self.edit_question, self.move, self.reorder, self.delete)
        for change in self.random.choices((*changes, self.bring_back, self.rename), k=4):
            change()

    def cards(self) -> dict[str, Card]:
        return {card.key: card for cards in self.files.values() for card in cards}

    def _somewhere(self, card: Card) -> None:
        cards = self.files[self.random.choice(sorted(self.files))]
        cards.insert(self.random.randint(0, len(cards)), card)

    def _take(self) -> Card | None:
        cards = self.files[self.random.choice(sorted(self.files))]
        return cards.pop(self.random.randrange(len(cards))) if cards else None

    def _replace(self, edit: Callable[[Card], Card]) -> None:
        cards = self.files[self.random.choice(sorted(self.files))]
        if cards:
            place = self.random.randrange(len(cards))
            cards[place] = edit(cards[place])


class Release(NamedTuple):
    """What was published: the package, and which note has which guid."""

    package: bytes
    cards: dict[str, Card]
    css: str


def publish(author: Author, lock: Lock, now: int) -> tuple[Library, Lock]:
    documents = []
    for name, cards in author.files.items():
        text = "".join(f"## Q: {card.question}\n**Answer:** {card.answer}\n\n" for card in cards)
        documents.append(read_once(text, name))
    gone = [record.source for record in lock.sources if record.source not in author.files]
    library, lock, problems, *_ = astuple(collate(documents, lock, now, "Letters", gone))
    assert not problems
    author.published |= author.cards()
    return library, lock


def test_no_history_loses_a_schedule_or_doubles_a_note(
    history: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = Author(history)
    lock = Lock(f"{history:016x}")
    shipped = note_types.note_types()
    releases: list[Release] = []
    now = START
    for number in range(RELEASES):
        now += author.random.randrange(100, 100_000)
        if author.random.random() < 0.3:
            css = f"{shipped[Kind.QA].css}\n/* {number} */"
            changed = shipped | {Kind.QA: _with_css(shipped[Kind.QA], css)}
            monkeypatch.setattr(note_types, "note_types", lambda changed=changed: changed)
        library, lock = publish(author, lock, now)
        keys = {entry.guid: entry.note.answer[0].content[0].text.split()[0] for entry in library.entries}  # type: ignore[union-attr]
        cards = {guid: author.cards()[key] for guid, key in keys.items()}
        releases.append(Release(apkg(library), cards, note_types.note_types()[Kind.QA].css))
        author.release()
    asked: dict[str, str] = {}
    with anki_client(tmp_path) as anki:
        for number in _imports(author.random):
            before = {tuple(row[:2]): row for row in anki.schedule()}
            anki.import_package(releases[number].package)
            after = {tuple(row[:2]): row for row in anki.schedule()}
            assert {card: after[card] for card in before} == before
            anki.review_any(author.random.randrange(6))
            for guid, card in releases[number].cards.items():
                assert asked.setdefault(guid, card.key) == card.key
        newest = releases[-1]
        for guid, card in newest.cards.items():
            assert card.question in anki.note(guid)["Question"]
            assert card.answer in anki.note(guid)["Answer"]
        ever = {guid for release in releases for guid in release.cards}
        assert set(anki.guids()) <= ever
        assert len(anki.guids()) == len(set(anki.guids()))
        keys_in_anki = [anki.note(guid)["Answer"].split("key")[1].split()[0] for guid in anki.guids()]
        assert len(keys_in_anki) == len(set(keys_in_anki))
        assert newest.css in anki.css("deckbuild qa")
        assert anki.faults() == []


def _imports(chance: random.Random) -> list[int]:
    """Releases in the order in which a user imports them: some skipped, some old, the newest last."""
    order = []
    newest = 0
    while newest < RELEASES - 1:
        newest = min(newest + chance.randrange(1, 4), RELEASES - 1)
        if chance.random() < 0.2:
            order.append(chance.randrange(newest))
        order.append(newest)
    return order


def _with_css(note_type: note_types.NoteType, css: str) -> note_types.NoteType:
    return replace(note_type, css=css)
