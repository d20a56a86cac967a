"""docs/coverage.md is as its script writes it, and leaves out no entry of the checklist."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_page_is_as_the_script_writes_it() -> None:
    script = [sys.executable, str(ROOT / "scripts" / "coverage.py"), "--check"]
    assert subprocess.run(script, check=False).returncode == 0, "`python scripts/coverage.py` writes it anew"


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


def test_every_follow_up_question_is_answered_in_the_collection() -> None:
    command = [sys.executable, "-m", "deckbuild", "list", "--what", "notes", "--json", "sources"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    notes = [json.loads(line) for line in listed.stdout.splitlines()]
    asked = {note["question"] for note in notes}
    assert {note["extras"].get("follow-up") for note in notes} - {None} <= asked
