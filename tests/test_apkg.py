"""The package, as the real Anki takes it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import hand_made
from deckbuild.cards import note_types
from deckbuild.cards.stored import SLOT, deck_id, deck_names, note_ids
from deckbuild.model import Kind, Library
from deckbuild.package.apkg import apkg, stored_digest
from hand_made import DECK, MODIFIED, NOTES, library, qa

pytest.importorskip("anki")

from anki_client import AnkiClient, anki_client


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[AnkiClient]:
    with anki_client(tmp_path) as client:
        yield client


def changed(source: Library, place: int, **changes: object) -> Library:
    """`source` with another entry at a place."""
    entries = list(source.entries)
    entries[place] = msgspec.structs.replace(entries[place], **changes)
    return msgspec.structs.replace(source, entries=tuple(entries))


# --- the first import ----------------------------------------------------------------------------------


def test_all_notes_decks_and_tags_arrive(anki: AnkiClient) -> None:
    assert anki.import_package(apkg(library())) == {"new": 4}
    assert anki.decks() == ["Notes", DECK]
    assert anki.note_types() == [f"deckbuild {kind}" for kind in sorted(Kind)]
    assert anki.tags("guid1") == [
        f"Notes::{tag}" for tag in ("Networks::Training", "difficulty::hard", "exam", "type::concept")
    ]
    assert anki.note("guid1")["Hint"] == "Think &amp; try"
    assert [len(anki.cards(f"guid{number}")) for number in (1, 2, 3, 4)] == [1, 2, 1, 2]
    assert anki.check_database()[1]


def test_cards_are_new_in_the_order_of_the_library(anki: AnkiClient) -> None:
    anki.import_package(apkg(library()))
    due = anki.rows("select n.guid, c.due, c.id - n.id from cards c, notes n where n.id = c.nid order by 2")
    assert due == [
        ["guid1", 1, 1],
        ["guid2", 2, 1],
        ["guid3", 3, 1],
        ["guid4", 4, 1],
        ["guid4", 4, 2],
        ["guid2", 6, 2],
    ]


def test_question_card(anki: AnkiClient) -> None:
    anki.import_package(apkg(library()))
    [(question, answer)] = anki.cards("guid1")
    assert "{{ name }} print &#91;latex]x&#91;/latex] and &lt;script&gt;" in question
    assert "fits" not in question
    assert "<summary>Hint</summary><div>Think &amp; try</div></details>" in question
    for shown in (
        r"\(\frac{a}{b_{i} }\lt 1\)",
        '<span class="k">def</span>',
        "<td>adam</td>",
        "<summary>Follow-up</summary><div>And then?</div>",
        "<span>Networks</span><span>hard</span>",
    ):
        assert shown in answer


def test_row_card(anki: AnkiClient) -> None:
    anki.import_package(apkg(library()))
    (question, answer), (reverse, key) = anki.cards("guid2")
    assert "ReLU" in question
    assert '<p class="table-title" dir="auto">Activations</p>' in question
    assert '<p class="asked" dir="auto">formula · range</p>' in question
    assert "max" not in question
    assert "<dd>max(0, x)</dd>" in answer
    assert "<dd>max(0, x)</dd>" in reverse
    assert '<p class="asked" dir="auto">name?</p>' in reverse
    assert "ReLU" not in reverse
    assert "ReLU" in key


def test_formula_card(anki: AnkiClient) -> None:
    anki.import_package(apkg(library()))
    [(question, answer)] = anki.cards("guid3")
    assert "Softmax" in question
    assert "logits" not in question
    assert r"\[\frac{e^{x_{i} } }" in answer
    assert "x: the logits" in answer


def test_cloze_cards(anki: AnkiClient) -> None:
    anki.import_package(apkg(library()))
    (first, first_back), (second, second_back) = anki.cards("guid4")
    assert "vector" not in first.partition('data-ordinal="1">')[2]
    assert 'data-ordinal="1">std&#58;:vector&#123;{&#125;&#125;</span>' in first_back
    assert r"\(\sqrt{\frac{a}{b} }\)</span>" in first
    assert 'data-ordinal="2">[...]</span>' in second
    assert r'data-ordinal="2">\(\sqrt{\frac{a}{b} }\)</span>' in second_back


# --- later imports -------------------------------------------------------------------------------------


def test_the_same_package_again_changes_nothing(anki: AnkiClient) -> None:
    anki.import_package(apkg(library()))
    anki.review(DECK, 2)
    before = anki.stored()
    assert anki.import_package(apkg(library())) == {"duplicate": 4}
    assert anki.stored() == before


def test_a_changed_note_updates_in_place_and_keeps_its_schedule(anki: AnkiClient) -> None:
    anki.import_package(apkg(library()))
    anki.review(DECK, 2)
    schedule = anki.schedule()
    edited = changed(library(), 0, note=qa("Edited?", "yes"), modified=MODIFIED + 1000)
    assert anki.import_package(apkg(edited)) == {"updated": 1, "duplicate": 3}
    assert anki.note("guid1")["Question"] == "<p>Edited?</p>"
    assert anki.schedule() == schedule
    assert anki.check_database()[1]


def test_a_renamed_spare_and_a_woken_template_add_cards_in_place(
    anki: AnkiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    anki.import_package(apkg(library(NOTES[0])))
    anki.review(DECK, 1)
    schedule = anki.schedule()
    types = note_types.note_types()
    old = types[Kind.QA]
    fields = [msgspec.structs.replace(f, name="Example") if f.name == "Spare 3" else f for f in old.fields]
    reverse = msgspec.structs.replace(old.templates[1], front="{{Answer}}", back="{{Question}}")
    new = msgspec.structs.replace(old, fields=tuple(fields), templates=(old.templates[0], reverse))
    monkeypatch.setattr(note_types, "note_types", lambda: {**types, Kind.QA: new})
    later = msgspec.structs.replace(library(NOTES[0]), note_types=dict.fromkeys(Kind, MODIFIED + 1000))

    assert anki.import_package(apkg(later)) == {"duplicate": 1}
    assert anki.note_types() == ["deckbuild qa"]
    assert "Example" in anki.note("guid1")
    assert len(anki.cards("guid1")) == 2
    assert anki.schedule()[:1] == schedule
    assert anki.check_database()[1]


# --- the same bytes ------------------------------------------------------------------------------------

BUILD = """
import sys, hand_made
from deckbuild.package.apkg import apkg
sys.stdout.buffer.write(apkg(hand_made.library()))
"""


@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Kathmandu"), ("2", "America/Caracas")])
def test_a_library_gives_the_same_bytes_anywhere(seed: str, zone: str, tmp_path: Path) -> None:
    paths = os.pathsep.join([str(Path(hand_made.__file__).parent), *filter(None, sys.path)])
    surroundings = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": paths, "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", BUILD], env=surroundings, cwd=tmp_path, capture_output=True, check=True
    )
    assert run.stdout == apkg(library())


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    apkg(library())
    assert not list(tmp_path.iterdir())


def test_the_digest_tells_what_anki_would_store_apart() -> None:
    digests = {
        stored_digest(apkg(each))
        for each in (
            library(),
            library(*reversed(NOTES)),
            changed(library(), 0, modified=MODIFIED + 9),
            changed(library(), 0, deck="Elsewhere"),
            msgspec.structs.replace(library(), note_types=dict.fromkeys(Kind, 1)),
        )
    }
    assert len(digests) == 5
    assert stored_digest(apkg(library())) == stored_digest(apkg(library()))


# --- ids -----------------------------------------------------------------------------------------------


def test_note_ids_that_collide_move_to_the_next_slot_in_the_order_of_guids() -> None:
    first = library().entries[0].note_id
    crowded = library()
    for place in range(4):
        crowded = changed(crowded, place, note_id=first, guid=f"guid{9 - place}")
    assert note_ids(crowded.entries) == [first + SLOT * place for place in (3, 2, 1, 0)]


def test_one_guid_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="guid2"):
        apkg(changed(library(), 0, guid="guid2"))


def test_decks_come_with_all_decks_above_them_and_stable_ids() -> None:
    assert deck_names(entry.deck for entry in changed(library(), 0, deck="A::B::C").entries) == [
        "A",
        "A::B",
        "A::B::C",
        "Notes",
        DECK,
    ]
    assert deck_id(DECK) == deck_id(DECK.upper()) == 27153835880705
    assert 1 < deck_id("A") < 2**53
