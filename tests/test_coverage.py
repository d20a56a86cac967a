"""docs/coverage.md is as its script writes it, and leaves out no entry of the checklist."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """What scripts/coverage.py defines; it lists the collection once for all tests."""
    found = runpy.run_path(str(ROOT / "scripts" / "coverage.py"))
    notes = found["listed"]()
    found["main"].__globals__["listed"] = lambda: notes
    return {**found, "notes": notes}


def test_the_page_is_as_the_script_writes_it(script: dict[str, Any]) -> None:
    assert script["main"](["--check"]) == 0, "`python scripts/coverage.py` writes it anew"


def test_every_entry_of_the_checklist_is_covered(corpus: Path) -> None:
    wanted = set()
    for path in sorted((corpus / "gold").glob("[0-9]*.json")):
        labels, document = json.loads(path.read_text(encoding="utf-8")), path.name[:3]
        wanted |= {f"{document}:{pair['id']}" for pair in labels["pairs"]}
        wanted |= {f"{document}:table:{table['line']}" for table in labels["tables"]}
        wanted |= {
            f"{document}:formula:{formula['line']}"
            for formula in labels["formulas"]
            if formula["confidence"] == "must"
        }
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8"), re.M)
    assert {entry for row in rows for entry in row.split(", ") if entry[0].isdigit()} == wanted


def test_every_follow_up_question_is_answered_in_the_collection(script: dict[str, Any]) -> None:
    asked = {note["question"] for note in script["notes"]}
    assert {note["extras"].get("follow-up") for note in script["notes"]} - {None} <= asked
