"""One note of a document in a random layout is edited, deleted or inserted: the others stay what they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from deckbuild.decode.source import decode
from deckbuild.identity.collate import Collated, collate
from deckbuild.identity.lock import Lock
from deckbuild.model import SourceSpan
from deckbuild.read import extract
from layouts.sample import documents

SEEDS = range(60)
FEWEST = 5
"""Notes of a document that a layout shows in, with one of them gone."""
MOST_UNREAD = 2
"""Documents that a change in the middle breaks: numbers that a key answers are out of step then."""

Lines = list[str]


def collated(lines: Lines, lock: Lock) -> Collated:
    return collate([extract(decode("\n".join(lines).encode(), "a.md"))], lock, 1, "N")


def edit(lines: Lines, span: SourceSpan) -> Lines:
    last = span.end_line - 1
    return [*lines[:last], f"{lines[last].rstrip('.')} indeed", *lines[last + 1 :]]


def delete(lines: Lines, span: SourceSpan) -> Lines:
    return [*lines[: span.line - 1], *lines[span.end_line :]]


def insert(lines: Lines, span: SourceSpan) -> Lines:
    """A note of the same layout in other words, above the note."""
    start = span.line - 1
    new = [line.replace("e", "o") for line in lines[start : span.end_line]]
    parted = [""] if not lines[start - 1] else []
    return [*lines[:start], *new, *parted, *lines[start:]]


@cache
def drawn(seed: int) -> tuple[Lines, Collated]:
    """A document, and what it gives at first."""
    text = documents(seed).text
    lines = (text.decode("utf-8", "replace") if isinstance(text, bytes) else text).split("\n")
    return lines, collated(lines, Lock("0123456789abcdef"))


@pytest.mark.parametrize("change", [edit, delete, insert])
def test_the_others_keep_their_cards(change: Callable[[Lines, SourceSpan], Lines]) -> None:
    lost = others = unread = 0
    for seed in SEEDS:
        lines, before = drawn(seed)
        if len(before.library.entries) < FEWEST:
            continue
        one = Random(seed).choice(before.library.entries[1:-1])
        after = collated(change(lines, one.note.span), before.lock)
        if len(after.library.entries) < len(before.library.entries) - 1:
            unread += 1
            continue
        old = {entry.guid for entry in before.library.entries if entry is not one}
        lost += len(old - {entry.guid for entry in after.library.entries})
        others += len(old)
    assert others > 500
    assert unread <= MOST_UNREAD
    assert lost == 0
