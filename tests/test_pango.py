"""Without Pango the user learns the command that installs it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import needs_pango
from deckbuild.cli import cli
from deckbuild.paper.press.pango import command_here, pango_command
from deckbuild.paper.press.pdf import pdf
from deckbuild.report.diagnostics import Failure

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@pytest.mark.parametrize(
    ("os_release", "platform", "command"),
    [
        (DEBIAN, "linux", APT),
        ("ID=ubuntu\nID_LIKE=debian\n", "linux", APT),
        (MINT, "linux", APT),
        ("ID=fedora\n", "linux", "dnf install pango"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "linux", "dnf install pango"),
        ("ID=arch\n", "linux", "pacman -S pango"),
        ("", "darwin", "brew install pango"),
        ("", "win32", "pacman -S mingw-w64-ucrt-x86_64-pango (in a shell of MSYS2)"),
        ("ID=plan9\n# no shell here\n", "linux", "your package manager (the package is mostly called pango)"),
        ("", "linux", "your package manager (the package is mostly called pango)"),
    ],
)
def test_the_command_fits_the_system(os_release: str, platform: str, command: str) -> None:
    assert pango_command(os_release, platform) == command


def test_the_module_prints_the_command_for_this_system() -> None:
    run = [sys.executable, "-m", "deckbuild.paper.press.pango"]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == f"{command_here()}\n"


class WithoutPango(MetaPathFinder):
    """Imports WeasyPrint as where Pango is missing."""

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'")
        return None


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [WithoutPango(), *sys.meta_path])
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.usefixtures("without_pango")
def test_without_pango_the_sheet_fails_with_the_command() -> None:
    with pytest.raises(Failure) as failure:
        pdf("<p>text", "notes-sheet.pdf")
    (diagnostic,) = failure.value.diagnostics
    assert (diagnostic.source, diagnostic.code) == ("notes-sheet.pdf", "no-pango")
    assert diagnostic.hint == f"install it with: {command_here()}"


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sea.md").write_text("# Sea\n\n## What is ebb?\n\nFalling water.\n")
    return tmp_path


def build(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["build", "sea.md", "-o", "out", *arguments])


@pytest.mark.usefixtures("without_pango")
def test_without_pango_a_build_makes_the_deck_and_says_why_there_is_no_sheet(notes: Path) -> None:
    result = build()
    assert result.exit_code == 0
    assert [path.name for path in (notes / "out").iterdir()] == ["sea.apkg"]
    assert "out/sea-sheet.pdf:1: warning" in result.stderr.replace(os.sep, "/")
    assert f"install it with: {command_here()}" in result.stderr


@pytest.mark.usefixtures("without_pango")
@pytest.mark.parametrize("arguments", [["--only", "deck,sheet"], ["--only", "sheet"], ["--strict"]])
def test_without_pango_nothing_is_built_where_the_sheet_must_be(notes: Path, arguments: list[str]) -> None:
    result = build(*arguments)
    assert result.exit_code == 1
    assert "[no-pango]" in result.stderr
    assert [path.name for path in notes.iterdir()] == ["sea.md"]


@needs_pango
def test_loading_asks_no_other_program() -> None:
    code = "import subprocess, deckbuild.paper.press.pdf as press; subprocess.Popen = None; press.pdf('<p>x', 'x.pdf')"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
