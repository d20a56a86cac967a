"""Show what extraction makes of a document: its units with their signatures, then all patterns with their evidence.

`show_patterns.py FILE` prints each unit with what its signature says, and each pattern, the likeliest first: its
probability, its kind, what its heads share, what speaks for it and against it, and the questions that it would give.
A pattern gives notes where none ahead of it took their lines (`extract/patterns/choose.py`). Marks of note programs
are not taken off, and formats that are no text are not read.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from deckbuild.decode.source import load
from deckbuild.extract.page.page import Page, page
from deckbuild.extract.page.signature import Signature
from deckbuild.extract.patterns.pattern import Pattern
from deckbuild.extract.patterns.patterns import patterns
from deckbuild.extract.patterns.sure_layouts import judged
from deckbuild.extract.patterns.weigh import expanded, weights
from deckbuild.model.text import block_text
from deckbuild.read import reading_of
from deckbuild.syntax import markdown
from deckbuild.syntax.units import units

MOST_SHOWN = 5
"""Pieces of evidence on each side, and questions of a pattern."""

WIDTH = 60
"""Characters of a text that are shown."""


def shown_units(seen: Page) -> Iterator[str]:
    """A line for each unit: its number, what it is, what its signature says, and its text."""
    for unit, sign in zip(seen.units, seen.signs, strict=True):
        yield f"{unit.line:5} {unit.kind:8} {said(sign):40} {unit.text[:WIDTH]}"


def said(sign: Signature) -> str:
    """What a signature says; places in the text are left out."""
    places = ("body", "behind_letter", "value")
    fields = ((name, getattr(sign, name)) for name in sign.__struct_fields__ if name not in places)
    return ", ".join(f"{name} {value}" for name, value in fields if value)


def shown_pattern(chance: float, pattern: Pattern) -> Iterator[str]:
    """A pattern with its evidence and its questions."""
    yield f"{chance:.2f} {pattern.kind}: {pattern.name}"
    row = weights().get(pattern.kind, {})
    weighed = [(row.get(name, 0.0) * value, name) for name, value in expanded(pattern.features).items()]
    for word, side in (("for", sorted(weighed, reverse=True)), ("against", sorted(weighed))):
        told = [
            f"{name} {weight:+.1f}" for weight, name in side[:MOST_SHOWN] if (weight > 0) == (word == "for")
        ]
        yield f"     {word}: {', '.join(told) or 'nothing'}"
    for note in pattern.notes[:MOST_SHOWN]:
        asked = " ".join(block_text(note.question).split())
        yield f"     {note.span.line}-{note.span.end_line}: {asked[:WIDTH]}"


def main() -> None:
    """Print the units and patterns of the file that the command line names."""
    parser = argparse.ArgumentParser(description="Show the units and the patterns of a document.")
    parser.add_argument("file", type=Path)
    file = parser.parse_args().file
    source = load(file, file.name)
    reading = reading_of(source)
    lines = reading.lines if reading else source.lines
    blocks = markdown.blocks(lines)
    seen = page(file.stem, units(lines, blocks))
    print(*shown_units(seen), "", sep="\n")
    for chance, pattern in sorted(judged(patterns(seen, blocks)), key=lambda pair: -pair[0]):
        print(*shown_pattern(chance, pattern), "", sep="\n")


if __name__ == "__main__":
    main()
