"""What must never change about the note types, and what may."""

from __future__ import annotations

from itertools import chain

import msgspec
import pytest

from deckbuild.cards.note_types import digest, note_types
from deckbuild.model import Kind

IDS = {
    Kind.QA: """
        1708745336748
        2222396554400436 4958915989255984 3034867237959563 6900003034573744 7270626722434429 1074336263319990
        322126196449685 4378024069099522 4666812556394143 6801230897641588 7749549467717206 8657230619403011
        6447170826086653 7429976260164289
    """,
    Kind.ROW: """
        1718488182944
        1794336516606508 4865586305954071 3701934797986457 1799698485122162 7773719760304261 6031521586314100
        1780783862228350 4427594010114059 1886703410338647 7681408099557779
        2775683324058783 6367611185475191
    """,
    Kind.FORMULA: """
        1738432077598
        2668830044976069 3911175070164949 7832210740488996 2917918852019384 3310277293301033 5473666048303435
        6939407637876244 523369781603885 3184682461077269
        5778365607032520 7284921941410341
    """,
    Kind.CLOZE: """
        1745947341786
        8627642214747470 1780411042171075 6413670281367706 1365662011449811 4515056981432265 5985951988449816
        5145558521819561
        3291395324993113
    """,
}
"""The ids of note type, fields and templates. Never change one: the notes of every user would be orphaned."""


def ids(kind: Kind) -> list[int]:
    note_type = note_types()[kind]
    return [
        note_type.id,
        *(field.id for field in note_type.fields),
        *(each.id for each in note_type.templates),
    ]


@pytest.mark.parametrize("kind", Kind)
def test_ids_are_the_ones_that_users_have(kind: Kind) -> None:
    assert ids(kind) == [int(number) for number in IDS[kind].split()]


def test_no_two_ids_are_equal() -> None:
    numbers = list(chain.from_iterable(map(ids, Kind)))
    assert len(set(numbers)) == len(numbers)
    assert all(0 < number < 2**53 for number in numbers)


def test_names_are_unique_and_the_question_comes_first() -> None:
    assert {(t.name, t.fields[0].name) for t in note_types().values()} == {
        ("deckbuild qa", "Question"),
        ("deckbuild row", "Key"),
        ("deckbuild formula", "Name"),
        ("deckbuild cloze", "Text"),
    }


def test_digest_tells_a_changed_note_type() -> None:
    note_type = note_types()[Kind.QA]
    assert digest(note_type) == digest(note_types()[Kind.QA])
    assert digest(msgspec.structs.replace(note_type, css=note_type.css + " ")) != digest(note_type)
