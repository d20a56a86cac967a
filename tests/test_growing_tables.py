"""Tables that grow, shrink, are parted, merged and written otherwise: their reviewed cards stay, in the real Anki."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckbuild.decode.source import decode
from deckbuild.identity.changes import compare
from deckbuild.identity.collate import Collated, collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Document, Kind
from deckbuild.model.text import block_text, normalise
from deckbuild.package.apkg import apkg
from deckbuild.paper.as_read import as_read
from deckbuild.paper.selection import questions, tables
from deckbuild.read import extract
from deckbuild.read.preferences import Preferences

pytest.importorskip("anki")

from anki_client import AnkiClient, anki_client

DAY = 86_400
Row = tuple[str, ...]


class Learner:
    """Imports each release of documents, and reviews all cards there are."""

    def __init__(self, anki: AnkiClient) -> None:
        self.anki = anki
        self.lock = Lock("0123456789abcdef")
        self.now = 1_600_000_000
        self.one_way = 0

    def imports(self, texts: dict[str, str], reverse: bool | None = None) -> dict[str, int]:
        """The outcomes of an import; `one_way` counts rows that lost their reverse card."""
        self.now += DAY
        wanted = Preferences(reverse=reverse)
        documents = [extract(decode(text.encode(), name), wanted) for name, text in texts.items()]
        gone = [record.source for record in self.lock.sources if record.source not in texts]
        made: Collated = collate(documents, self.lock, self.now, "Course", gone)
        assert not made.problems
        self.one_way = len(compare(self.lock, made.lock).one_way)
        self.lock = made.lock
        outcome = self.anki.import_package(apkg(made.library))
        self.anki.review_any(100)
        return outcome

    def blank(self) -> int:
        """How many cards Anki would remove as empty."""
        return sum(len(note.card_ids) for note in self.anki.collection.get_empty_cards().notes)

    def note(self, key: str) -> dict[str, str]:
        (guid,) = (r.guid for r in self.lock.notes if r.question == key and not r.removed)
        return self.anki.note(guid)


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    with anki_client(tmp_path) as anki:
        limits = anki.collection.decks.config_dict_for_deck_id(1)  # type: ignore[arg-type]
        limits["new"]["perDay"] = limits["rev"]["perDay"] = 9999
        anki.collection.decks.save(limits)
        yield Learner(anki)


def table(title: str, header: Row, *rows: Row) -> str:
    lines = (header, ("---",) * len(header), *rows)
    return f"# {title}\n\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


VERBS: tuple[Row, ...] = (
    ("beber", "to drink"),
    ("comer", "to eat"),
    ("correr", "to run"),
    ("dormir", "to sleep"),
    ("leer", "to read"),
    ("llorar", "to weep"),
    ("nadar", "to swim"),
    ("reír", "to laugh"),
    ("soñar", "to dream"),
    ("volar", "to fly"),
    ("cantar", "to sing"),
    ("coser", "to sew"),
)
NOUNS: tuple[Row, ...] = (
    ("die Birne", "pear", "noun", "The fruit hangs low."),
    ("der Löffel", "spoon", "noun", "It lies beside the plate."),
    ("gehen", "to walk", "verb", "We leave at six."),
    ("der Fluss", "river", "noun", "A bridge leads across."),
    ("singen", "to sing", "verb", "They do so at night."),
    ("die Wolke", "cloud", "noun", "One drifts by."),
    ("das Fenster", "window", "noun", "It stands open."),
    ("lachen", "to laugh", "verb", "Everyone did."),
    ("der Schuh", "shoe", "noun", "One is missing."),
    ("die Brücke", "bridge", "noun", "It is closed today."),
    ("trinken", "to drink", "verb", "Nobody wanted to."),
    ("der Ofen", "oven", "noun", "It is still hot."),
)
COMMANDS: tuple[Row, ...] = (
    ("tar -xf", "unpacks an archive"),
    ("chmod", "sets who may read a file"),
    ("chown", "gives a file to another user"),
    ("grep", "finds lines that match"),
    ("df", "tells how full each disk is"),
    ("kill", "sends a signal to a process"),
    ("ln -s", "makes a symbolic link"),
    ("uniq", "leaves out repeated lines"),
    ("wc", "counts lines, words and bytes"),
    ("du", "adds up the sizes of folders"),
    ("ps", "lists what runs"),
    ("tee", "writes to a file and goes on"),
)
CAPITALS: tuple[Row, ...] = (
    ("Austria", "Vienna", "Euro"),
    ("Bolivia", "Sucre", "Boliviano"),
    ("Canada", "Ottawa", "Dollar"),
    ("Denmark", "Copenhagen", "Krone"),
    ("Ethiopia", "Addis Ababa", "Birr"),
    ("Finland", "Helsinki", "Euro"),
    ("Gambia", "Banjul", "Dalasi"),
    ("Hungary", "Budapest", "Forint"),
    ("Iceland", "Reykjavik", "Króna"),
    ("Jordan", "Amman", "Dinar"),
    ("Laos", "Vientiane", "Kip"),
    ("Malta", "Valletta", "Euro"),
)
GROWING = {
    "verbs": (("Verb", "Meaning"), VERBS),
    "spanish": (("Spanish", "English"), VERBS),
    "words": (("Word", "Meaning", "Kind"), tuple(row[:3] for row in NOUNS)),
    "nouns": (("Word", "Meaning", "Kind", "Example"), NOUNS),
    "german": (("Wort", "Bedeutung", "Wortart"), tuple(row[:3] for row in NOUNS)),
    "commands": (("Command", "What it does"), COMMANDS),
    "capitals": (("Country", "Capital"), tuple(row[:2] for row in CAPITALS)),
    "countries": (("Country", "Capital", "Currency"), CAPITALS),
}


def test_these_tables_come_to_ask_when_they_grow() -> None:
    for name, (head, rows) in GROWING.items():
        few, all = (extract(decode(table(name, head, *part).encode(), "a.md")) for part in (rows[:3], rows))
        assert {note.kind for note in few.derived} == {Kind.ROW}, name
        assert not all.derived, name


def test_no_card_changes_when_its_table_grows_row_by_row_and_shrinks_again(learner: Learner) -> None:
    header_rows = GROWING.items()
    sizes = (*range(3, 13), 6)
    for before, size in zip((0, *sizes), sizes, strict=False):
        texts = {f"{name}.md": table(name, head, *rows[:size]) for name, (head, rows) in header_rows}
        outcome = learner.imports(texts)
        assert outcome.get("updated", 0) == 0, size
        assert outcome.get("new", 0) == max(0, size - before) * len(GROWING), size
        assert learner.blank() == 0, size
    assert all(record.kind is Kind.ROW for record in learner.lock.notes)


NAMES = (
    *"anchor basket candle drawer engine funnel garden hammer island jacket kettle ladder".split(),
    *"mirror needle orchard pillow quarry rudder saddle tunnel urn valley window yoke".split(),
)


def asking(at: int) -> str:
    return (f"What is the {NAMES[at]} for?", f"Where does the {NAMES[at]} stand?")[at % 2]


ROLES: dict[str, tuple[Row, Callable[[int], Row]]] = {
    "a blank column fills": (
        ("Question", "Answer", "Note"),
        lambda at: (
            asking(at),
            f"Near the {NAMES[-at - 1]}, as ever.",
            "" if at < 6 else f"see {NAMES[-at]}",
        ),
    ),
    "a column comes to sort": (
        ("Topic", "Part", "Text"),
        lambda at: (asking(at), ("first", "second")[at % 2], f"Near the {NAMES[-at - 1]}, as ever."),
    ),
    "a column stops asking": (
        ("Thing", "Aim", "Text"),
        lambda at: (
            NAMES[at],
            asking(at) if at < 4 else f"to hold the {NAMES[-at]}",
            f"Near the {NAMES[-at - 1]}, as ever.",
        ),
    ),
    "a first column comes to ask": (
        ("Thing", "Aim", "Text"),
        lambda at: (
            NAMES[at],
            asking(at) if at > 4 else f"to hold the {NAMES[-at]}",
            f"Near the {NAMES[-at - 1]}, as ever.",
        ),
    ),
}


def rows_file(_: str, *rows: Row) -> str:
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("roles", "name"), [*((roles, "a.md") for roles in ROLES), ("a column stops asking", "a.csv")]
)
def test_what_a_column_does_stays_for_the_notes_that_are_there(roles: str, name: str) -> None:
    head, row_of = ROLES[roles]
    written = table if name == "a.md" else rows_file
    lock, before = Lock("0123456789abcdef"), 0
    for now, size in enumerate((3, 5, 9, 15, 5), 1):
        text = written("Study", head, *map(row_of, range(size)))
        made = collate([extract(decode(text.encode(), name))], lock, now, "Course")
        found = compare(lock, made.lock)
        assert (len(found.changed), len(found.removed)) == (0, max(0, before - size)), size
        lock, before = made.lock, size


@pytest.mark.parametrize(
    "head", [("Spanish", "English"), ("Word", "Meaning", "Kind"), ("One", "Two", "Three", "Four")]
)
@pytest.mark.parametrize("size", [4, 12])
def test_cards_keep_their_direction_where_columns_are_turned(head: Row, size: int) -> None:
    def made(lock: Lock, order: Sequence[int], *further: str) -> Lock:
        rows = [(*(row[at] for at in order), *further) for row in NOUNS[:size]]
        text = table("Words", (*(head[at] for at in order), *further), *rows)
        return collate([extract(decode(text.encode(), "a.md"))], lock, 2, "Course").lock

    places = range(len(head))
    first = made(Lock("0123456789abcdef"), places)
    for order in (places[::-1], (*places[1:], 0)):
        found = compare(first, made(first, order))
        assert (len(found.added), len(found.changed), len(found.removed)) == (0, 0, 0)
    after = made(first, places[::-1], "Seen")
    asked = {record.guid: record.question for record in first.notes}
    assert {record.guid: record.question for record in after.notes} == asked


def test_a_list_in_the_other_direction_beside_the_first_asks_its_own_way() -> None:
    ways = [VERBS[:8], [row[::-1] for row in VERBS[:8]]]
    texts = [
        table("Verbs", head, *rows) for head, rows in zip([("Spanish", "English")] * 2, ways, strict=True)
    ]
    first, second = (
        extract(decode(text.encode(), f"{name}.md")) for name, text in zip("ab", texts, strict=True)
    )
    lock = collate([first], Lock("0123456789abcdef"), 1, "Course").lock
    alone, beside = (collate(documents, lock, 2, "Course") for documents in ([second], [first, second]))
    for made in (alone, beside):
        asked = {record.question for record in made.lock.notes}
        assert asked == {word for row in VERBS[:8] for word in row[:2]}


def test_two_tables_are_merged_and_parted_again(learner: Learner) -> None:
    head = "Verb", "English"
    parts = {"a.md": table("A", head, *VERBS[:6]), "b.md": table("B", head, *VERBS[6:])}
    assert learner.imports(parts) == {"new": 12}
    assert learner.imports({"a.md": table("A", head, *VERBS)}) == {"duplicate": 12}
    assert learner.imports(parts) == {"duplicate": 12}
    assert learner.blank() == 0


def test_a_table_that_was_read_as_questions_stays_so_when_it_is_parted(learner: Learner) -> None:
    head = "Wort", "Bedeutung", "Wortart"
    rows = [row[:3] for row in NOUNS]
    assert learner.imports({"a.md": table("A", head, *rows)}) == {"new": 12}
    assert {record.kind for record in learner.lock.notes} == {Kind.QA}
    parts = {"a.md": table("A", head, *rows[:4]), "b.md": table("B", head, *rows[4:7])}
    assert learner.imports(parts) == {"duplicate": 7}


@pytest.mark.parametrize(
    "written", ["- **{}**: {}\n", "**{}** - {}\n\n", "{} :: {}\n"], ids=["bullets", "paragraphs", "signs"]
)
def test_a_table_becomes_a_list_and_keeps_its_reverse_cards(learner: Learner, written: str) -> None:
    text = table("Verbs", ("Verb", "Meaning"), *VERBS[:6])
    learner.imports({"a.md": text})
    learner.imports({"a.md": "# Verbs\n\n" + "".join(written.format(*row) for row in VERBS[:6])})
    assert len(learner.anki.guids()) == 6
    assert learner.blank() == 0
    learner.imports({"a.md": text})
    assert len(learner.anki.guids()) == 6
    assert learner.blank() == 0


def test_a_row_keeps_its_reverse_card_beside_one_with_the_same_values(learner: Learner) -> None:
    head, rows = ("Verb", "English"), (("ser", "to be"), *VERBS[:2])
    learner.imports({"a.md": table("Verbs", head, *rows)})
    added = table("Verbs", head, *rows, ("estar", "to be"))
    assert learner.imports({"a.md": added}) == {"new": 1, "duplicate": 3}
    assert (learner.note("ser")["Reverse"], learner.note("estar")["Reverse"]) == ("1", "")
    wider = [(*row, "irregular") for row in (*rows, ("estar", "to be"))]
    learner.imports({"a.md": table("Verbs", (*head, "Note"), *wider)})
    assert learner.note("ser")["Reverse"] == "1"
    assert learner.blank() == 0


def test_a_changed_cell_changes_its_own_row_alone_in_a_table_that_came_to_ask(learner: Learner) -> None:
    head, rows = ("Word", "Meaning", "Kind"), [row[:3] for row in NOUNS]
    learner.imports({"a.md": table("Words", head, *rows[:4])})
    rows[1] = ("der Löffel", "ladle", "noun")
    assert learner.imports({"a.md": table("Words", head, *rows)}) == {"new": 8, "updated": 1, "duplicate": 3}
    changed = learner.note(normalise("der Löffel"))
    assert "ladle" in changed["Columns"]
    assert "noun" in changed["Columns"]
    assert changed["Reverse"] == "1"
    assert learner.blank() == 0


@pytest.mark.parametrize(
    "answer",
    ["to drink, as in beber agua", f"to drink{', to take in what quenches thirst' * 5}"],
    ids=["given away", "long"],
)
def test_a_reverse_card_goes_with_an_answer_that_ends_it_and_is_counted(
    learner: Learner, answer: str
) -> None:
    head = "Verb", "English"
    learner.imports({"a.md": table("Verbs", head, *VERBS[:3])})
    learner.imports({"a.md": table("Verbs", head, ("beber", answer), *VERBS[1:3])})
    assert learner.one_way == learner.blank() == 1


def test_reverse_cards_go_where_the_settings_say_so(learner: Learner) -> None:
    text = table("Verbs", ("Verb", "English"), *VERBS[:3])
    learner.imports({"a.md": text})
    learner.imports({"a.md": text}, reverse=False)
    assert learner.one_way == learner.blank() == 3


def test_a_column_that_counts_is_not_asked_for(learner: Learner) -> None:
    for title in ("#", "No.", "Nr", "№", ""):
        rows = [(str(at), *row) for at, row in enumerate(VERBS[:4], 1)]
        document = extract(decode(table("Verbs", (title, "Verb", "English"), *rows).encode(), "a.md"))
        assert [note.column for note in document.derived] == ["Verb"] * 4, title


def test_rows_that_learners_have_by_their_numbers_stay_so() -> None:
    def document(count: int) -> Document:
        rows = [(str(at), *row) for at, row in enumerate(VERBS[:count], 1)]
        return extract(decode(table("Verbs", ("#", "Verb", "English"), *rows).encode(), "a.md"))

    first = document(3)
    first = replace(first, derived=tuple(note.readings[-1] for note in first.derived))
    before = collate([first], Lock("0123456789abcdef"), 1, "Course")
    assert {record.question for record in before.lock.notes} == {"1", "2", "3"}
    after = compare(before.lock, collate([document(8)], before.lock, 2, "Course").lock)
    assert (len(after.added), len(after.changed), len(after.removed)) == (5, 0, 0)


def test_all_columns_with_a_title_stand_on_the_cards_of_a_table_that_asks() -> None:
    head = "Word", "Meaning", "Kind", "Example"
    text = table("Words", head, *NOUNS)
    made = collate([extract(decode(text.encode(), "a.md"))], Lock("0123456789abcdef"), 1, "Course")
    assert {entry.note.kind for entry in made.library.entries} == {Kind.QA}
    for row, note in zip(NOUNS, made.rendered, strict=True):
        assert all(cell in note.values[1] for cell in row[1:])


@pytest.mark.parametrize("sizes", [(4, 12), (12, 4)], ids=["grown", "shrunk"])
def test_the_sheet_has_each_row_once_whatever_its_card_is(sizes: tuple[int, int]) -> None:
    lock = Lock("0123456789abcdef")
    for size in sizes:
        text = table("Words", ("Word", "Meaning", "Kind"), *(row[:3] for row in NOUNS[:size]))
        made = collate([extract(decode(text.encode(), "a.md"))], lock, 1, "Course")
        lock = made.lock
    library = as_read(made.library)
    shown = [block_text(item.question) for item in questions(library)]
    shown += [block_text(item.answer) for item in tables(library)]
    assert [sum(row[0] in text for text in shown) for row in NOUNS] == [1] * size + [0] * (12 - size)
