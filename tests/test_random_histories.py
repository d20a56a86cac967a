"""Random histories of tables, short answers, and scripts without spaces, with reverts, splits and part builds.

What the author knows of each note - which one it is through all edits - is held against what the lock says.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import pytest
from msgspec.structs import astuple
from msgspec.structs import replace as changed

from deckbuild.identity.collate import Collated, Elsewhere, collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Document
from deckbuild.package.apkg import apkg

pytest.importorskip("anki")

from msgspec import Struct

from anki_client import AnkiClient, anki_client
from reading import read_once

DAY = 86_400
RELEASES = 12
WORDS = [
    "".join(parts) for parts in product("bdfglmnprst", "aeiou", ["cken", "ndle", "ral", "stor", "vet", "x"])
]
SIGNS = [chr(number) for number in range(0x5000, 0x5400)]
QUALITIES = ("capital", "currency", "highest mountain", "national dish", "longest river")


class Card(Struct, frozen=True):
    """A note of the author, the same one through all edits by its `key`."""

    key: int
    question: str
    answer: str
    remark: str = ""


class Author:
    """Files by name, each of one kind, with a heading; all that was published can be put back."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0
        self.columns = 3
        self.files: dict[str, list[Card]] = {"short.md": [], "rows.md": [], "signs.md": [], "prose.md": []}
        self.titles = dict.fromkeys(self.files, "Part one")
        self.kinds = {name: name.removesuffix(".md") for name in self.files}
        self.past: list[tuple[dict[str, list[Card]], dict[str, str], dict[str, str], int]] = []
        for name in self.files:
            for _ in range(9):
                self.files[name].append(self.new(self.kinds[name]))

    def word(self) -> str:
        return "".join(self.random.sample(WORDS, 2))

    def signs(self, count: int) -> str:
        return "".join(self.random.sample(SIGNS, count))

    def new(self, kind: str) -> Card:
        self.count += 1
        match kind:
            case "short":
                quality, name = self.random.choice(QUALITIES), self.word()
                return Card(self.count, f"What is the {quality} of {name.title()}?", self.word().title())
            case "rows":
                return Card(self.count, self.word(), self.word(), self.random.choice(("noun", "verb")))
            case "signs":
                return Card(self.count, f"什么是{self.signs(3)}？", f"{self.signs(18)}，{self.signs(12)}。")
            case _:
                words = " ".join(self.random.sample(WORDS, 4))
                return Card(
                    self.count, f"How does {words} come about?", " ".join(self.random.sample(WORDS, 14))
                )

    def pick(self) -> tuple[str, list[Card]]:
        name = self.random.choice(sorted(name for name in self.files if self.files[name]))
        return name, self.files[name]

    def add(self) -> None:
        name, cards = self.pick()
        cards.insert(self.random.randint(0, len(cards)), self.new(self.kinds[name]))

    def delete(self) -> None:
        _, cards = self.pick()
        if len(cards) > 4:
            cards.pop(self.random.randrange(len(cards)))

    def replace(self) -> None:
        name, cards = self.pick()
        cards[self.random.randrange(len(cards))] = self.new(self.kinds[name])

    def edit_answer(self) -> None:
        name, cards = self.pick()
        at = self.random.randrange(len(cards))
        more = self.signs(4) if self.kinds[name] == "signs" else f" {self.word()}"
        cards[at] = changed(cards[at], answer=cards[at].answer + more)

    def edit_question(self) -> None:
        name, cards = self.pick()
        at = self.random.randrange(len(cards))
        if self.kinds[name] == "prose":
            cards[at] = changed(cards[at], question=cards[at].question.replace("?", f" {self.word()}?"))

    def reorder(self) -> None:
        self.random.shuffle(self.pick()[1])

    def rename_heading(self) -> None:
        name, _ = self.pick()
        self.titles[name] = f"Part {self.word()}"

    def change_columns(self) -> None:
        """A column comes or goes; never the third, without which a table is read as questions."""
        self.columns = 7 - self.columns

    def rename_file(self) -> None:
        name, _ = self.pick()
        self._move(name, f"{self.word()}.md")

    def split_file(self) -> None:
        name, cards = self.pick()
        if len(cards) > 7:
            half = len(cards) // 2
            other = f"{self.word()}.md"
            self.files[other], self.files[name] = cards[half:], cards[:half]
            self.titles[other], self.kinds[other] = self.titles[name], self.kinds[name]

    def merge_files(self) -> None:
        name, _ = self.pick()
        others = [other for other in self.files if other != name and self.kinds[other] == self.kinds[name]]
        if others:
            self.files[name] += self.files.pop(others[0])

    def put_back(self) -> None:
        if self.past:
            files, self.titles, self.kinds, self.columns = self.random.choice(self.past[-2:])
            self.files = {name: list(cards) for name, cards in files.items()}
            self.titles, self.kinds = dict(self.titles), dict(self.kinds)

    def _move(self, name: str, other: str) -> None:
        for kept in (self.files, self.titles, self.kinds):
            kept[other] = kept.pop(name)  # type: ignore[index, assignment]

    def release(self) -> None:
        files = {name: list(cards) for name, cards in self.files.items()}
        self.past.append((files, dict(self.titles), dict(self.kinds), self.columns))
        edits: tuple[Callable[[], None], ...] = (
            self.add, self.delete, self.replace, self.edit_answer, self.edit_question, self.reorder,
            self.rename_heading, self.change_columns, self.rename_file, self.split_file, self.merge_files,
            self.put_back,
        )  # fmt: skip
        for edit in self.random.choices(edits, weights=(3, 2, 4, 3, 3, 1, 2, 1, 1, 1, 1, 1), k=3):
            edit()

    def document(self, name: str) -> Document:
        cards = self.files[name]
        lines = [f"# {self.kinds[name]}", "", f"## {self.titles[name]}", ""]
        if self.kinds[name] == "rows":
            rows = [("Word", "Meaning", "Kind", "No."), ("---",) * 4]
            rows += [(card.question, card.answer, card.remark, str(card.key)) for card in cards]
            lines += (f"| {' | '.join(row[: self.columns])} |" for row in rows)
        else:
            for card in cards:
                lines += (f"### {card.question}", "", card.answer, "")
        return read_once("\n".join(lines), name)

    def built(self, names: Sequence[str], lock: Lock, now: int) -> Collated:
        """What a build of these documents makes, among all others that lie there."""
        documents = [self.document(name) for name in names]
        known = {r.source for r in lock.sources} | {r.source for r in lock.notes if r.source}
        missing = frozenset(known - self.files.keys())
        digests = {record.source: record.digest for record in lock.sources}
        others = (self.document(name) for name in self.files if name not in names)
        changed = tuple(d for d in others if digests.get(d.source) != d.digest)
        return collate(documents, lock, now, "Course", elsewhere=Elsewhere(changed, missing))

    def keys(self) -> dict[str, int]:
        return {card.question: card.key for cards in self.files.values() for card in cards}


def keys_of(made: Collated, author: Author) -> dict[str, int]:
    """Which of the author's notes has which guid."""
    known = author.keys()
    found = {}
    for entry in made.library.entries:
        (text,) = (e.text for e in entry.note.question[0].content)  # type: ignore[union-attr]
        found[entry.guid] = known[text]
    return found


class Known(Struct):
    """What is known so far: whose each guid is, each note's guid, its last question, and which notes are there."""

    was: dict[str, int]
    now: dict[int, str]
    last: dict[int, str]
    present: set[int]

    def hold(self, keys: dict[str, int], questions: dict[int, str]) -> None:
        """Each guid is the note that it was, and each note has the guid that it had.

        But for one that returns in other words than it left in: that one may be new.
        """
        for guid, key in keys.items():
            assert self.was.setdefault(guid, key) == key
            returns_in_other_words = key not in self.present and self.last.get(key) != questions[key]
            assert returns_in_other_words or self.now[key] == guid
            self.now[key] = guid
        self.last |= {key: questions[key] for key in keys.values()}


def part_builds(author: Author, lock: Lock, now: int, known: Known, anki: AnkiClient) -> Lock:
    """The lock after some of the documents were built by themselves, in a random order, and imported.

    A part build that would have to ask is left to the build of the whole.
    """
    questions = {key: question for question, key in author.keys().items()}
    for name in author.random.sample(sorted(author.files), author.random.randint(0, 2)):
        made = author.built([name], lock, now)
        if made.problems or not made.library.entries:
            continue
        keys = keys_of(made, author)
        known.hold(keys, questions)
        known.present |= set(keys.values())
        lock = made.lock
        anki.import_package(apkg(made.library))
    return lock


def test_each_note_stays_itself_through_all_edits(history: int, tmp_path: Path) -> None:
    author = Author(history)
    lock = Lock(f"{history:016x}")
    known = Known({}, {}, {}, set())
    asked = 0
    with anki_client(tmp_path) as anki:
        for number in range(RELEASES):
            names = sorted(author.files)
            gone = {record.source for record in lock.sources} - set(names)
            documents = [author.document(name) for name in names]
            made = collate(documents, lock, (number + 1) * DAY, "Course", gone)
            decided: dict[tuple[str, int], str] = {}
            while made.doubts:
                asked += 1
                doubt = made.doubts[0]
                entry = made.library.entries[doubt.place]
                key = keys_of(made, author)[entry.guid]
                right = [r.guid for r in doubt.rivals if known.was.get(r.guid) == key]
                decided[entry.source, entry.note.span.line] = right[0] if right else ""
                made = collate(documents, lock, (number + 1) * DAY, "Course", gone, decided)
            assert not made.problems
            keys = keys_of(made, author)
            assert len(keys) == len(made.library.entries)
            questions = {key: question for question, key in author.keys().items()}
            known.hold(keys, questions)
            living = {record.guid for record in lock.notes if not record.removed}
            for guid in living - {r.guid for r in made.lock.notes if not r.removed}:
                assert known.was[guid] not in author.keys().values()
            before = {tuple(row[:2]): row for row in anki.schedule()}
            known.present = set(keys.values())
            lock = made.lock
            anki.import_package(apkg(made.library))
            after = {tuple(row[:2]): row for row in anki.schedule()}
            assert {card: after[card] for card in before} == before
            anki.review_any(4)
            alone = author.built([author.random.choice(names)], lock, (number + 1) * DAY)
            assert alone.lock == lock
            assert {e.guid for e in alone.library.entries} <= keys.keys()
            author.release()
            lock = part_builds(author, lock, (number + 1) * DAY + DAY // 2, known, anki)
        assert anki.faults() == []
    assert asked <= 1


def test_the_author_s_documents_hold_what_they_say() -> None:
    author = Author(0)
    library, *_ = astuple(
        collate([author.document(name) for name in sorted(author.files)], Lock("0"), DAY, "C")
    )
    assert len(library.entries) == 36
