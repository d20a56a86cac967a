"""What a build makes, in which order, and that nothing of it is made twice."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import needs_pango
from deckbuild.cards import fields
from deckbuild.cli import cli
from deckbuild.commands.outputs import OUTPUTS, planned
from deckbuild.paper.sheet import sheet

DOCUMENT = "# Bees\n\nQ: How many legs has a bee?\nA: Six.\n\nQ: How many eyes has a bee?\nA: Five.\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "bees.md").write_text(DOCUMENT)
    return folder


def build(notes: Path, kinds: str) -> Path:
    output = notes.with_name("out")
    done = CliRunner().invoke(cli, ["build", str(notes), "-o", str(output), "--only", kinds])
    assert done.exit_code == 0, done.output
    return output


@pytest.mark.parametrize("kinds", list(permutations(("deck", "sheet", "preview"))))
def test_an_output_comes_once_and_behind_what_it_needs(kinds: tuple[str, ...]) -> None:
    plan = planned(kinds)
    assert sorted(plan) == sorted(kinds)
    assert all(plan.index(need) < plan.index(kind) for kind in plan for need in OUTPUTS[kind].needs)


def test_what_is_only_needed_is_planned_too() -> None:
    assert planned(["preview"]) == ["sheet", "preview"]


@needs_pango
@pytest.mark.parametrize("kinds", ["sheet,preview", "preview,sheet", "preview"])
def test_the_sheet_is_set_once(notes: Path, kinds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()
    press = sheet.press

    def counted(*arguments: object) -> object:
        calls["press"] += 1
        return press(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sheet, "press", counted)
    written = {path.name for path in build(notes, kinds).iterdir()}
    assert calls == {"press": 1}
    assert written == {f"notes{OUTPUTS[kind].suffix}" for kind in kinds.split(",")}


@needs_pango
def test_each_note_is_rendered_once(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    render = fields.render

    def counted(note: object, *arguments: object) -> object:
        rendered.append(str(note))
        return render(note, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(fields, "render", counted)
    build(notes, "deck,preview,sheet")
    assert len(rendered) == len(set(rendered)) == 2
