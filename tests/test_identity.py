"""Which note of the lock a note of the documents is, and what the lock says afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

from deckbuild.collection.settings import LOCK
from deckbuild.identity import lock as locks
from deckbuild.identity.changes import compare, losses
from deckbuild.identity.collate import collate
from deckbuild.identity.identify import note_id
from deckbuild.identity.lock import Lock
from deckbuild.identity.words import Rarity, hashes, similarity, sketch
from deckbuild.model import Document, Library
from deckbuild.model.text import block_text
from deckbuild.report.diagnostics import Failure
from reading import read_once

EMPTY = Lock("0123456789abcdef")
DAY = 86_400


def read(name: str, *pairs: tuple[str, str], title: str = "T") -> Document:
    text = f"# {title}\n\n" + "\n".join(f"## Q: {asked}\n**Answer:** {answer}\n" for asked, answer in pairs)
    return read_once(text, name)


def guids(library: Library) -> dict[str, str]:
    return {entry.note.question[0].content[0].text: entry.guid for entry in library.entries}  # type: ignore[union-attr]


A = ("What is a?", "the first letter")
B = ("What is b?", "the second letter")
C = ("What is c?", "the third letter")


def test_nothing_changed_means_the_same_lock() -> None:
    library, first, *_ = astuple(collate([read("a.md", A, B)], EMPTY, DAY, "N"))
    again, second, *_ = astuple(collate([read("a.md", A, B)], first, 2 * DAY, "N"))
    assert second == first
    assert again == library


def test_an_edited_answer_keeps_its_guid_and_only_its_own_time_rises() -> None:
    before, first, *_ = astuple(collate([read("a.md", A, B)], EMPTY, DAY, "N"))
    after, second, *_ = astuple(collate([read("a.md", A, (B[0], "now different"))], first, 2 * DAY, "N"))
    assert guids(after) == guids(before)
    assert [entry.modified for entry in after.entries] == [DAY, 2 * DAY]
    assert len(compare(first, second).changed) == 1


def test_time_rises_even_when_the_clock_went_back_and_for_a_revert() -> None:
    _, first, *_ = astuple(collate([read("a.md", A)], EMPTY, 5 * DAY, "N"))
    _, second, *_ = astuple(collate([read("a.md", (A[0], "edited"))], first, DAY, "N"))
    _, third, *_ = astuple(collate([read("a.md", A)], second, DAY, "N"))
    times = [lock.notes[0].modified for lock in (first, second, third)]
    assert times == sorted(set(times))


def test_inserting_and_reordering_touch_no_other_note() -> None:
    before, first, *_ = astuple(collate([read("a.md", A, B)], EMPTY, DAY, "N"))
    after, _, *_ = astuple(collate([read("a.md", C, B, A)], first, 2 * DAY, "N"))
    assert guids(before).items() <= guids(after).items()
    assert sorted(entry.modified for entry in after.entries) == [DAY, DAY, 2 * DAY]


def test_a_moved_note_keeps_its_guid_and_its_first_deck() -> None:
    before, first, *_ = astuple(collate([read("a.md", A, B), read("b.md", C, title="U")], EMPTY, DAY, "N"))
    after, second, *_ = astuple(
        collate([read("a.md", A), read("b.md", C, B, title="U")], first, 2 * DAY, "N")
    )
    assert guids(after) == guids(before)
    assert {entry.deck for entry in after.entries if entry.source == "b.md"} == {"N::T", "N::U"}
    assert not compare(first, second).removed


def test_a_renamed_file_keeps_all_guids() -> None:
    before, first, *_ = astuple(collate([read("a.md", A, B)], EMPTY, DAY, "N"))
    after, second, *_ = astuple(collate([read("new.md", A, B)], first, 2 * DAY, "N", gone=["a.md"]))
    assert guids(after) == guids(before)
    assert [record.source for record in second.sources] == ["new.md"]


def test_a_removed_note_stays_as_a_tombstone_and_comes_back_as_itself() -> None:
    before, first, *_ = astuple(collate([read("a.md", A, B)], EMPTY, DAY, "N"))
    _, second, *_ = astuple(collate([read("a.md", A)], first, 2 * DAY, "N"))
    assert [record.removed for record in second.notes if record.removed] == [2 * DAY]
    after, third, *_ = astuple(collate([read("a.md", A, B)], second, 3 * DAY, "N"))
    assert guids(after) == guids(before)
    assert not any(record.removed for record in third.notes)


def test_building_a_part_leaves_the_rest_of_the_lock_alone() -> None:
    _, first, *_ = astuple(collate([read("a.md", A), read("b.md", B)], EMPTY, DAY, "N"))
    library, second, *_ = astuple(collate([read("a.md", A)], first, 2 * DAY, "N"))
    assert second == first
    assert len(library.entries) == 1


def test_a_part_never_takes_the_identity_of_a_note_outside_it() -> None:
    both, first, *_ = astuple(collate([read("a.md", A), read("b.md", B)], EMPTY, DAY, "N"))
    part, _, *_ = astuple(collate([read("a.md", A, B)], first, 2 * DAY, "N"))
    assert guids(part)[B[0]] != guids(both)[B[0]]


def test_the_same_question_twice_gives_two_notes_told_apart_by_their_answers() -> None:
    one, other = (A[0], "alpha beta gamma"), (A[0], "delta epsilon zeta")
    before, first, *_ = astuple(collate([read("a.md", one, other)], EMPTY, DAY, "N"))
    after, second, *_ = astuple(collate([read("a.md", other, one)], first, 2 * DAY, "N"))
    assert len({entry.guid for entry in before.entries}) == 2
    assert [entry.guid for entry in after.entries] == [entry.guid for entry in reversed(before.entries)]
    assert not compare(first, second).changed


LONG = "A tree whose parents are never smaller than their children, kept in an array for speed"
HEAP = ("What is a heap and where is it used?", LONG)
OTHERS = [
    (f"Name the {n}th law of {topic}.", f"{topic} law {n} says {'so ' * n}")
    for n, topic in enumerate(["motion", "thermodynamics", "robotics", "large numbers", "cosines"], 1)
]


def test_answers_of_the_same_words_are_told_apart() -> None:
    words = ("first", "second", "third", "last")
    asked = [("Which order?", " before ".join(order)) for order in permutations(words)]
    before, first, *_ = astuple(collate([read("a.md", *asked)], EMPTY, DAY, "N"))
    after, second, *_ = astuple(collate([read("a.md", *reversed(asked))], first, 2 * DAY, "N"))
    assert [entry.guid for entry in after.entries] == [entry.guid for entry in reversed(before.entries)]
    assert not compare(first, second).changed


def test_notes_that_ask_the_same_in_two_places_may_swap_them() -> None:
    one, other = ("How fast is it?", "O(n), by reading all"), ("How fast is it?", "O(1), from memory")
    before, first, *_ = astuple(collate([read("a.md", one), read("b.md", other)], EMPTY, DAY, "N"))
    after, _, *_ = astuple(collate([read("a.md", other), read("b.md", one)], first, 2 * DAY, "N"))
    assert [entry.guid for entry in after.entries] == [entry.guid for entry in reversed(before.entries)]


PAIRS = st.tuples(st.sampled_from("abc"), st.permutations("xyz"))


@given(st.lists(PAIRS, min_size=1, max_size=9, unique_by=str), st.data())
def test_notes_keep_their_guids_in_any_order_and_place(
    pairs: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    def built(order: Sequence[tuple[str, str]], lock: Lock) -> tuple[dict[str, str], Lock]:
        cut = data.draw(st.integers(0, len(order)))
        library, after, *_ = astuple(
            collate([read("a.md", *order[:cut]), read("b.md", *order[cut:])], lock, DAY, "N")
        )
        return {block_text((*e.note.question, *e.note.answer)): e.guid for e in library.entries}, after

    asked = [(f"What does {name} do?", " then ".join(steps)) for name, steps in pairs]
    before, lock = built(asked, EMPTY)
    after, _ = built(data.draw(st.permutations(asked)), lock)
    assert after == before


def test_equal_notes_keep_their_order() -> None:
    library, first, *_ = astuple(collate([read("a.md", *[A] * 9)], EMPTY, DAY, "N"))
    assert collate([read("a.md", *[A] * 9)], first, 2 * DAY, "N").library == library


def test_hundreds_of_notes_that_all_ask_something_else_are_new_ones() -> None:
    asked = [(f"What is {number}?", "a number") for number in range(300)]
    other = [(f"Why not {number}?", "it is even") for number in range(300)]
    _, first, *_ = astuple(collate([read("a.md", *asked)], EMPTY, DAY, "N"))
    _, second, *_ = astuple(collate([read("a.md", *other)], first, DAY, "N"))
    assert len(compare(first, second).added) == 300


@pytest.mark.parametrize(
    "edited",
    [
        ("What is a heap, and where is it used in practice?", LONG),
        ("Explain heaps.", LONG),
        ("What is a heap and where is it usd?", LONG.replace("never smaller", "at least as large")),
    ],
    ids=["words added", "asked anew", "typo and half a sentence"],
)
def test_an_edited_question_keeps_its_guid(edited: tuple[str, str]) -> None:
    before, first, *_ = astuple(collate([read("a.md", HEAP, *OTHERS)], EMPTY, DAY, "N"))
    after, second, problems, *_ = astuple(collate([read("a.md", *OTHERS, edited)], first, 2 * DAY, "N"))
    assert not problems
    assert guids(after)[edited[0]] == guids(before)[HEAP[0]]
    assert len(second.notes) == len(first.notes)


def test_a_note_in_place_of_another_is_a_new_one() -> None:
    before, first, *_ = astuple(collate([read("a.md", HEAP, *OTHERS)], EMPTY, DAY, "N"))
    queue = ("What is a queue and where is it used?", "First in, first out; printers and schedulers have one")
    after, _, problems, *_ = astuple(collate([read("a.md", queue, *OTHERS)], first, 2 * DAY, "N"))
    assert guids(after)[queue[0]] not in guids(before).values() or problems


def test_words_that_look_alike_are_left_to_the_author_where_the_answers_differ() -> None:
    osmosis = ("What is osmosis?", "The passing of water through a membrane.")
    hypotonic = ("What is a hypotonic solution?", "One with less solute than the cell.")
    hypertonic = ("What is a hypertonic solution?", "One that pulls water out of it.")
    _, first, *_ = astuple(collate([read("a.md", hypotonic, osmosis)], EMPTY, DAY, "N"))
    problems = collate([read("a.md", hypertonic, osmosis)], first, 2 * DAY, "N").problems
    assert [problem.code for problem in problems] == ["unclear"]


def test_swapped_questions_take_their_history_along() -> None:
    before, first, *_ = astuple(collate([read("a.md", HEAP, *OTHERS)], EMPTY, DAY, "N"))
    (one, answer), (other, reply) = HEAP, OTHERS[0]
    after, _, problems, *_ = astuple(
        collate([read("a.md", (other, answer), (one, reply), *OTHERS[1:])], first, 2 * DAY, "N")
    )
    assert not problems
    assert guids(after) == guids(before)


def test_one_note_split_in_two_is_one_question_which_the_author_settles() -> None:
    _, first, *_ = astuple(collate([read("a.md", HEAP, *OTHERS)], EMPTY, DAY, "N"))
    halves = [("What is a heap?", LONG), ("Where is a heap used?", LONG)]
    split = [read("a.md", *halves, *OTHERS)]
    problems = collate(split, first, 2 * DAY, "N").problems
    assert [(problem.code, problem.line) for problem in problems] == [("unclear", 6)]
    guid = next(record.guid for record in first.notes if "heap" in record.question)
    decided = {("a.md", 3): guid}
    library, lock, left, *_ = astuple(collate(split, first, 2 * DAY, "N", decided=decided))
    assert not left
    assert guids(library)["What is a heap?"] == guid
    assert collate(split, lock, 3 * DAY, "N").problems == ()


def test_an_author_s_id_keeps_a_note_through_any_edit() -> None:
    def marked(asked: str, answer: str) -> Document:
        text = f"<!-- deckbuild: id letter -->\n## Q: {asked}\n**Answer:** {answer}\n"
        return read_once(text)

    before, first, *_ = astuple(collate([marked(*A)], EMPTY, DAY, "N"))
    after, _, *_ = astuple(collate([marked("Which letter comes first of all?", "a")], first, 2 * DAY, "N"))
    assert after.entries[0].guid == before.entries[0].guid


def test_an_id_given_later_keeps_the_guid() -> None:
    before, first, *_ = astuple(collate([read("a.md", A)], EMPTY, DAY, "N"))
    text = f"# T\n<!-- deckbuild: id a -->\n## Q: {A[0]}\n**Answer:** {A[1]}\n"
    after, second, *_ = astuple(collate([read_once(text)], first, 2 * DAY, "N"))
    assert after.entries[0].guid == before.entries[0].guid
    assert second.notes[0].id == "a"


def test_one_id_for_two_notes_is_an_error() -> None:
    text = "".join(f"<!-- deckbuild: id x -->\n## Q: Is it {n}?\n**Answer:** Yes.\n\n" for n in (1, 2))
    problems = collate([read_once(text)], EMPTY, DAY, "N").problems
    assert [(problem.code, problem.line) for problem in problems] == [("repeated-id", 6)]


def test_two_collections_never_share_a_guid() -> None:
    mine, _, *_ = astuple(collate([read("a.md", A)], locks.new(), DAY, "N"))
    yours, _, *_ = astuple(collate([read("a.md", A)], locks.new(), DAY, "N"))
    assert mine.entries[0].guid != yours.entries[0].guid


@pytest.mark.parametrize(("kept", "stops"), [(8, False), (7, False), (6, True), (0, True)])
def test_losing_more_than_three_in_ten_notes_is_asked_about(kept: int, stops: bool) -> None:
    pairs = [(f"What is number {n}?", f"answer {n}") for n in range(10)]
    _, first, *_ = astuple(collate([read("a.md", *pairs)], EMPTY, DAY, "N"))
    _, second, *_ = astuple(collate([read("a.md", *pairs[:kept])], first, 2 * DAY, "N"))
    assert bool(losses(first, second, ["a.md"], "")) is stops


def test_a_note_that_may_be_there_still_is_not_told_as_lost() -> None:
    pairs = [(f"What is number {n}?", f"answer {n}") for n in range(10)]
    _, first, *_ = astuple(collate([read("a.md", *pairs)], EMPTY, DAY, "N"))
    _, second, *_ = astuple(collate([read("a.md", *pairs[:6])], first, 2 * DAY, "N"))
    last = next(record.guid for record in first.notes if record.question == "what is number 9")
    assert losses(first, second, ["a.md"], "", [last]) == ()


def test_a_deleted_file_is_intent() -> None:
    _, first, *_ = astuple(collate([read("a.md", A), read("b.md", B)], EMPTY, DAY, "N"))
    _, second, *_ = astuple(collate([read("a.md", A)], first, 2 * DAY, "N", gone=["b.md"]))
    assert losses(first, second, ["a.md"], "") == ()
    assert [record.question for record in compare(first, second).removed] == ["what is b"]


def test_note_ids_come_from_the_guid_and_lie_in_the_past() -> None:
    ids = [note_id(f"{n:016x}") for n in range(1000)]
    assert ids == [note_id(f"{n:016x}") for n in range(1000)]
    assert all(10**12 <= number < 17 * 10**11 for number in ids)


def test_a_sketch_tells_how_many_words_two_texts_share() -> None:
    text = " ".join(f"word{n}" for n in range(40))
    same, more, other = (hashes(sketch(t)) for t in (text, text + " more", "something else entirely"))
    rarity = Rarity([same, more, other])
    assert similarity(same, same, rarity) == 1
    assert similarity(same, more, rarity) > 0.7
    assert similarity(same, other, rarity) < 0.2


class TestLockFile:
    LOCK = collate([read("a.md", A, B, C), read("b.md", B)], EMPTY, DAY, "N").lock

    def test_a_round_trip_is_the_identity(self, tmp_path: Path) -> None:
        path = tmp_path / LOCK
        path.write_bytes(locks.dump(self.LOCK))
        assert locks.load(path) == self.LOCK

    def test_no_file_is_no_lock(self, tmp_path: Path) -> None:
        assert locks.load(tmp_path / LOCK) is None

    def test_two_branches_that_add_notes_make_lines_and_change_none(self) -> None:
        base = set(locks.dump(self.LOCK).splitlines())
        grown = collate([read("c.md", ("What is d?", "a letter"))], self.LOCK, 2 * DAY, "N").lock
        assert base <= set(locks.dump(grown).splitlines())

    @pytest.mark.parametrize(
        ("text", "line", "why"),
        [
            ("", 1, "truncated"),
            ('{"record":"lock","schema":1,"namespace":"x"}\n{"record":"note","gui', 2, "truncated"),
            ('{"record":"lock","schema":9,"namespace":"x"}\n', 1, "schema 9"),
            ('{"record":"source","source":"a","digest":"","modified":1,"deck":"d"}\n', 1, "first line"),
            ("<<<<<<< HEAD\n", 1, "conflict markers"),
            ("not json\n", 1, "not a valid record"),
        ],
    )
    def test_a_lock_that_is_not_whole_is_refused(self, text: str, line: int, why: str) -> None:
        with pytest.raises(Failure) as refused:
            locks.parse(text, "deckbuild.lock")
        assert refused.value.diagnostics[0].line == line
        assert why in refused.value.diagnostics[0].message

    def test_a_hundred_thousand_notes_take_at_most_30_megabytes(self) -> None:
        lines = (Path(__file__).parents[1] / LOCK).read_bytes().splitlines(keepends=True)
        notes = [line for line in lines if line.startswith(b'{"guid":')]
        asked = [record.question.encode() for record in locks.parse(b"".join(lines).decode(), "").notes]
        assert len(b"".join(notes)) / len(notes) <= 300
        assert len(b"".join(notes)) - len(b"".join(asked)) <= 255 * len(notes)

    def test_a_line_that_stands_twice_counts_once(self) -> None:
        text = locks.dump(self.LOCK).decode()
        last = text.splitlines()[-1]
        assert locks.parse(f"{text}{last}\n", "deckbuild.lock") == self.LOCK


HARBOUR = [
    ("What does the pilot boat carry in winter?", "Blankets, a stove and two lines of rope"),
    ("Why is the outer wall higher than the inner one?", "Waves from the north break there first"),
    ("What is a tide table and who draws it up?", "The harbour office"),
    ("How long may a yacht stay at the guest pier?", "Three nights, then a berth has to be booked"),
    ("When are the nets hung up to dry?", "On still mornings between two catches"),
]


@pytest.mark.parametrize(
    ("question", "is_same"),
    [
        ("Where can one report that a buoy is adrift?", False),
        ("Who draws up a tide table, and what is it?", True),
        ("What's a tide table and who draws it up?", True),
        ("What are tide tables and who is drawing them up?", True),
        ("What is a tied table and who draws it up?", True),
        ("What is a tide table, and which office draws it up each year?", True),
        ("What is a duty roster and who draws it up?", False),
    ],
)
def test_another_question_with_the_same_short_answer_is_another_note(question: str, is_same: bool) -> None:
    before, lock, *_ = astuple(collate([read("a.md", *HARBOUR)], EMPTY, DAY, "N"))
    replaced = [*HARBOUR[:2], (question, HARBOUR[2][1]), *HARBOUR[3:]]
    after, *_ = astuple(collate([read("a.md", *replaced)], lock, 2 * DAY, "N"))
    assert (guids(after)[question] == guids(before)[HARBOUR[2][0]]) is is_same


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is the widest ocean?", "The Pacific"),
        ("What are the plural of ox and its genders?", "oxen"),
        ("Which command lists all local branches?", "git branch"),
    ],
)
def test_a_word_that_may_mean_the_same_is_left_to_the_author(question: str, answer: str) -> None:
    asked = [
        ("What is the largest ocean?", "The Pacific"),
        ("What are the plural of ox and its cases?", "oxen"),
        ("Which command lists all existing branches?", "git branch"),
    ]
    lock = collate([read("a.md", *HARBOUR, *asked)], EMPTY, DAY, "N").lock
    replaced = [(question, answer) if pair[1] == answer else pair for pair in asked]
    assert len(collate([read("a.md", *HARBOUR, *replaced)], lock, 2 * DAY, "N").doubts) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("Ctrl + Arrow", "moves by a word"), ("Ctrl + Arrows", "moves the cursor by one word")),
        (
            ("Alt + Left/Right", "switches to the page before or after"),
            ("Alt + Left/Right/Up", "switches pages or the folder"),
        ),
    ],
)
def test_a_term_that_grew_stays_itself_with_a_meaning_in_other_words(
    before: tuple[str, str], after: tuple[str, str]
) -> None:
    keys = [("Ctrl + Home", "goes to the first line"), ("Ctrl + End", "goes to the last line")]
    made = collate([read("a.md", keys[0], before, keys[1])], EMPTY, DAY, "N")
    edited = collate([read("a.md", keys[0], after, keys[1])], made.lock, 2 * DAY, "N")
    assert not edited.doubts
    assert {e.guid for e in edited.library.entries} == {e.guid for e in made.library.entries}
