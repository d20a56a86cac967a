"""A folder that somebody else made: what it may not read, run, or write."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from conftest import needs_pango
from deckbuild.cli import cli
from deckbuild.machine import files, replaceable
from deckbuild.machine.deadline import TimeIsUp, deadline
from deckbuild.machine.limited import Exceeded, limited
from deckbuild.machine.templates import folder as our_templates
from deckbuild.paper import rendering
from deckbuild.paper.press import pdf
from deckbuild.paper.press.balance import Box, levels
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.report.headline import headline, printable
from pdf_reading import words

NOTES = "# Sea\n\n## What is ebb?\n\nFalling water.\n\n## What is $E$?\n\n| a | b |\n|---|---|\n| $x$ | 2 |\n"
SECRET = "# Secret\n\n## What is the word?\n\nKestrel.\n"
OBEYED = (
    "# The \x9b31m tide\u202e\n\n## What &#x9b;is \u2066ebb&#27;[2J\x85?\n\nFalling\u2028 \x9d0;x water.\n\n"
    "| a\x9b | b |\n|---|---|\n| c\u202e | ![d](e\u202e.png) |\n"
)
HEAD = '{"record":"lock","schema":1,"namespace":"0123456789abcdef"}\n'


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "notes"
    (root / "looks/print").mkdir(parents=True)
    (root / "deckbuild.toml").write_text('sources = ["."]\n[print]\ntemplates = "looks"\n')
    (root / "sea.md").write_text(NOTES)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text(SECRET)
    monkeypatch.chdir(root)
    return root


def build(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["build", *(arguments or (".",)), "-o", "out"])


def state(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.parent.rglob("*") if path.is_file()}


def refused(root: Path, code: str, *arguments: str) -> str:
    """The error of a build that must change nothing."""
    before = state(root)
    result = build(*arguments)
    assert result.exit_code == 1, result.stderr
    assert f"[{code}]" in result.stderr
    assert state(root) == before
    assert not (root / "out").exists()
    return result.stderr


class TestTemplates:
    pytestmark = needs_pango

    @pytest.mark.parametrize(
        ("template", "line", "why"),
        [
            ("\n{{ cycler.__init__.__globals__ }}", 2, "'cycler' is undefined"),
            ("{{ ''.__class__ }}", 1, "access to attribute '__class__'"),
            ("{{ settings|attr('__init__') }}", 1, "No filter named 'attr'"),
            ("{{ '{0.__class__}'.format(settings) }}", 1, "attribute"),
            ("{{ settings.__class__.__init__.__globals__ }}", 1, "access to attribute '__class__'"),
            ("{% macro m() %}{% endmacro %}{{ m.__globals__ }}", 1, "no attribute '__globals__'"),
            ("{{ self._TemplateReference__context }}", 1, "access to attribute"),
            ("{{ layout.__reduce__() }}", 1, "access to attribute"),
            ("{{ namespace(_fields=['__class__']).__class__ }}", 1, "access to attribute '__class__'"),
            ('{% include "nothing.j2" %}', 1, "nothing.j2"),
            (
                '{% include "../../../outside/secret.md" %}',
                1,
                "there is no template ../../../outside/secret.md in",
            ),
            ('{% include "sheet/sheet.html.j2" %}', 1, "includes or calls itself"),
            ('{% extends "sheet/sheet.html.j2" %}', 1, "includes or calls itself"),
            ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "includes or calls itself"),
            ("\n\n{% for %}", 3, "Expected an expression"),
            ("\n{{ nothing.at }}", 2, "'nothing' is undefined"),
            ("{{ 1 // 0 }}", 1, "ZeroDivisionError"),
            ("{{ 'x' * 99999999999 }}", 1, "memory"),
        ],
    )
    def test_code_and_mistakes_are_refused_at_their_line(
        self, notes: Path, template: str, line: int, why: str
    ) -> None:
        (notes / "looks/sheet").mkdir()
        (notes / "looks/sheet/sheet.html.j2").write_text(template)
        error = refused(notes, "bad-template")
        assert f"sheet.html.j2:{line}: " in error
        assert why in error

    def test_an_endless_template_is_ended(self, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert rendering.SECONDS == 5
        monkeypatch.setattr(rendering, "SECONDS", 1)
        (notes / "looks/sheet").mkdir()
        endless = "{% for n in range(90000) %}{% for n in range(90000) %}{% endfor %}{% endfor %}"
        (notes / "looks/sheet/sheet.html.j2").write_text(endless)
        assert "more than 1 seconds" in refused(notes, "bad-template")

    def test_the_own_style_is_no_template(self, notes: Path) -> None:
        style = "h1::after { content: '{{ 7 * 7 }} {% for </style> {#' } p { color: red }"
        (notes / "looks/print/own.css").write_text(style)
        assert build().exit_code == 0
        assert "{{ 7 * 7 }} {% for </style> {#" in words(PdfReader(io.BytesIO(sheet(notes))))

    def test_ours_do_in_the_sandbox_what_they_do_outside(self, notes: Path) -> None:
        build(".", "--only", "sheet")
        plain = sheet(notes)
        for path in our_templates().rglob("*.j2"):
            copy = notes / "looks" / path.relative_to(our_templates())
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
        assert build(".", "--only", "sheet,booklet,cutouts").exit_code == 0
        assert sheet(notes) == plain

    def test_no_template_gives_itself_more_time(self, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        build(".", "--only", "sheet")
        allowed = []
        bounded = pdf._bounded
        monkeypatch.setattr(
            pdf, "_bounded", lambda name, usual: allowed.append(usual) or bounded(name, usual)
        )
        for content in ("<p>x</p>", "{% for n in range(900) %}<p>{{ n }}</p>{% endfor %}"):
            (notes / "looks/sheet").mkdir(exist_ok=True)
            (notes / "looks/sheet/sheet.html.j2").write_text(content)
            (notes / "looks/print/own.css").write_text("p { color: red }" * len(content))
            assert build(".", "--only", "sheet").exit_code == 0
        assert len(set(allowed)) == 1
        assert allowed[0] < 10_000

    def test_files_outside_are_no_templates(self, notes: Path) -> None:
        (notes / "looks/print/own.css").symlink_to("../../../outside/secret.md")
        assert "deckbuild.toml:3:13: " in refused(notes, "bad-settings")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
    def test_pipes_are_no_templates(self, notes: Path) -> None:
        os.mkfifo(notes / "looks/print/own.css")
        assert "isn't a regular file" in refused_with_pipe(notes)


def refused_with_pipe(root: Path) -> str:
    result = build()
    assert result.exit_code == 1
    assert not (root / "deckbuild.lock").exists()
    return result.stderr


def sheet(root: Path) -> bytes:
    return (root / "out/notes-sheet.pdf").read_bytes()


class TestOutside:
    @pytest.mark.parametrize("source", ["../outside", "../outside/secret.md", "linked"])
    def test_sources_in_settings_are_refused(self, notes: Path, source: str) -> None:
        (notes / "linked").symlink_to("../outside")
        (notes / "deckbuild.toml").write_text(f'name = "x"\nsources = [".", "{source}"]\n')
        before = state(notes)
        result = CliRunner().invoke(cli, ["build", "-o", "out", "--only", "deck"])
        assert result.exit_code == 1
        assert "deckbuild.toml:2:17: error" in result.stderr
        assert state(notes) == before

    def test_linked_documents_are_refused_unless_named(self, notes: Path) -> None:
        (notes / "linked.md").symlink_to("../outside/secret.md")
        assert "linked.md:1: error" in refused(notes, "outside")
        named = build("linked.md", "--only", "deck")
        assert named.exit_code == 0, named.stderr
        assert "3 added" not in named.stderr
        assert (notes / "deckbuild.lock").is_file()
        assert not (notes.parent / "outside/deckbuild.lock").exists()

    def test_a_font_is_refused(self, notes: Path) -> None:
        (notes.parent / "outside/x.ttf").write_bytes(b"x")
        (notes / "deckbuild.toml").write_text('[print]\nfonts = ["../outside/x.ttf"]\n')
        assert "deckbuild.toml:2:10: " in refused(notes, "bad-settings")

    @pytest.mark.parametrize("target", ["../outside/other.lock", "../outside/new.lock", "deckbuild.lock"])
    def test_a_lock_behind_a_link_is_refused(self, notes: Path, target: str) -> None:
        (notes.parent / "outside/other.lock").write_text(HEAD)
        (notes / "deckbuild.lock").symlink_to(target)
        refused(notes, "outside")

    def test_a_link_to_a_lock_inside_stays_a_link(self, notes: Path) -> None:
        (notes / "kept").mkdir()
        (notes / "deckbuild.lock").symlink_to("kept/ours.lock")
        assert build(".", "--only", "deck").exit_code == 0
        assert (notes / "deckbuild.lock").readlink() == Path("kept/ours.lock")
        assert '"question"' in (notes / "kept/ours.lock").read_text()

    def test_a_folder_of_outputs_that_leads_outside_is_refused(self, notes: Path) -> None:
        (notes / "out").symlink_to("../outside")
        before = state(notes)
        result = build()
        assert result.exit_code == 1
        assert "[outside]" in result.stderr
        assert state(notes) == before


class TestWithoutPermission:
    """What a user may not do, root may: there the builds run without that privilege."""

    pytestmark = pytest.mark.skipif(
        sys.platform == "win32" or (os.geteuid() == 0 and not shutil.which("setpriv")),
        reason="all is permitted here",
    )

    @staticmethod
    def build(*arguments: str) -> subprocess.CompletedProcess[str]:
        less = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
        command = (*less, sys.executable, "-m", "deckbuild", "build", *(arguments or (".",)))
        return subprocess.run(
            (*command, "-o", "out", "--only", "deck"), capture_output=True, text=True, check=False
        )

    @pytest.mark.parametrize("closed", ["out", "."])
    def test_nothing_changes_where_something_is_read_only(self, notes: Path, closed: str) -> None:
        assert self.build().returncode == 0
        (notes / "sea.md").write_text(NOTES + "\n## What is flood?\n\nRising water.\n")
        before = state(notes)
        (notes / closed).chmod(0o555)
        result = self.build()
        (notes / closed).chmod(0o755)
        assert (result.returncode, "[unwritable]" in result.stderr) == (1, True), result.stderr
        assert state(notes) == before

    def test_notes_of_a_closed_folder_are_not_gone(self, notes: Path) -> None:
        (notes / "closed").mkdir()
        (notes / "closed/river.md").write_text("# River\n\n## What is a ford?\n\nA shallow place.\n")
        assert self.build().returncode == 0
        before = (notes / "deckbuild.lock").read_bytes()
        (notes / "closed").chmod(0)
        whole, part = self.build(), self.build("sea.md")
        (notes / "closed").chmod(0o755)
        assert (whole.returncode, "closed:1: error" in whole.stderr) == (1, True), whole.stderr
        assert part.returncode == 0, part.stderr
        assert (notes / "deckbuild.lock").read_bytes() == before


class TestNothingIsWritten:
    @pytest.mark.parametrize("command", [["build", "--only", "deck"], ["preview"]])
    def test_so_is_one_below_a_link(self, notes: Path, command: list[str]) -> None:
        (notes / "kept").symlink_to(notes.parent / "outside")
        before = state(notes)
        result = CliRunner().invoke(cli, [*command, ".", "-o", "kept/new"])
        assert (result.exit_code, "[outside]" in result.stderr) == (1, True)
        assert state(notes) == before

    def test_where_an_output_can_not_be_replaced(self, notes: Path) -> None:
        (notes / "out/notes-sheet.pdf").mkdir(parents=True)
        before = state(notes)
        result = build()
        assert result.exit_code == 1
        assert "notes-sheet.pdf:1: error" in result.stderr
        assert state(notes) == before

    @pytest.mark.parametrize("name", ["out/notes.apkg", "deckbuild.lock"])
    @pytest.mark.parametrize("kept", ["immutable", "another user's", "mounted"])
    def test_where_a_file_can_not_be_replaced(
        self, notes: Path, monkeypatch: pytest.MonkeyPatch, name: str, kept: str
    ) -> None:
        """Which is told before any output is made, and of an output before a document is read."""
        assert build(".", "--only", "deck").exit_code == 0
        (notes / "sea.md").write_text(NOTES + "\n## What is flood?\n\nRising water.\n")
        path, opened = notes / name, os.open

        def guarded(file: str | Path, flags: int, *more: int) -> int:
            if Path(file).absolute() == path and flags & os.O_WRONLY:
                raise PermissionError(1, "Operation not permitted")
            return opened(file, flags, *more)

        if kept == "immutable":
            monkeypatch.setattr(os, "open", guarded)
        elif kept == "mounted":
            (notes / "mounts").write_text(f"29 1 254:0 / {path.resolve()} rw - ext4 /dev/x rw\n")
            monkeypatch.setattr(replaceable, "_MOUNTS", notes / "mounts")
        else:
            path.parent.chmod(0o1777)
            monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 7_000)
        monkeypatch.setattr("deckbuild.commands.outputs.made", None)
        if name != "deckbuild.lock":
            monkeypatch.setattr("deckbuild.commands.build.read_documents", None)
        before = state(notes)
        result = build(".", "--only", "deck")
        assert f"{name}:1: error: the output can't be written: it is {kept}" in result.stderr, result.stderr
        assert (result.exit_code, state(notes)) == (1, before)

    def test_the_folder_of_a_new_lock_is_made_with_it(self, notes: Path) -> None:
        (notes / "sea.md").write_text("No notes.\n")
        refused(notes, "no-notes", ".", "--lock", "new/deep/x.lock")
        assert not (notes / "new").exists()

    @pytest.mark.parametrize("lock", ["out/notes.apkg", "out/../out/notes-sheet.pdf", "link.lock"])
    def test_where_the_lock_is_an_output(self, notes: Path, lock: str) -> None:
        (notes / "link.lock").symlink_to("out/notes.apkg")
        assert "notes" in refused(notes, "lock-is-output", ".", "--lock", lock)

    def test_where_the_folder_is_read_only(self, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = os.access
        monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK and real(path, mode))
        refused(notes, "unwritable")

    def test_where_the_disk_is_full_in_the_middle(self, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(path: Path, data: bytes, made: list[Path]) -> Path:
            if path.suffix == ".pdf":
                raise OSError(28, "No space left on device")
            return draft(path, data, made)

        draft = files._draft
        monkeypatch.setattr(files, "_draft", full)
        assert "No space left" in refused(notes, "unwritable")
        assert not list(notes.rglob(".*"))

    def test_where_the_lock_is_broken(self, notes: Path) -> None:
        (notes / "deckbuild.lock").write_text(HEAD + '{"record":"note","x":' + "[" * 90_000 + "\n")
        refused(notes, "bad-lock")


class TestReading:
    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
    @pytest.mark.parametrize("name", ["pipe.md", "deckbuild.lock"])
    def test_pipes_are_not_waited_for(self, notes: Path, name: str) -> None:
        (notes / name).unlink(missing_ok=True)
        os.mkfifo(notes / name)
        result = build()
        assert result.exit_code == 1
        assert f"{name}:1: error" in result.stderr

    def test_the_limit_holds_for_what_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(b"12345")
        assert files.read(tmp_path / "x", 5) == b"12345"
        with pytest.raises(files.TooLarge):
            files.read(tmp_path / "x", 4)

    @pytest.mark.skipif(os.name == "nt", reason="names are text there")
    def test_a_name_that_is_no_text_is_refused(self, notes: Path) -> None:
        Path(os.fsdecode(bytes(notes) + b"/caf\xe9.md")).write_text(NOTES)
        result = build()
        assert result.exit_code == 1
        assert "caf\\udce9.md:1: error" in result.stderr
        assert "[bad-name]" in result.stderr

    def test_terminals_obey_nothing_that_is_told(self) -> None:
        told = headline(Code.UNANSWERED.at("a\n\x1b[2J.md", 1, question="\x1b]0;x\x07 \u202e é 👩"))
        assert told == printable(told)
        assert told.isprintable()

    @pytest.mark.parametrize(
        "command",
        [
            *("list", "list --json", "list --what tables", "list --what ledger --json", "check --verbose"),
            *("check --format json", "check --format sarif", "explain", "diff", "diff --json"),
        ],
    )
    def test_nor_what_is_shown_of_a_document(self, notes: Path, command: str) -> None:
        (notes / "sea.md").write_text(OBEYED, encoding="utf-8")
        name, *options = command.split()
        result = CliRunner().invoke(cli, [name, "sea.md", *options])
        assert result.exit_code in (0, 1), result.stderr
        shown = result.stdout + result.stderr
        assert shown
        assert not set(shown) & set("\x1b\x07\x85\x9b\x9d\u2028\u202e\u2066")


class TestLimits:
    def test_work_is_ended(self) -> None:
        with pytest.raises(Exceeded):
            limited(endless, seconds=1, size=1_000_000_000)
        assert limited(len, "abc", seconds=5, size=1_000_000_000) == 3
        with pytest.raises(ZeroDivisionError):
            limited(divmod, 1, 0, seconds=5, size=1_000_000_000)

    def test_work_in_this_process_is_ended(self) -> None:
        with pytest.raises(TimeIsUp), deadline(0.1):
            endless()
        with deadline(60):
            pass

    def test_a_page_of_many_boxes_is_levelled(self) -> None:
        boxes = {f"b{n}": Box(0, 10 * n, 90, 10 * n + 8) for n in range(200)}
        found = levels(boxes, 5)
        assert found.starts == {"b40", "b80", "b120", "b160"}

    @pytest.mark.parametrize("table", ["|" + " a |" * 61 + "\n|" + "---|" * 61 + "\n|" + " b |" * 61 + "\n"])
    @needs_pango
    def test_a_table_that_no_paper_holds_is_told(self, notes: Path, table: str) -> None:
        (notes / "sea.md").write_text(f"# Sea\n\n{table}\n## What is ebb?\n\nFalling water.\n")
        result = build(".", "--only", "sheet")
        assert result.exit_code == 0
        assert "sea.md:3: warning" in result.stderr
        assert "[large-table]" in result.stderr
        assert "61 columns, 1 row)" in result.stderr
        assert " b " not in words(PdfReader(io.BytesIO(sheet(notes))))

    @pytest.mark.parametrize("kind", ["sheet", "booklet", "cutouts"])
    @needs_pango
    def test_so_is_one_whose_rows_are_questions(self, notes: Path, kind: str) -> None:
        rows = "".join(f"| word {n} | its meaning {n} |\n" for n in range(2001))
        (notes / "sea.md").write_text(
            f"# Sea\n\n| Word | Meaning |\n|---|---|\n{rows}\n## What is ebb?\n\nFalling water.\n"
        )
        result = build(".", "--only", kind)
        assert result.exit_code == 0
        assert "2,001 rows" in result.stderr
        (made,) = (notes / "out").glob("*.pdf")
        text = words(PdfReader(made))
        assert "Falling water" in text
        assert "meaning 7" not in text

    @pytest.mark.parametrize("kind", ["sheet", "booklet"])
    @needs_pango
    def test_the_head_of_rows_that_became_questions_is_no_table(self, notes: Path, kind: str) -> None:
        rows = "".join(f"| What is word {n}? | Its meaning {n} |\n" for n in range(4))
        (notes / "sea.md").write_text(f"# Sea\n\n| Question | Answer |\n|---|---|\n{rows}")
        assert build(".", "--only", kind).exit_code == 0
        (made,) = (notes / "out").glob("*.pdf")
        text = words(PdfReader(made))
        assert "meaning 3" in text
        assert "Question Answer" not in text


class TestIdleSettings:
    @pytest.mark.parametrize(
        ("settings", "told"),
        [
            ("reverse = true\n", []),
            ('[paths."drafts/*"]\nskip = true\n', ["deckbuild.toml:1:8"]),
            ('[paths."*.md"]\nreverse = false\n', ["deckbuild.toml:2:1"]),
            ('[paths."*.md"]\nignore = ["unanswered"]\n', []),
            ('[paths."*.md"]\nshapes = ["heading and body"]\n', []),
            ('[paths."*.md"]\nshapes = ["heading and body",\n"columns"]\n', ["deckbuild.toml:3:1"]),
            ('[formulas]\n"Falling water" = { text = true }\n', []),
            ('[formulas]\n\n"v_i" = { latex = "v_i" }\n', ["deckbuild.toml:3:1"]),
        ],
    )
    def test_they_are_told(self, notes: Path, settings: str, told: list[str]) -> None:
        (notes / "sea.md").write_text(
            "# Sea\n\n## What is ebb?\n\nFalling water.\n\n## What is flood?\n\nRising water.\n"
        )
        (notes / "deckbuild.toml").write_text(settings)
        lines = CliRunner().invoke(cli, ["check", "."]).stderr.splitlines()
        assert [line.partition(": ")[0] for line in lines if "[idle-setting]" in line] == told

    @pytest.mark.parametrize(
        "settings",
        ["sources = [" + '"sea.md",' * 1001 + "]", "".join(f"paths.p{n}.skip = true\n" for n in range(1001))],
    )
    def test_more_than_a_collection_has_is_refused(self, notes: Path, settings: str) -> None:
        (notes / "deckbuild.toml").write_text(settings)
        result = CliRunner().invoke(cli, ["check"])
        assert result.exit_code == 1
        assert "deckbuild.toml:1:1: error: " in result.stderr
        assert "1,001" in result.stderr

    def test_a_source_that_is_not_there_says_nothing_to_the_terminal(self, notes: Path) -> None:
        (notes / "deckbuild.toml").write_text('sources = ["a\\u001b[31m.md"]\n')
        result = CliRunner().invoke(cli, ["check"])
        assert result.exit_code == 2
        assert "\x1b" not in result.stderr

    def test_shapes_that_no_note_can_have_are_mistakes(self, notes: Path) -> None:
        (notes / "deckbuild.toml").write_text('[paths."*.md"]\nshapes = ["table row", "item an body"]\n')
        result = CliRunner().invoke(cli, ["check", "."])
        assert result.exit_code == 1
        assert "deckbuild.toml:2:24: error: " in result.stderr
        assert "there is no shape item an body; did you mean item and body?" in result.stderr

    def test_reverse_has_an_effect_on_rows(self, notes: Path) -> None:
        (notes / "deckbuild.toml").write_text("reverse = true\n")
        (notes / "sea.md").write_text(
            "# Sea\n\n| Tide | Water |\n|---|---|\n| Ebb | falls |\n| Flood | rises |\n"
        )
        assert "idle-setting" not in CliRunner().invoke(cli, ["check", "."]).stderr


class TestModels:
    """The files between the steps of make."""

    @pytest.mark.parametrize("linked", ["m", "m/deep"])
    def test_none_is_written_behind_a_link(self, notes: Path, linked: str) -> None:
        (notes / "m").mkdir(exist_ok=True)
        (notes / "deep").mkdir()
        (notes / "deep/sea.md").write_text(NOTES)
        if linked == "m":
            (notes / "m").rmdir()
        (notes / linked).symlink_to(notes.parent / "outside")
        result = CliRunner().invoke(cli, ["read", ".", "-o", "m"])
        assert (result.exit_code, "[outside]" in result.stderr) == (1, True)
        assert [path.name for path in (notes.parent / "outside").iterdir()] == ["secret.md"]

    def test_only_models_are_deleted(self, notes: Path) -> None:
        (notes / "m").mkdir()
        (notes / "m/mine.json").write_text('{"a": 1}')
        for name in ("sea.md", "river.md"):
            (notes / name).write_text(NOTES)
        assert CliRunner().invoke(cli, ["read", "sea.md", "river.md", "-o", "m"]).exit_code == 0
        (notes / "river.md").unlink()
        assert CliRunner().invoke(cli, ["read", "sea.md", "-o", "m"]).exit_code == 0
        assert sorted(path.name for path in (notes / "m").iterdir()) == ["mine.json", "sea.md.json"]

    @pytest.mark.parametrize("folder", [".", ".."])
    def test_none_lies_among_the_documents(self, notes: Path, folder: str) -> None:
        before = state(notes)
        result = CliRunner().invoke(cli, ["read", ".", "-o", folder])
        assert (result.exit_code, "[unwritable]" in result.stderr) == (1, True)
        assert state(notes) == before

    @pytest.mark.parametrize("content", ['{"a":' * 200_000, '{"root":' + "[" * 200_000, "pipe"])
    def test_odd_ones_are_refused(self, notes: Path, content: str) -> None:
        if content == "pipe":
            os.mkfifo(notes / "l.json")
        else:
            (notes / "l.json").write_text(content)
        result = CliRunner().invoke(cli, ["write", "deck", "l.json", "-o", "x.apkg"])
        assert (result.exit_code, "[bad-model]" in result.stderr) == (1, True)


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("stuck", [(), ("a.txt",)])
def test_a_refused_file_puts_the_others_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool, stuck: tuple[str, ...]
) -> None:
    """Files of others in a sticky folder, mount points and files that are open on Windows refuse at the end."""
    old, new, last = (tmp_path / name for name in ("a.txt", "new/b.txt", "c.txt"))
    old.write_text("old")
    last.write_text("old")
    before = state(tmp_path)
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if target == last or (self.name.endswith(".old") and target.name in stuck):
            raise PermissionError(1, "Operation not permitted")
        return replace(self, target)

    def no_links(*arguments: object, **how: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "replace", refused)
    if not linked:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(Failure) as failure:
        files.write_all([(old, b"1"), (new, b"2"), (last, b"3")])
    told = [(Path(d.source).name, d.message) for d in failure.value.diagnostics]
    assert told[0] == ("c.txt", "the output can't be written: Operation not permitted")
    if stuck:
        assert "can't be put back" in told[1][1]
        assert (told[1][0], old.read_text(), last.read_text()) == ("a.txt", "1", "old")
    else:
        assert (len(told), state(tmp_path)) == (1, before)


def test_a_failure_is_no_traceback(notes: Path) -> None:
    with pytest.raises(Failure):
        files.refuse_unwritable(notes)


def endless() -> None:
    while True:
        pass


def test_messages_name_the_reason_and_stay_short(notes: Path) -> None:
    (notes / "sea.md").write_text(f"# Sea\n\n## What is $\\a{{{'x' * 2_000}}}$?\n\nWater.\n")
    (notes / "deckbuild.toml").write_text(f'exclude = ["{"**/" * 2_000}x"]\n')
    said = CliRunner().invoke(cli, ["check", "."]).stderr
    assert "idle-setting" in said
    assert max(map(len, said.splitlines())) < 700
    (notes / "deckbuild.toml").write_text('exclude = ["**"]\n')
    said = CliRunner().invoke(cli, ["check", "."]).stderr
    assert "no documents here but those that deckbuild.toml excludes or skips: 1 " in said
    (notes / "deckbuild.toml").write_text('NAME = "x"\nexclude = ["old"]\n')
    assert "there is no setting NAME; did you mean name?" in CliRunner().invoke(cli, ["check", "."]).stderr
    (notes / "deckbuild.toml").write_text('[print]\npaper = "A4"\n')
    assert "did you mean a4?" in CliRunner().invoke(cli, ["check", "."]).stderr
    (notes / "deckbuild.toml").unlink()
    (notes / "round.md").symlink_to("round.md")
    said = CliRunner().invoke(cli, ["check", "."]).stderr
    assert "round.md:1: error: the file can't be read: its link leads round in a circle [unreadable]" in said
