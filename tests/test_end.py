"""How the command ends where the system, the terminal or the installation fails: one sentence, never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from deckbuild import __main__ as entry

ROOT = Path(__file__).parents[1]


def deckbuild(*arguments: str, before: str = "", cwd: Path = ROOT, **how: object) -> tuple[int, str]:
    """Status and stderr of the command in a process of its own, where `before` has run."""
    start = f"import sys; sys.argv[1:] = {list(arguments)!r}\nfrom deckbuild.__main__ import main\n{before}\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", start],
        cwd=cwd,
        text=True,
        **{"stdout": subprocess.PIPE, **how},
        stderr=subprocess.PIPE,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "bees.md"
    path.write_text("## Q: How many legs has a bee?\n**Answer:** Six.\n")
    return path


@pytest.mark.parametrize(
    ("module", "package"),
    [("click", "click"), ("markdown_it", "markdown-it-py"), ("msgspec", "msgspec")],
)
def test_a_missing_package_is_named_with_the_command_that_installs_it(
    document: Path, module: str, package: str
) -> None:
    status, told = deckbuild("list", str(document), before=f"sys.modules[{module!r}] = None")
    assert status == 1
    assert f"error: the Python package {package} is missing\n" in told
    assert told.endswith(f"-m pip install --upgrade {package}\n")


def test_each_package_is_named_as_it_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=;]", line)[0] for line in project["dependencies"]}
    modules = {
        module: package.lower()
        for module, packages in packages_distributions().items()
        for package in packages
        if package.lower() in declared and re.search(rf"^\s*(import|from) {module}\b", SOURCES, re.MULTILINE)
    }
    assert len(modules) >= 15
    assert {m: entry.package_of(m) for m in modules} == modules


SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))


def test_a_mistake_of_ours_goes_into_a_file(document: Path, tmp_path: Path) -> None:
    broken = "import deckbuild.read as r\ndef fail(*a): raise ZeroDivisionError('by zero')\nr.extract = fail"
    environment = {**os.environ, "TMPDIR": str(tmp_path), "DECKBUILD_CACHE": ""}
    status, told = deckbuild("list", str(document), before=broken, env=environment)
    assert status == 1
    assert "made a mistake: ZeroDivisionError: by zero" in told
    (log,) = tmp_path.glob("deckbuild-*.log")
    assert str(log) in told
    assert "ZeroDivisionError" in log.read_text()


def test_an_interruption_before_the_command_has_begun_is_no_traceback() -> None:
    broken = "import deckbuild.cli\ndef stop(): raise KeyboardInterrupt\ndeckbuild.cli.main = stop"
    assert deckbuild("--help", before=broken) == (1, "deckbuild: error: interrupted\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [("--help",), ("list", "bees.md"), ("list", "bees.md", "--json")])
def test_a_full_disk_behind_stdout_is_one_sentence(document: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        status, told = deckbuild(*arguments, cwd=document.parent, stdout=full)
    assert status == 1
    assert "No space left on device" in told


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_closed_streams_lose_nothing(document: Path, closed: int) -> None:
    before = f"import os; os.close({closed}); sys.{('stdin', 'stdout', 'stderr')[closed]} = None"
    status, _ = deckbuild("build", "bees.md", "--only", "deck", cwd=document.parent, before=before)
    assert status == 0
    assert (document.parent / "build/bees.apkg").is_file()


def test_closed_standard_input_is_no_document(tmp_path: Path) -> None:
    status, told = deckbuild("check", "-", cwd=tmp_path, before="sys.stdin = None")
    assert status == 2
    assert told.endswith("there is no standard input\n")


@pytest.mark.parametrize("arguments", [("check",), ("check", "bees.md"), ("build",)])
def test_a_folder_that_is_gone_is_said_so(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    status, told = deckbuild(*arguments, cwd=gone, before="import os; os.rmdir(os.getcwd())")
    assert status == 1
    assert "the current folder does not exist any more" in told
