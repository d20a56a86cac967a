"""What users can meet is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deckbuild.cli import cli
from deckbuild.diagnostics import Code

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


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_every_module_of_the_package_is_in_the_design() -> None:
    design = (ROOT / "docs/design.md").read_text()
    modules = {path.stem for path in (ROOT / "src/deckbuild").rglob("*.py") if not path.stem.startswith("__")}
    assert sorted(module for module in modules if f"`{module}`" not in design) == []
