"""Locks of schemas 1 and 2, as older versions of deckbuild wrote them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import FIXTURES
from deckbuild.collection.settings import LOCK
from deckbuild.decode.source import decode
from deckbuild.identity import lock as locks
from deckbuild.identity.collate import Collated, collate
from deckbuild.identity.drafts import Draft, draft
from deckbuild.identity.hashing import PART, digest, field_hash
from deckbuild.identity.lock import Lock
from deckbuild.identity.placed import Placed
from deckbuild.model import Document, outline
from deckbuild.read import extract

OLD = FIXTURES / "schema-1"
LATER = 1_900_000_000


def old_lock() -> Lock:
    found = locks.load(OLD / LOCK)
    assert found
    return found


def collated(lock: Lock, old: str = "", new: str = "") -> Collated:
    text = (OLD / "letters.md").read_text(encoding="utf-8")
    assert old in text
    return collate([extract(decode(text.replace(old, new).encode(), "letters.md"))], lock, LATER, "notes")


def placed(document: Document) -> list[Placed]:
    return [Placed(document, note, titles) for note, titles in outline.notes(document)]


def drafted(place: Placed) -> Draft:
    return draft(place, "N")


def test_a_build_touches_no_note_and_writes_the_new_schema() -> None:
    before = old_lock()
    made = collated(before)
    assert not made.problems
    assert {(e.guid, e.modified, e.deck) for e in made.library.entries} == {
        (record.guid, record.modified, record.deck) for record in before.notes
    }
    text = locks.dump(made.lock).decode()
    assert '"fields"' not in text
    assert locks.parse(text, LOCK) == made.lock
    assert all(record.after for record in made.lock.notes)
    assert collated(made.lock).lock == made.lock


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The first *letter*, of two shapes", "It stands first"),
        ("Which vowel has a dot?", "Which of the vowels has a dot on top?"),
        ("- [ ] z", "- [ ] y"),
        ("## Codes", "## Numbers"),
        ("| a | 97 | first |", "| a | 97 | the first |"),
        ("| Letter | Code | Remark |", "| Letter | Number | Remark |"),
        ("c = 96 + n", "c = n + 96"),
    ],
)
def test_what_is_edited_meanwhile_is_found_too(old: str, new: str) -> None:
    before = old_lock()
    made = collated(before, old, new)
    assert not made.problems
    assert {entry.guid for entry in made.library.entries} == {record.guid for record in before.notes}


def test_a_merge_of_both_schemas_is_read(tmp_path: Path) -> None:
    new = locks.dump(collated(old_lock()).lock).decode()
    old = (OLD / LOCK).read_text(encoding="utf-8")
    merged = locks.parse(old + new, LOCK)
    assert {record.guid for record in merged.notes} == {record.guid for record in old_lock().notes}
    made = collated(merged)
    assert {entry.modified for entry in made.library.entries} == {record.modified for record in merged.notes}


def test_lines_of_schema_2_are_read_as_those_of_today() -> None:
    lock = collated(old_lock()).lock
    lines = locks.dump(lock).decode().replace('{"guid":', '{"record":"note","guid":').splitlines()
    of_nothing = digest(" ".join([field_hash("")] * 3), PART)
    lines = [re.sub(r'("content":"[0-9a-f]{16})"', rf'\1{of_nothing}"', line) for line in lines]
    text = "\n".join(lines) + "\n"
    assert of_nothing in text
    assert locks.parse(text.replace('"schema":3', '"schema":2'), LOCK) == lock
    assert collated(locks.parse(text, LOCK)).lock == lock


def test_line_ends_that_schema_2_counts_touch_no_note() -> None:
    lines = (
        "A line along which a sheet of paper or of cloth has been bent\nand pressed, so that it stays flat."
    )
    text = f"## What is a fold?\n\n{lines}\n\n## What is a crease?\n\n{lines} It shows for good.\n"
    document = extract(decode(text.encode(), "a.md"))
    first = collate([document], Lock("0123456789abcdef"), 1, "N")
    exact = {d.found.content: d.found.exact for d in map(drafted, placed(document))}
    assert all(exact.values())
    older = replace(first.lock, notes=tuple(replace(r, content=exact[r.content]) for r in first.lock.notes))
    second = collate([document], older, LATER, "N")
    assert second.lock == first.lock


def test_a_removed_note_of_an_old_lock_returns_as_itself() -> None:
    text = (OLD / LOCK).read_text(encoding="utf-8")
    guid = next(record.guid for record in old_lock().notes if "dot" in record.question)
    lines = [
        line[:-1] + ',"removed":1750000000}' if f'"guid":"{guid}"' in line else line
        for line in text.splitlines()
    ]
    lock = locks.parse("\n".join(lines) + "\n", LOCK)
    made = collated(lock, "The i has one", "The letter i has one")
    assert guid in {entry.guid for entry in made.library.entries}


def test_the_file_is_read_in_its_place(tmp_path: Path) -> None:
    shutil.copy(OLD / LOCK, tmp_path)
    assert locks.load(tmp_path / LOCK) == old_lock()
