"""What users can meet is documented."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from deckbuild.cli import cli
from deckbuild.report.diagnostics import Code

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert (
        f"`{name}`" in (ROOT / "README.md").read_text()
        or f"deckbuild {name}" in (ROOT / "README.md").read_text()
    )


@pytest.mark.parametrize("code", Code, ids=[code.slug for code in Code])
def test_every_diagnostic_is_documented_with_its_severity(code: Code) -> None:
    assert f"| `{code.slug}` | {code.severity} |" in (ROOT / "docs/diagnostics.md").read_text()


def test_every_diagnostic_is_expected_by_a_test() -> None:
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    text = "\n".join(path.read_text() for path in [*tests, *(ROOT / "tests/fixtures").rglob("*.md")])
    told = {name.lower().replace("_", "-") for name in re.findall(r"Code\.([A-Z_]+)", text)}
    told |= set(re.findall(r"(?:\[|[\"'](?:\d+ )?)([a-z][a-z0-9-]+)(?:\\?\]|[\"'])", text))
    assert {code.slug for code in Code} - told == set()


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_the_design_tells_the_steps_in_the_order_of_their_imports() -> None:
    """Folders and modules of the package, from what all others import up to the command line."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    told = re.findall(r"^\*\*`(\w+)`\*\*", (ROOT / "docs/design.md").read_text(), re.MULTILINE)
    assert told == [layer for layer in reversed(layers) if layer != "__main__"]
    rooms = {
        path.stem for path in (ROOT / "src/deckbuild").iterdir() if path.suffix == ".py" or path.is_dir()
    }
    assert set(layers) == rooms - {"__init__", "__pycache__"}


def test_what_the_design_names_is_there() -> None:
    """Each word in code type that looks like a module, folder or command of ours is one."""
    package = ROOT / "src/deckbuild"
    names = {path.stem for path in package.rglob("*") if path.is_dir() or path.suffix == ".py"}
    names |= set(cli.commands)
    known = {"modified", "build"}
    said = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs/design.md").read_text()))
    assert said - names - known == set()
