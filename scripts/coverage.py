"""Writes docs/coverage.md: where the example collection answers each entry of the checklist.

    python scripts/coverage.py            writes the page
    python scripts/coverage.py --check    exits with 1 where the page is out of date

`coverage.tsv` beside this file says, for each entry, which question, row or formula answers it; the lines
come from `deckbuild list`, so the page follows the documents.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TOPICS = ROOT / "scripts" / "coverage.tsv"
PAGE = ROOT / "docs" / "coverage.md"

HEAD = """# What the example collection covers

Written by `scripts/coverage.py`; don't edit it. The checklist is made of five public documents of interview
questions: 146 questions, 16 tables and the formulas that must be found in them. An entry is named by document
and label, tables and formulas by their line. The subjects are theirs, the words and answers are ours.

`tests/test_coverage.py` holds the page against the labels where `DECKBUILD_CORPUS` names their folder.
"""


def topics() -> Iterator[tuple[list[str], str, list[str]]]:
    """Of each line of coverage.tsv: ids of the checklist, topic, titles of the notes that answer it."""
    lines = [line for line in TOPICS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for ids, topic, ours in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield ids.split(), topic, ours.split(" || ")


def listed() -> list[dict[str, Any]]:
    """All notes of the example collection, as `deckbuild list` shows them."""
    command = [sys.executable, "-m", "deckbuild", "list", "--what", "notes", "--json", "sources"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    return [json.loads(line) for line in told.stdout.splitlines()]


def places(notes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Each note's question, row key or formula name, with `path:line` of where it first stands."""
    found: dict[str, str] = {}
    for note in notes:
        found.setdefault(note["question"], f"{note['source']}:{note['line']}")
    return found


def page(found: Mapping[str, str]) -> str:
    """The text of docs/coverage.md; a title that no note has raises KeyError."""
    parts: dict[str, list[str]] = {"Questions": [], "Tables": [], "Formulas": []}
    for ids, topic, ours in topics():
        kind = ids[0].split(":")[1]
        part = {"table": "Tables", "formula": "Formulas"}.get(kind, "Questions")
        where = ", ".join(f"[{found[title]}](../{found[title].split(':')[0]})" for title in ours)
        parts[part].append(f"| {', '.join(ids)} | {topic} | {where} |")
    tables = (
        f"\n## {part}\n\n| checklist | topic | where |\n|---|---|---|\n" + "\n".join(rows) + "\n"
        for part, rows in parts.items()
    )
    return HEAD + "".join(tables)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` tell by the exit status whether it is as it would be written."""
    text = page(places(listed()))
    if arguments == ["--check"]:
        return int(PAGE.read_text(encoding="utf-8") != text)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
