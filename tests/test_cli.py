"""The command line as users meet it: outputs, messages, exit status, and bad input that loses nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import needs_pango
from deckbuild.cli import cli

DOCUMENT = """# Letters

## Vowels

### Q1: What is `a`?
**Answer:** The first *letter*.

| Case | Code |
|---|---|
| upper | 65 |

### Q2: What comes next?
**Answer:** [to be written]

## Codes

| Letter | Code |
|---|---|
| a | 97 |

Energy is $E = mc^2$.
"""

NOTE_FIELDS = {
    "kind", "question", "answer", "source", "line", "end_line", "section", "tags", "extras", "guid"
}  # fmt: skip


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def records(*arguments: str | Path) -> list[dict[str, object]]:
    result = run("list", *arguments, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "my notes"
    folder.mkdir()
    (folder / "letters.md").write_text(DOCUMENT, encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestBuild:
    def test_makes_deck_and_lock_named_after_the_collection(self, notes: Path, tmp_path: Path) -> None:
        result = run("build", notes, "-o", tmp_path / "out", "--only", "deck")
        assert result.exit_code == 0
        assert "placeholder" in result.stderr
        assert (tmp_path / "out/my-notes.apkg").is_file()
        assert (notes / "deckbuild.lock").is_file()

    @needs_pango
    def test_outputs_among_the_documents_are_none_of_them(self, notes: Path) -> None:
        before = [record["question"] for record in records(notes)]
        assert run("build", notes, "-o", notes / "out", "--only", "deck,sheet,preview,model").exit_code == 0
        assert len(files(notes / "out")) == 4
        assert [record["question"] for record in records(notes)] == before
        assert "unread" not in run("check", notes).stderr

    def test_more_changes_than_are_compared_are_told(self, tmp_path: Path) -> None:
        """Of 600 questions that went at once, 8 that came are compared with some; learners lose the others."""
        document = tmp_path / "many.csv"
        for stem, count in (("old", 600), ("new", 8)):
            rows = (f"Who made {stem}{n} here?,By {stem}er{n} alone" for n in range(count))
            document.write_text("question,answer\n" + "\n".join(rows), encoding="utf-8")
            result = run("build", document, "-o", tmp_path / "out", "--only", "model", "--accept-removals")
            assert result.exit_code == 0, result.stderr
        assert re.search(
            r"warning: .* \d+ removed notes could not be compared .*\[not-compared\]", result.stderr
        )

    @needs_pango
    def test_makes_the_sheet_too(self, notes: Path, tmp_path: Path) -> None:
        assert run("build", notes, "-o", tmp_path / "out").exit_code == 0
        assert (tmp_path / "out/my-notes-sheet.pdf").read_bytes().startswith(b"%PDF")

    @needs_pango
    def test_an_output_is_the_same_alone_and_among_others(self, notes: Path, tmp_path: Path) -> None:
        kinds = ("sheet", "cutouts", "preview")
        assert run("build", notes, "-o", tmp_path / "all", "--only", ",".join(kinds)).exit_code == 0
        for kind in kinds:
            run("build", notes, "-o", tmp_path / "each", "--only", kind)
        assert files(tmp_path / "all") == files(tmp_path / "each")

    @needs_pango
    def test_what_stops_an_output_that_another_process_makes_is_told(
        self, notes: Path, tmp_path: Path
    ) -> None:
        (notes / "broken.ttf").write_bytes(b"no font")
        (notes / "deckbuild.toml").write_text('[print]\nfonts = ["broken.ttf"]\n')
        result = run("build", notes, "-o", tmp_path / "out", "--only", "deck,cutouts")
        assert result.exit_code == 1
        assert "[bad-font]" in result.stderr
        assert not (tmp_path / "out").exists()
        assert not (notes / "deckbuild.lock").exists()

    def test_again_changes_no_file(self, notes: Path, tmp_path: Path) -> None:
        run("build", notes, "-o", tmp_path / "out", "--only", "deck,model")
        before = files(tmp_path)
        run("build", notes, "-o", tmp_path / "out", "--only", "deck,model")
        assert files(tmp_path) == before

    def test_locked_refuses_a_change_and_accepts_none(self, notes: Path, tmp_path: Path) -> None:
        refused = run("build", notes, "-o", tmp_path / "out", "--only", "deck", "--locked")
        assert refused.exit_code == 1
        assert "[lock-changes]" in refused.stderr
        assert not (notes / "deckbuild.lock").exists()
        run("build", notes, "-o", tmp_path / "out", "--only", "deck")
        assert run("build", notes, "-o", tmp_path / "out", "--only", "deck", "--locked").exit_code == 0

    def test_strict_lets_warnings_fail(self, notes: Path, tmp_path: Path) -> None:
        assert run("build", notes, "-o", tmp_path, "--only", "deck", "--strict").exit_code == 1

    def test_settings_name_the_outputs(self, notes: Path, tmp_path: Path) -> None:
        (notes / "deckbuild.toml").write_text('name = "The ABC"\n')
        run("build", notes, "-o", tmp_path / "out", "--only", "deck")
        assert (tmp_path / "out/The-ABC.apkg").is_file()

    def test_removed_notes_are_told_with_a_search_for_them(self, notes: Path, tmp_path: Path) -> None:
        for name in "abcd":
            (notes / f"{name}.md").write_text(f"## Q: What is {name}?\n**Answer:** A letter.\n")
        run("build", notes, "-o", tmp_path / "out", "--only", "deck")
        (notes / "d.md").unlink()
        result = run("build", notes, "-o", tmp_path / "out", "--only", "deck")
        assert result.exit_code == 0
        assert '"ID:' in result.stderr

    def test_many_removed_notes_are_told_with_the_way_to_tag_them(self, notes: Path, tmp_path: Path) -> None:
        for name in ("kept", "gone"):
            pairs = (f"## Q: What is {name} {n}?\n**Answer:** A letter.\n" for n in range(51))
            (notes / f"{name}.md").write_text("".join(pairs))
        run("build", notes, "-o", tmp_path / "out", "--only", "deck")
        (notes / "gone.md").unlink()
        result = run("build", notes, "-o", tmp_path / "out", "--only", "deck")
        assert result.exit_code == 0
        assert "--retire" in result.stderr
        assert '"ID:' not in result.stderr

    def test_an_unknown_output_is_wrong_usage(self, notes: Path) -> None:
        result = run("build", notes, "--only", "deck,scroll")
        assert result.exit_code == 2
        assert "scroll" in result.stderr


class TestBadInput:
    """A clear `path:line:` message, status 1 or 2, no traceback, earlier outputs untouched."""

    @pytest.fixture
    def built(self, notes: Path, tmp_path: Path) -> dict[str, bytes]:
        assert run("build", notes, "-o", tmp_path / "out", "--only", "deck").exit_code == 0
        return files(tmp_path / "out") | {"lock": (notes / "deckbuild.lock").read_bytes()}

    def check(self, result: Result, status: int, message: str) -> None:
        assert result.exit_code == status
        assert message in result.stderr
        assert result.exception is None or isinstance(result.exception, SystemExit)

    def test_a_missing_path(self, tmp_path: Path) -> None:
        for command in (["build"], ["check"], ["list"], ["read", "-o", str(tmp_path / "m")]):
            self.check(run(*command, tmp_path / "nowhere.md"), 2, "nowhere.md")

    def test_a_folder_without_documents(self, tmp_path: Path) -> None:
        self.check(run("build", tmp_path), 1, "[no-documents]")

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "[not-text]"),
            (b"", "[no-notes]"),
            (b"\n \n", "[no-notes]"),
            (b"just prose\n", "[no-notes]"),
        ],
    )
    def test_a_file_without_notes(self, tmp_path: Path, content: bytes, code: str) -> None:
        (tmp_path / "bad.md").write_bytes(content)
        result = run("build", tmp_path / "bad.md", "-o", tmp_path / "out")
        self.check(result, 1, code)
        assert re.search(r"bad\.md:\d+: error: ", result.stderr)
        assert not (tmp_path / "out").exists()

    def test_invalid_utf8_is_told_and_read_all_the_same(self, tmp_path: Path) -> None:
        (tmp_path / "old.md").write_bytes("intro\n## Q: Qu'est-ce?\n**Answer:** café\n".encode("cp1252"))
        result = run("check", tmp_path / "old.md")
        assert "old.md:3: warning: " in result.stderr
        assert "[not-utf8]" in result.stderr
        assert records(tmp_path / "old.md")[0]["answer"] == "café"

    def test_one_bad_file_stops_the_build_before_anything_is_written(
        self, notes: Path, tmp_path: Path, built: dict[str, bytes]
    ) -> None:
        (notes / "image.txt").write_bytes(b"GIF89a\0\1")
        (notes / "letters.md").write_text(DOCUMENT.replace("first", "very first"))
        self.check(run("build", notes, "-o", tmp_path / "out", "--only", "deck"), 1, "image.txt:1: error: ")
        assert files(tmp_path / "out") | {"lock": (notes / "deckbuild.lock").read_bytes()} == built

    def test_a_file_that_lost_its_notes_stops_until_accepted(
        self, notes: Path, tmp_path: Path, built: dict[str, bytes]
    ) -> None:
        (notes / "letters.md").write_text("## Q: What is left?\n**Answer:** This.\n")
        self.check(run("build", notes, "-o", tmp_path / "out", "--only", "deck"), 1, "[removals]")
        assert files(tmp_path / "out") | {"lock": (notes / "deckbuild.lock").read_bytes()} == built
        arguments = ("build", notes, "-o", tmp_path / "out", "--only", "deck", "--accept-removals")
        assert run(*arguments).exit_code == 0

    def test_a_broken_lock_is_named_with_its_line(self, notes: Path, tmp_path: Path, built: object) -> None:
        lock = notes / "deckbuild.lock"
        lock.write_text(lock.read_text().replace('{"guid":', "<<<<<<< mine\n", 1))
        self.check(run("build", notes, "-o", tmp_path / "out"), 1, "[bad-lock]")

    def test_broken_settings_are_named_with_their_line(self, notes: Path) -> None:
        (notes / "deckbuild.toml").write_text("name = 'x'\nsources = \n")
        self.check(run("build", notes), 1, "deckbuild.toml:2:11: ")
        (notes / "deckbuild.toml").write_text("colour = 'red'\n")
        self.check(run("list", notes), 1, "colour")

    def test_settings_of_a_folder_that_the_path_leads_out_of_again_are_not_taken(
        self, notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "other").mkdir()
        (tmp_path / "other/deckbuild.toml").write_text('name = "other"\n')
        monkeypatch.chdir(tmp_path / "other")
        run("build", "../my notes", "-o", tmp_path / "out", "--only", "deck")
        assert (tmp_path / "out/my-notes.apkg").is_file()

    def test_paths_of_two_collections(self, tmp_path: Path) -> None:
        for name in "ab":
            (tmp_path / name).mkdir()
            (tmp_path / name / "deckbuild.toml").touch()
            (tmp_path / name / "x.md").write_text("## Q: Why?\n**Answer:** Because.\n")
        self.check(run("build", tmp_path / "a", tmp_path / "b"), 1, "[two-collections]")

    def test_an_output_that_cannot_be_written(self, notes: Path, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        result = run("build", notes, "-o", tmp_path / "file" / "out", "--only", "deck")
        self.check(result, 1, "[unwritable]")

    def test_a_model_file_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "x.json").write_text('{"schema":99}')
        result = run("write", "deck", tmp_path / "x.json", "-o", tmp_path / "x.apkg")
        self.check(result, 1, "schema 99")


class TestIdentity:
    def test_what_is_unclear_stops_and_is_settled_one_by_one(self, notes: Path, tmp_path: Path) -> None:
        answer = "**Answer:** A tree whose parents are never smaller than their children.\n\n"
        more = "".join(f"## Q: What is number {n}?\n**Answer:** {n} {n * n}\n\n" for n in range(9))
        source = notes / "heap.md"
        arguments = ("build", notes, "-o", tmp_path / "out", "--only", "deck")
        source.write_text(f"{more}## Q: What is a heap and where is it used?\n{answer}")
        assert run(*arguments).exit_code == 0
        lock = (notes / "deckbuild.lock").read_bytes()
        source.write_text(f"## Q: What is a heap?\n{answer}## Q: Where is a heap used?\n{answer}{more}")
        stopped = run(*arguments)
        assert stopped.exit_code == 1
        assert (notes / "deckbuild.lock").read_bytes() == lock
        guids = re.findall(r"identity --same heap.md:(\d+) ([0-9a-f]{16})", stopped.stderr)
        assert len(guids) == 1
        assert run("identity", notes, "--same", "heap.md:1", guids[0][1]).exit_code == 0
        assert run(*arguments).exit_code == 0
        assert [r["guid"] for r in records(notes) if r["question"] == "What is a heap?"] == [guids[0][1]]

    def test_a_place_or_guid_that_is_none(self, notes: Path) -> None:
        assert "[no-such-note]" in run("identity", notes, "--new", "letters.md:2").stderr
        result = run("identity", notes, "--same", "letters.md:5", "0000")
        assert result.exit_code == 1
        assert "0000" in result.stderr
        assert run("identity", notes).exit_code == 2


class TestList:
    def test_notes_have_the_fields_that_others_build_on(self, notes: Path) -> None:
        first, row = records(notes)
        assert first.keys() >= NOTE_FIELDS
        assert (
            first
            | {
                "kind": "qa",
                "question": "What is a?",
                "answer": "The first letter.\nCase | Code\nupper | 65",
                "source": "letters.md",
                "line": 5,
                "end_line": 10,
                "section": ["Vowels"],
                "tags": [],
                "extras": {},
                "guid": None,
            }
            == first
        )
        assert (row["kind"], row["question"], row["section"]) == ("row", "a", ["Codes"])

    def test_guids_are_those_of_the_lock_and_listing_never_writes_it(
        self, notes: Path, tmp_path: Path
    ) -> None:
        run("build", notes, "-o", tmp_path / "out", "--only", "deck")
        lock = (notes / "deckbuild.lock").read_bytes()
        (notes / "letters.md").write_text(DOCUMENT + "\n## Q: What is new?\n**Answer:** This.\n")
        guids = [record["guid"] for record in records(notes)]
        assert guids[0] and guids[1] and guids[2] is None
        assert (notes / "deckbuild.lock").read_bytes() == lock

    def test_tables(self, notes: Path) -> None:
        inner, outer = records(notes, "--what", "tables")
        assert (
            inner | {"line": 8, "end_line": 10, "header": ["Case", "Code"], "rows": [["upper", "65"]]}
            == inner
        )
        assert outer["section"] == ["Codes"]

    def test_formulas(self, notes: Path) -> None:
        (formula,) = records(notes, "--what", "formulas")
        assert formula | {"line": 21, "text": "E = mc^2", "latex": "E = mc^2", "display": False} == formula

    def test_ledger_has_one_record_for_every_line(self, notes: Path) -> None:
        ledger = records(notes, "--what", "ledger")
        assert [record["line"] for record in ledger] == list(range(1, 22))
        assert {"source", "fate", "owner", "why"} <= ledger[0].keys()

    def test_duplicates(self, notes: Path) -> None:
        (notes / "more.md").write_text("## Q9: What is “a”?\n**Answer:** A vowel.\n")
        (group,) = records(notes, "--what", "duplicates")
        assert group["verdict"] == "same"
        assert [note["line"] for note in group["notes"]] == [5, 1]  # type: ignore[attr-defined]

    def test_diagnostics(self, notes: Path) -> None:
        (problem,) = records(notes, "--what", "diagnostics")
        assert problem.keys() == {"source", "line", "column", "severity", "code", "message", "hint"}
        assert (problem["line"], problem["code"]) == (12, "placeholder")

    def test_a_file_in_no_collection_with_any_suffix(self, tmp_path: Path) -> None:
        (tmp_path / "x.notes").write_text("## Q: Why?\n**Answer:** Because.\n")
        assert records(tmp_path / "x.notes")[0]["source"] == "x.notes"

    @pytest.mark.parametrize("what", ["notes", "tables", "formulas", "ledger", "duplicates", "diagnostics"])
    def test_people_get_one_line_each(self, notes: Path, what: str) -> None:
        result = run("list", notes, "--what", what)
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) == len(records(notes, "--what", what))


class TestCheck:
    def test_status_is_1_for_errors_and_for_warnings_only_if_strict(self, notes: Path) -> None:
        assert run("check", notes).exit_code == 0
        assert run("check", notes, "--strict").exit_code == 1
        (notes / "bad.txt").write_bytes(b"\0\1\2")
        assert run("check", notes).exit_code == 1

    def test_json_goes_to_stdout(self, notes: Path) -> None:
        result = run("check", notes, "--format", "json")
        assert json.loads(result.stdout)["code"] == "placeholder"
        assert result.stderr == ""

    def test_github_shows_problems_in_place(self, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(notes)
        result = run("check", "letters.md", "--format", "github")
        assert result.stdout.startswith(
            "::warning file=letters.md,line=12,col=1,title=placeholder::the answer"
        )

    def test_sarif_names_rule_and_place(self, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(notes)
        log = json.loads(run("check", "letters.md", "--format", "sarif").stdout)
        (result,) = log["runs"][0]["results"]
        place = result["locations"][0]["physicalLocation"]
        assert (result["ruleId"], result["level"]) == ("placeholder", "warning")
        assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("letters.md", 12)
        assert "placeholder" in {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}

    def test_settings_silence_a_code_everywhere_or_for_some_paths(self, notes: Path) -> None:
        (notes / "deckbuild.toml").write_text('ignore = ["placeholder"]\n')
        assert run("check", notes, "--strict").exit_code == 0
        (notes / "deckbuild.toml").write_text('[paths."l*.md"]\nignore = ["placeholder"]\n')
        assert run("check", notes, "--strict").exit_code == 0
        (notes / "deckbuild.toml").write_text('[paths."x*.md"]\nignore = ["placeholder"]\n')
        assert run("check", notes, "--strict").exit_code == 1

    def test_settings_skip_paths_and_choose_shapes(self, notes: Path) -> None:
        (notes / "draft.md").write_text("## Q: Why?\n**Answer:** Because.\n")
        (notes / "deckbuild.toml").write_text('[paths."draft*"]\nskip = true\n')
        assert {record["source"] for record in records(notes)} == {"letters.md"}
        assert {record["source"] for record in records(notes / "draft.md")} == {"draft.md"}
        (notes / "deckbuild.toml").write_text('[paths."*"]\nshapes = ["item and body"]\n')
        assert {record["kind"] for record in records(notes)} == {"row"}

    def test_no_path_takes_the_sources_of_the_collection(
        self, notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "deckbuild.toml").write_text('sources = ["my notes"]\n')
        monkeypatch.chdir(notes)
        result = run("check")
        assert "letters.md:12: warning: " in result.stderr


class TestSteps:
    def test_the_single_steps_make_what_build_makes(self, notes: Path, tmp_path: Path) -> None:
        run("build", notes, "-o", tmp_path / "out", "--only", "deck,model")
        models = tmp_path / "models"
        assert run("read", notes, "-o", models).exit_code == 0
        assert run("collate", notes, "-m", models, "-o", tmp_path / "library.json").exit_code == 0
        assert run("write", "deck", tmp_path / "library.json", "-o", tmp_path / "x.apkg").exit_code == 0
        assert (tmp_path / "x.apkg").read_bytes() == (tmp_path / "out/my-notes.apkg").read_bytes()
        assert (tmp_path / "library.json").read_bytes() == (tmp_path / "out/my-notes-model.json").read_bytes()

    def test_read_takes_changed_documents_only_and_deletes_models_without_one(
        self, notes: Path, tmp_path: Path
    ) -> None:
        (notes / "b.md").write_text("## Q: Why?\n**Answer:** Because.\n")
        models, changed = tmp_path / "models", tmp_path / "changed"
        run("read", notes, "-o", models)
        model = (models / "b.md.json").read_bytes()
        (models / "b.md.json").write_text("kept")
        changed.write_text("./letters.md\0")
        run("read", notes, "-o", models, "--changed", changed)
        assert (models / "b.md.json").read_text() == "kept"
        (models / "b.md.json").write_bytes(model)
        (notes / "b.md").unlink()
        run("read", notes, "-o", models, "--changed", changed)
        assert not (models / "b.md.json").exists()

    def test_collate_refuses_a_missing_model(self, notes: Path, tmp_path: Path) -> None:
        run("read", notes, "-o", tmp_path / "models")
        (tmp_path / "models/letters.md.json").unlink()
        result = run("collate", notes, "-m", tmp_path / "models", "-o", tmp_path / "library.json")
        assert result.exit_code == 1
        assert "[bad-model]" in result.stderr


def test_help_has_an_example_for_every_command() -> None:
    for name in cli.commands:
        assert f"Example: deckbuild {name} " in run(name, "--help").output


def test_the_names_that_help_shows_are_those_of_the_tables() -> None:
    from deckbuild.cli import arguments as names
    from deckbuild.commands import listing, outputs
    from deckbuild.report import formats

    assert tuple(outputs.OUTPUTS) == names.OUTPUTS
    assert tuple(listing.LISTINGS) == names.LISTINGS
    assert ("text", *formats.FORMS) == names.FORMATS


LOADED = """
import sys
sys.argv[0] = "deckbuild"
from deckbuild.cli import main
try:
    main()
except SystemExit:
    print("loaded:", *sys.modules)
"""
"""Runs a command, then names the modules that it has loaded."""


def loaded(*arguments: str | Path) -> set[str]:
    command = [sys.executable, "-c", LOADED, *map(str, arguments)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return set(told.rpartition("loaded:")[2].split())


def test_help_loads_nothing_of_the_work() -> None:
    ours = {name for name in loaded("build", "--help") if name.startswith("deckbuild.")}
    assert {name.split(".")[1] for name in ours} == {"cli", "machine"}
    assert {name for name in ours if "machine." in name} == {"deckbuild.machine.processes"}


def test_a_check_loads_only_what_reads_and_what_the_document_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DECKBUILD_CACHE", str(tmp_path / "cache"))  # a formula known already loads no engine
    document = tmp_path / "bees.md"
    document.write_text("## Q: How many legs has a bee?\n**Answer:** Six.\n")
    found = loaded("check", document)
    assert "deckbuild.read" in found
    unwanted = {"deckbuild.cards", "deckbuild.package", "deckbuild.paper", "deckbuild.maths.tree"}
    unwanted |= set("genanki jinja2 nh3 pygments quickjs rapidfuzz sqlite3 weasyprint".split())
    unwanted |= set("asyncio html.parser importlib.resources random statistics tempfile xml".split())
    assert found & unwanted == set()
    document.write_text("## Q: What is energy?\n**Answer:** E = mc²\n")
    assert loaded("check", document) & unwanted == {"deckbuild.maths.tree", "quickjs", "sqlite3"}


def test_settings_keep_rows_to_one_way(tmp_path: Path) -> None:
    from deckbuild.collection.collection import one

    (tmp_path / "deckbuild.toml").write_text('reverse = false\n[paths."both.md"]\nreverse = true\n')
    (tmp_path / "a.md").touch()
    found = one((tmp_path,), tmp_path)
    assert not found.preferences("a.md").reverse
    assert found.preferences("both.md").reverse


def test_a_setting_says_what_asks(tmp_path: Path) -> None:
    (tmp_path / "terms.md").write_text(
        "# Diary\n\n## Explain the tides\n\nThe moon pulls.\n\n## Wind\n\nIt blows.\n"
    )
    settings = tmp_path / "deckbuild.toml"
    found = {}
    for asks in ("heading 2", "none"):
        settings.write_text(f'[paths."terms.md"]\nquestions = "{asks}"\n')
        found[asks] = run("list", tmp_path).stdout
    assert [line.partition("qa: ")[2] for line in found["heading 2"].splitlines()] == [
        "Explain the tides",
        "Wind",
    ]
    assert found["none"] == ""


def test_a_setting_reads_the_key_at_the_end_with_what_it_explains(tmp_path: Path) -> None:
    asked = "".join(f"{n}. What is sail {n}?\na) a jib\nb) spinnaker {n}\n\n" for n in (1, 2, 3))
    reasons = ("It is light.", "The wind fills it from behind.", "Others flap there.")
    told = "".join(f"{n}. b) {why}\n" for n, why in enumerate(reasons, 1))
    (tmp_path / "sails.md").write_text(f"# Sails\n\n{asked}## Answer key\n\n{told}")
    (tmp_path / "deckbuild.toml").write_text('[paths."sails.md"]\nquestions = "item"\n')
    found = run("list", tmp_path, "--json").stdout.splitlines()
    answers = [json.loads(line)["answer"] for line in found]
    assert answers == [f"spinnaker {n}\n{why}" for n, why in enumerate(reasons, 1)]


def test_a_folder_of_other_files_is_told_what_it_holds(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf", "c.pptx"):
        (tmp_path / name).touch()
    assert "only files of other kinds: 2 .pdf, 1 .pptx [no-documents]" in run("check", tmp_path).stderr
