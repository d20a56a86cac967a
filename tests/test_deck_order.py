"""One deck with a path: what new decks and tags are called, and in which order the real Anki shows new cards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckbuild.decode.source import decode
from deckbuild.derive.topics import topic
from deckbuild.identity.collate import Collated, collate
from deckbuild.identity.decks import in_order
from deckbuild.identity.lock import Lock
from deckbuild.package.apkg import apkg
from deckbuild.read import extract

pytest.importorskip("anki")

from anki_client import AnkiClient, anki_client

LOCK = Lock("0123456789abcdef")
RIVERS = ["Elbe", "Loire", "Po", "Tagus", "Volga", "Rhone"]


def questions(title: str, topic: str, count: int = 5) -> str:
    asked = "".join(f"## Where does {topic} {r} rise?\n\nIn the {r} hills.\n\n" for r in RIVERS[:count])
    return f"{title}\n\n{asked}"


def made(lock: Lock = LOCK, **documents: str) -> Collated:
    named = {name.replace("__", "/").replace("_", "-") + ".md": text for name, text in documents.items()}
    return collate([extract(decode(text.encode(), name)) for name, text in named.items()], lock, 1, "Geo")


def decks(result: Collated) -> list[str]:
    return [record.deck for record in result.lock.sources]


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[AnkiClient]:
    with anki_client(tmp_path) as client:
        yield client


def test_numbers_of_files_lead_the_names_of_decks_as_wide_as_the_widest() -> None:
    result = made(**{"1_springs": questions("# Springs", "s"), "10_seas": questions("# 10. Seas", "t")})
    assert decks(result) == ["Geo::01 Springs", "Geo::10 Seas"]


def test_a_number_of_one_file_alone_or_a_year_is_no_order() -> None:
    assert decks(made(**{"7_springs": questions("# Springs", "s"), "seas": questions("# Seas", "t")})) == [
        "Geo::Springs",
        "Geo::Seas",
    ]
    years = made(**{"2023_a": questions("# A", "s"), "2024_b": questions("# B", "t")})
    assert decks(years) == ["Geo::A", "Geo::B"]


def test_decks_that_were_named_without_numbers_get_no_numbered_neighbour() -> None:
    first = made(**{"1_springs": questions("# Springs", "s")})
    both = {"1_springs": questions("# Springs", "s"), "2_seas": questions("# Seas", "t")}
    assert decks(made(first.lock, **both)) == ["Geo::Springs", "Geo::Seas"]


def test_small_documents_of_one_folder_share_its_deck() -> None:
    small = {f"words__{name}": questions(f"# {name}", name, 2) for name in "abc"}
    result = made(**small, seas=questions("# Seas", "t"))
    assert sorted(set(decks(result))) == ["Geo::Seas", "Geo::words"]


@pytest.mark.parametrize(
    "head",
    [
        "RiverSite\n\nRivers of Europe",
        '<h1 align="center">Rivers of <b>Europe</b></h1>',
        "# Rivers of Europe",
    ],
)
def test_a_page_without_headings_has_a_title_too(head: str) -> None:
    text = f"{head}\n\nQ: Where does the Elbe rise?\nA: In the hills.\n\nQ: Where does the Po rise?\nA: In the Alps.\n"
    assert extract(decode(text.encode(), "page-17.md")).title == "Rivers of Europe"


def test_sources_are_ordered_as_people_number_them() -> None:
    names = ["10-z.md", "2-a.md", "b/1.md", "B.md", "a.md", "b/12.md", "b/3.md"]
    assert sorted(names, key=in_order) == ["2-a.md", "10-z.md", "a.md", "B.md", "b/1.md", "b/3.md", "b/12.md"]


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("3. Gradients", "Gradients"),
        ("What is a watershed?", "watershed"),
        ("Rivers - Questions & Answers", "Rivers"),
        ("Interview Questions", ""),
        ("Exam design", "Exam design"),
        ("Find", "Find"),
    ],
)
def test_topics_have_no_numbers_and_no_words_that_ask(title: str, about: str) -> None:
    assert topic(title) == about


def test_tags_stand_below_one_root() -> None:
    text = "# Seas\n\n## 1. What is a tide?\n\n### How high is it?\n\nA metre.\n\n### How long is it?\n\nSix hours.\n"
    tags = {tag for note in made(seas=text).rendered for tag in note.tags}
    assert tags == {"Geo::tide"}


def test_the_first_document_comes_first_in_anki(anki: AnkiClient) -> None:
    documents = {
        "1_z": questions("# Zebra", "z"),
        "2_m": questions("# Middle", "m"),
        "10_a": questions("# Alpha", "a"),
    }
    anki.import_package(apkg(made(**documents).library))
    asked = [question for question, _ in _new_cards(anki)]
    order = [word for question in asked for word in ("z", "m", "a") if f"does {word} " in question]
    assert order == ["z"] * 5 + ["m"] * 5 + ["a"] * 5


def test_a_reverse_card_comes_behind_all_cards_that_ask_forward(anki: AnkiClient) -> None:
    rows = "".join(f"| River {n} | the spring {n * 7} |\n" for n in range(24))
    result = made(rivers=f"# Rivers\n\n| river | spring |\n|---|---|\n{rows}")
    entries = tuple(
        replace(entry, note=replace(entry.note, reverse=True)) for entry in result.library.entries
    )
    anki.import_package(apkg(replace(result.library, entries=entries)))
    assert list(_ordinals(anki)) == [0] * 20


def _new_cards(anki: AnkiClient) -> list[tuple[str, str]]:
    found = []
    for card in _session(anki):
        sides = card.render_output()
        found.append((sides.question_text, sides.answer_text))
    return found


def _ordinals(anki: AnkiClient) -> list[int]:
    return [card.ord for card in _session(anki)]


def _session(anki: AnkiClient) -> Iterator[object]:
    """The cards of a learner's first day: new ones that are known at once."""
    anki.collection.decks.select(anki.collection.decks.id_for_name("Geo"))
    while card := anki.collection.sched.getCard():
        yield card
        card.start_timer()
        anki.collection.sched.answerCard(card, 4)
