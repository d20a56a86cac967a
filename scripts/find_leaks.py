"""Looks for marks of note programs on cards: `[[`, `%%`, `^id`, `#card`, `::`, `{{`, `id::`, `<!--SR` and their kin.

    python scripts/find_leaks.py [FOLDER…]

Every document in the folders (by default that of DECKBUILD_CORPUS) is built by itself, its fields are searched outside
of code and formulas, and each find is printed with the line of its note. Exits with 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from deckbuild.api import build_library
from deckbuild.cards.stored import rendered_notes
from deckbuild.model import Kind
from deckbuild.read import SUFFIXES
from deckbuild.report.diagnostics import Failure

KEPT = re.compile(
    r"<code[ >].*?</code>|<pre[ >].*?</pre>|\\\(.*?\\\)|\\\[.*?\\\]|(?:href|src|title|alt)=\"[^\"]*\"",
    re.DOTALL,
)
"""Code, formulas and addresses, where such signs mean something else."""

CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)
TAG = re.compile(r"<(?:br|/?p|/?li|/?div|/?td|/?tr|/?h\d)\b[^<>]*>")
OTHER = re.compile(r"</?[a-zA-Z][^<>]*>")

MARKS = {
    "wiki link": r"!?\[\[(?![\s\d,.\-\]])[^\[\]\n]*\]\]",
    "comment": r"%%(?!\d)",
    "block id": r"(?:^|\s)\^(?=[a-z0-9-]*[a-z])(?=[a-z0-9-]*[0-9-])[a-zA-Z0-9-]{4,}\s*$",
    "card tag": r"(?:^|\s)#(?:flash-?)?cards?(?:[/-]\w+)?(?=\s|$)",
    "colons": r"(?<![:\w])[\w)?.!*]+\s?:::?\s(?=\S)|\s:::?\s",
    "double braces": r"\{\{|\}\}",
    "property": r"(?:^|\s)(?:id|collapsed|card-[a-z-]+|background-color|created-at|updated-at|deck|tags|alias):: ?",
    "drawer": r"^\s*:(?:LOGBOOK|PROPERTIES|ID|END|ANKI_\w+|CREATED|DRILL_\w+|FC_\w+|SR_\w+):",
    "review": r"<!--\s*(?:SR|ID|fsrs|sr-)|\bSR:!\d|\bID: ?\d{13}\b",
    "block reference": r"\(\([0-9a-f]{8}-[0-9a-f-]{27}\)\)",
    "attributes": r"\{[:#.][\w-][^{}\n]*\}",
    "div": r"^\s*:{3,}",
    "block of a plug-in": r"^\s*(?:START|END|STARTI|ENDI|TARGET DECK)\b\s*(?::|$)",
    "org": r"^\s*#\+[A-Za-z_]+:?|\bCLOCK: \[",
    "setting of an export": r"^\s*#(?:(?:guid|notetype|deck|tags) column|separator|html|columns)\b",
    "footnote": r"\[\^[\w-]+\]",
}
"""What programs write beside the text of their users, by its name."""

FOUND = {name: re.compile(pattern, re.MULTILINE) for name, pattern in MARKS.items()}


def text_of(value: str) -> str:
    """What a learner reads in a field, without code, formulas and clozes."""
    return unescape(OTHER.sub("", TAG.sub("\n", CLOZE.sub(r"\1", KEPT.sub(" ", value)))))


def leaks(path: Path) -> Iterator[tuple[int, str, str]]:
    """The line of the note, the name of the mark, and the text around it, of each in a document's cards."""
    library = build_library(path)
    for entry, note in zip(library.entries, rendered_notes(library), strict=True):
        if entry.note.kind is Kind.FORMULA:
            continue
        for value in note.values[:-1]:
            shown = text_of(value)
            for name, pattern in FOUND.items():
                for match in pattern.finditer(shown):
                    around = shown[max(0, match.start() - 30) : match.end() + 30]
                    yield entry.note.span.line, name, " ".join(around.split())


def main() -> int:
    """Searches all documents of the folders; returns the exit status."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folders", nargs="*", type=Path)
    folders = arguments.parse_args().folders or [Path(os.environ["DECKBUILD_CORPUS"])]
    files = sorted(
        file for folder in folders for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES
    )
    count = cards = 0
    for file in files:
        try:
            found = list(leaks(file))
        except Failure as error:
            print(f"{file}: not read: {error.diagnostics[0].code}", file=sys.stderr)
            continue
        cards += 1
        for line, name, around in found:
            print(f"{file}:{line}: {name}: {around}")
        count += len(found)
    print(f"{count} marks in the cards of {cards} documents")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
