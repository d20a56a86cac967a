"""`deckbuild duplicates`: notes that ask the same, side by side, and what the author decides of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, zip_longest
from shutil import get_terminal_size
from textwrap import wrap

import click
from msgspec.structs import replace

from deckbuild.collection.settings import LOCK
from deckbuild.commands.context import Context, known_lock
from deckbuild.commands.lock_edits import place_of
from deckbuild.commands.look import library
from deckbuild.identity import lock
from deckbuild.identity.collate import Collated
from deckbuild.identity.lock import Decision, Lock
from deckbuild.machine import files, folders
from deckbuild.model import Duplicates, Entry
from deckbuild.model.text import block_text
from deckbuild.report.counted import counted
from deckbuild.report.diagnostics import Code
from deckbuild.report.headline import fitted, printable
from deckbuild.report.report import shown_path

_NARROWEST = 36
"""Columns of a terminal that a note takes at least."""
_MOST_LINES = 8
"""Lines of an answer that are shown."""


def show(context: Context, related: bool) -> None:
    """Print the groups of notes that ask the same, with `related` also the pairs that ask nearly the same."""
    before = known_lock(context.collection) or lock.new()
    made = library(context, before, grouped=True)
    if made is None:
        return
    wanted = [group for group in made.groups if related or group.verdict == "same"]
    for number, group in enumerate(wanted, 1):
        for line in _group(number, group, made, before):
            click.echo(line)
    left = len(made.groups) - len(wanted)
    context.report.say(
        f"{counted(len(wanted), 'group')}, {made.undecided} of them undecided"
        + (f"; --related shows {counted(left, 'pair')} that ask nearly the same" if left else "")
    )


def decide(context: Context, joined: Sequence[tuple[str, str]], kept: Sequence[tuple[str, str]]) -> None:
    """Keep in the lock what the author says of pairs of notes, each named by `path:line` or by its guid.

    Of those `joined` the first stands for the second, those `kept` stay two cards. It counts from the next build
    on. A pair that was decided before is decided anew.
    """
    with folders.alone(context.collection.root):
        before = lock.load(context.collection.lock) or lock.new()
        made = library(context, before, grouped=True)
        if made is None:
            return
        said = []
        for verdict, pairs in (("join", joined), ("keep", kept)):
            for names in pairs:
                guids = [_guid(name, made, before, context) for name in names]
                if guids[0] and guids[0] == guids[1]:
                    context.report.add([Code.SETTLED_TWICE.at(LOCK, 1, what=f"note {names[0]}")])
                said.append(Decision(guids[0], guids[1], verdict, context.now))  # type: ignore[arg-type]
        if not context.report.failed:
            _keep(context, before, said)


def review(context: Context) -> None:
    """Ask for each undecided group which note stands for the others, or whether all are kept."""
    with folders.alone(context.collection.root):
        before = lock.load(context.collection.lock) or lock.new()
        made = library(context, before, grouped=True)
        if made is None:
            return
        apart = {decision.pair for decision in before.decisions}
        said: list[Decision] = []
        cards = made.library.entries
        for group in made.library.groups:
            guids = [cards[at].guid for at in group.members]
            if group.verdict != "same" or all(two in apart for two in combinations(sorted(guids), 2)):
                continue
            for line in _side_by_side([cards[at] for at in group.members], {}):
                click.echo(printable(line), err=True)
            choices = click.Choice([*map(str, range(1, len(guids) + 1)), "k", "s", "q"])
            asked = "The number of the note that stands for all, k(eep all), s(kip), q(uit)"
            try:
                answer = str(click.prompt(asked, type=choices, show_choices=False, err=True))
            except click.Abort:  # the input ends, or Ctrl-C
                break
            if answer == "q":
                break
            if answer == "k":
                said += (Decision(*two, "keep", context.now) for two in combinations(guids, 2))
            elif answer != "s":
                first = guids[int(answer) - 1]
                said += (Decision(first, guid, "join", context.now) for guid in guids if guid != first)
        if said:
            _keep(context, before, said)


def _keep(context: Context, before: Lock, said: Sequence[Decision]) -> None:
    known = {decision.pair: decision for decision in (*before.decisions, *said)}
    after = replace(before, decisions=tuple(known[two] for two in sorted(known)))
    files.write(context.collection.lock, lock.dump(after))
    context.report.say(f"{shown_path(context.collection.lock)}: {len(said)} decided, from the next build on")


def _guid(name: str, made: Collated, before: Lock, context: Context) -> str:
    """The guid of a note that the lock knows, by its guid or its place; else nothing, and a report."""
    known = {record.guid for record in before.notes if not record.removed}
    places = {(entry.source, entry.note.span.line): entry.guid for entry in made.entries}
    guid = name if name in known else places.get(place_of(name, context.collection), "")
    if guid in known:
        return guid
    context.report.add([Code.NO_SUCH_NOTE.at(LOCK, 1, what="note in the lock at", name=name)])
    return ""


def _group(number: int, group: Duplicates, made: Collated, before: Lock) -> Iterator[str]:
    entries = [made.entries[at] for at in group.members]
    places = {entry.guid: f"{entry.source}:{entry.note.span.line}" for entry in made.entries}
    joined = {r.guid: places.get(r.joined, r.joined) for r in made.lock.notes if r.joined}
    decided = {decision.pair: decision.verdict for decision in before.decisions}
    pairs = combinations(sorted(entry.guid for entry in entries), 2)
    verdicts = sorted({decided[two] for two in pairs if two in decided})
    told = f"; decided: {', '.join(verdicts)}" if verdicts else ""
    yield click.style(
        f"{number}. {group.verdict} ({group.score:.2f}): {printable(group.why)}{told}", bold=True
    )
    yield from map(printable, _side_by_side(entries, joined))
    yield ""


def _side_by_side(entries: Sequence[Entry], joined: dict[str, str]) -> Iterator[str]:
    """Lines of notes beside each other, as many as the terminal is wide enough for."""
    columns = get_terminal_size((100, 24)).columns
    beside = max(1, min(len(entries), columns // _NARROWEST))
    width = columns // beside - 2
    for start in range(0, len(entries), beside):
        cells = [
            [*_cell(at + 1, entries[at], joined, width)]
            for at in range(start, min(start + beside, len(entries)))
        ]
        for line in zip_longest(*cells, fillvalue=""):
            yield "  ".join(fitted(part, width, pad=True) for part in line).rstrip()
        yield ""


def _cell(number: int, entry: Entry, joined: dict[str, str], width: int) -> Iterator[str]:
    yield f"{number}  {entry.source}:{entry.note.span.line}"
    yield f"joined to {joined[entry.guid]}" if entry.guid in joined else entry.guid
    yield from wrap(" ".join(block_text(entry.note.question).split()), width)
    answer = wrap(" ".join(block_text(entry.note.answer).split()), width - 2)
    yield from (f"  {line}" for line in answer[:_MOST_LINES])
    if len(answer) > _MOST_LINES:
        yield "  …"
