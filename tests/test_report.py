"""What is told of many problems: one line for each kind in each document, unless all are asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckbuild.cli import cli
from deckbuild.model import Diagnostic, Severity
from deckbuild.report.report import Report

GARBLED = "Itâ€™s a cafÃ©.\n\n" * 8


@pytest.fixture
def told(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(
        GARBLED + "## What is a?\n\n## What is b?\n\nThat.\n\n## What is c?\n\nThis.\n"
    )
    (tmp_path / "b.md").write_text(GARBLED)
    return tmp_path


def check(*args: object) -> tuple[str, str]:
    done = CliRunner().invoke(cli, ["check", *map(str, args)])
    return done.stdout, done.stderr


def test_warnings_of_one_kind_in_one_document_are_one_line(told: Path) -> None:
    lines = [line for line in check(told)[1].splitlines() if not line.startswith("  = ")]
    assert [(":1:3: " in line, line.rpartition("[")[2]) for line in lines] == [
        (True, "mojibake]"),
        (False, "unanswered]"),
        (True, "mojibake]"),
    ]
    assert "(and 7 more: lines 3, 5, 7, 9, 11, …) [mojibake]" in lines[0]
    assert "more" not in lines[1]


def test_the_hint_says_how_to_list_all(told: Path) -> None:
    hint = next(line for line in check(told / "b.md")[1].splitlines() if line.startswith("  = "))
    assert hint.endswith("; `deckbuild check --verbose` lists all")


def test_all_are_listed_where_asked_for(told: Path) -> None:
    assert check(told / "b.md", "--verbose")[1].count("[mojibake]") == 8


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_forms_for_programs_are_complete(told: Path, form: str) -> None:
    assert (
        check(told / "b.md", "--format", form)[0].count('"mojibake"' if form == "json" else "double-encoded")
        == 8
    )


def test_the_list_of_diagnostics_is_complete(told: Path) -> None:
    listed = CliRunner().invoke(cli, ["list", str(told / "b.md"), "--what", "diagnostics", "--json"])
    assert [json.loads(line)["line"] for line in listed.stdout.splitlines()] == list(range(1, 16, 2))


def test_errors_are_told_one_by_one(tmp_path: Path) -> None:
    note = "<!-- deckbuild: id same -->\n## What is {}?\n\nThat.\n\n"
    (tmp_path / "a.md").write_text("".join(map(note.format, "abc")))
    done = CliRunner().invoke(cli, ["build", str(tmp_path), "-o", str(tmp_path / "out"), "--only", "deck"])
    assert (done.exit_code, done.stderr.count("[repeated-id]")) == (1, 2)


def test_commands_to_run_are_given_the_paths_of_this_one(capsys: pytest.CaptureFixture[str]) -> None:
    hint = "run `deckbuild identity --new a.md:1 PATH` or `deckbuild identity --review PATH`"
    problem = Diagnostic("a.md", 1, "unclear", Severity.ERROR, "which one?", hint)
    for paths, said in (((), "--review`"), ((Path("my notes"), Path("b")), "--review 'my notes' b`")):
        report = Report()
        report.paths = paths
        report.add([problem])
        assert said in capsys.readouterr().err
