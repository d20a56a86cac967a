"""Learners who are there already: collections as older versions of deckbuild built them are built anew.

`notes` holds two thousand notes in random layouts, with a lock of schema 1; `own` the example documents of
before, with a lock of schema 2. `make accept` takes what becomes of their notes into `golden/older.txt`.
"""

from __future__ import annotations

import lzma
import tarfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec import Struct

from conftest import FIXTURES
from deckbuild.collection.collection import one
from deckbuild.commands.context import about, collated, read_documents, with_images
from deckbuild.identity import lock as locks
from deckbuild.identity.changes import compare, losses
from deckbuild.identity.collate import Collated
from deckbuild.identity.lock import Lock
from deckbuild.model.text import normalise
from deckbuild.package.reader import Package, plain, read_package
from deckbuild.package.restore import restore
from deckbuild.report.report import Report

OLDER = FIXTURES / "older"
GOLDEN = Path(__file__).parent / "golden" / "older.txt"
NAMES = ("notes", "own")
Words = tuple[str, str]


class Rebuilt(Struct, frozen=True):
    """What an older version built, and what this one makes of it."""

    package: Package
    lock: Lock
    made: Collated
    restored: Collated


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rebuilt]:
    folder = tmp_path_factory.mktemp("older")
    found = {}
    for name in NAMES:
        with tarfile.open(OLDER / f"{name}.tar.xz") as archive:
            archive.extraction_filter = getattr(tarfile, "data_filter", None)  # from Python 3.11.4 on
            archive.extractall(folder)
        context = about(one([folder / name], Path.cwd()), Report(silent=True))
        gathered = with_images(context, read_documents(context))
        package = read_package(OLDER / f"{name}.apkg")
        lock = locks.parse(lzma.decompress((OLDER / f"{name}.lock.xz").read_bytes()).decode(), name)
        lost = restore(package, gathered.documents, "0123456789abcdef")
        found[name] = Rebuilt(
            package, lock, collated(context, gathered, lock), collated(context, gathered, lost)
        )
    return found


def by_words(notes: Iterable[tuple[str, Iterable[str]]]) -> dict[Words, set[str]]:
    """Guids by the words of question and answer."""
    found: defaultdict[Words, set[str]] = defaultdict(set)
    for guid, values in notes:
        question, answer, *_ = (normalise(plain(value)) for value in values)
        found[question, answer].add(guid)
    return found


def kept(package: Package, made: Collated) -> tuple[int, int]:
    """How many old notes whose words are all there still have their guid, and how many there are."""
    old = by_words((note.guid, note.fields.values()) for note in package.notes)
    new = by_words((note.values[-1], note.values) for note in made.rendered)
    same = [(old[words], new[words]) for words in old.keys() & new.keys()]
    return sum(len(a & b) for a, b in same), sum(min(len(a), len(b)) for a, b in same)


@pytest.mark.parametrize("name", NAMES)
def test_no_note_of_the_same_words_loses_its_guid(rebuilt: dict[str, Rebuilt], name: str) -> None:
    found = rebuilt[name]
    of_lock, there = kept(found.package, found.made)
    assert of_lock == there
    assert there > len(found.package.notes) / 2


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_that_was_lost_is_restored_from_the_package(rebuilt: dict[str, Rebuilt], name: str) -> None:
    found = rebuilt[name]
    of_package, there = kept(found.package, found.restored)
    assert of_package >= 0.99 * there


def test_what_becomes_of_the_others_is_as_accepted(rebuilt: dict[str, Rebuilt], accept: bool) -> None:
    lines = []
    for name, found in rebuilt.items():
        changes = compare(found.lock, found.made.lock)
        asked = len(found.made.doubts)
        same, _ = kept(found.package, found.made)
        lines.append(
            f"{name}: {len(found.lock.notes)} notes, {same} of the same words; {changes}, {asked} asked"
        )
    text = "".join(f"{line}\n" for line in lines)
    if accept:
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text, "`make accept` takes the new figures"


def test_where_a_document_loses_notes_the_new_version_is_named(rebuilt: dict[str, Rebuilt]) -> None:
    found = rebuilt["notes"]
    read = {document.source for document in found.made.library.documents}
    stops = losses(found.lock, found.made.lock, read, "0.2.0")
    assert all("unchanged, but deckbuild 0.2.0 reads it differently" in stop.message for stop in stops)
