"""What authors do to a folder of documents between two builds by the command line, as a learner sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckbuild.cli import cli

pytest.importorskip("anki")

from anki_client import anki_client

Pairs = list[tuple[str, str]]
LAYOUTS: dict[str, Callable[[str, str], str]] = {
    "headings.md": lambda asked, answer: f"### Q: {asked}\n**Answer:** {answer}\n\n",
    "bullets.md": lambda asked, answer: f"* **{asked}**\n    - {answer}\n\n",
    "lines.txt": lambda asked, answer: f"Q: {asked}\nA: {answer}\n\n",
}


class Folder:
    """A document in each layout, with two notes each; the word `topic` of a note tells them apart."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = "Course"
        self.title = "Part"
        self.names = {name: name for name in LAYOUTS}
        self.pairs: dict[str, Pairs] = {
            name: [
                (f"What is the first law of topic{n}?", f"It says that topic{n} never grows by itself."),
                (f"Who found topic{n + 1} in the end?", f"People who looked for topic{n + 1} at night."),
            ]
            for n, name in zip((1, 3, 5), LAYOUTS, strict=True)
        }

    def each(self, edit: Callable[[Pairs], Pairs]) -> None:
        self.pairs = {name: edit(pairs) for name, pairs in self.pairs.items()}

    def build(self) -> bytes:
        """The package of the documents as they are now; building has left them as they are."""
        for old in self.path.glob("*.*"):
            if old.suffix != ".lock":
                old.unlink()
        (self.path / "deckbuild.toml").write_text(f'name = "{self.name}"\nsources = ["."]\n')
        for layout, pairs in self.pairs.items():
            text = f"# {self.title} {layout}\n\n" + "".join(LAYOUTS[layout](*pair) for pair in pairs)
            (self.path / self.names[layout]).write_text(text)
        before = self._bytes()
        output = self.path.parent / "out"
        result = CliRunner().invoke(cli, ["build", str(self.path), "-o", str(output), "--only", "deck"])
        assert result.exit_code == 0, result.output
        assert self._bytes() == before
        return (output / f"{self.name}.apkg").read_bytes()

    def _bytes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.path.iterdir() if path.suffix != ".lock"}


def rebuild(folder: Folder) -> None:
    pass


def edit_answers(folder: Folder) -> None:
    folder.each(lambda pairs: [(asked, answer.replace(" at ", " late at ")) for asked, answer in pairs])
    folder.each(lambda pairs: [(asked, answer.replace("never", "hardly ever")) for asked, answer in pairs])


def edit_questions(folder: Folder) -> None:
    folder.each(lambda pairs: [(asked.replace("the", "that"), answer) for asked, answer in pairs])


def insert_first(folder: Folder) -> None:
    folder.each(lambda pairs: [(f"Why does {pairs[0][0][-7:-1]} matter?", "Nobody knows."), *pairs])


def reorder(folder: Folder) -> None:
    folder.each(lambda pairs: pairs[::-1])


def rename_files(folder: Folder) -> None:
    folder.names = {name: f"new {name}" for name in folder.names}


def rename_collection(folder: Folder) -> None:
    folder.name = "Lectures"


def rename_titles(folder: Folder) -> None:
    folder.title = "Chapter"


@pytest.mark.parametrize(
    ("edit", "added"),
    [
        (rebuild, 0),
        (edit_answers, 0),
        (edit_questions, 0),
        (insert_first, 3),
        (reorder, 0),
        (rename_files, 0),
        (rename_collection, 0),
        (rename_titles, 0),
    ],
)
def test_six_of_six_reviewed_cards_keep_their_history_and_their_topic(
    edit: Callable[[Folder], None], added: int, tmp_path: Path
) -> None:
    (tmp_path / "notes").mkdir()
    folder = Folder(tmp_path / "notes")
    with anki_client(tmp_path) as anki:
        assert anki.import_package(folder.build()) == {"new": 6}
        anki.review_any(6)
        schedule = {row[0]: row for row in anki.schedule()}
        topics = {guid: topic(anki.note(guid)) for guid in anki.guids()}
        decks = anki.decks()
        assert len(set(topics.values())) == 6

        edit(folder)
        assert anki.import_package(folder.build()).get("new", 0) == added
        after = {row[0]: row for row in anki.schedule()}
        assert {guid: after[guid] for guid in schedule} == schedule
        assert len(after) == 6 + added
        assert {guid: topic(anki.note(guid)) for guid in topics} == topics
        assert anki.decks() == decks
        texts = {(plain(note["Question"]), plain(note["Answer"])) for note in map(anki.note, anki.guids())}
        assert texts == {pair for pairs in folder.pairs.values() for pair in pairs}


def topic(note: dict[str, str]) -> str:
    return re.findall(r"topic\d", note["Answer"])[0]


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html).strip()
