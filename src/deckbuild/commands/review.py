"""`deckbuild identity --review`: the open questions one by one, each with both readings, settled in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from deckbuild.collection.media import gather
from deckbuild.commands.context import Context, collated, read_documents
from deckbuild.commands.lock_edits import keep
from deckbuild.identity import lock
from deckbuild.identity.changed import Change, change
from deckbuild.identity.collate import Collated
from deckbuild.identity.found import asked
from deckbuild.identity.lock import NoteRecord
from deckbuild.identity.matching import OpenQuestion
from deckbuild.machine import files, folders
from deckbuild.model import Entry
from deckbuild.model.text import block_text, normalise
from deckbuild.package.reader import PackageNote, plain, read_package
from deckbuild.report.diagnostics import Failure
from deckbuild.report.headline import printable

NOT_KEPT = "not kept; --package FILE shows it from the package built last"


def review_open(context: Context, package: Path | None, built: str) -> None:
    """Ask for each open note which one it is; what is decided is kept in the lock at once.

    `package` is the one built last, which old answers are shown from, since the lock doesn't keep any; without one
    those in the folder `built` are, beside the documents or here. Whoever skips a note, or stops, is asked again the
    next time; what was decided before stays, also where the input ends or the author presses Ctrl-C. Where several
    notes of a document changed in the same way, one answer does for all of them.
    """
    collection, report = context.collection, context.report
    old = {note.guid: note for note in read_package(package).notes} if package else {}
    with folders.alone(collection.root):
        before = lock.load(collection.lock) or lock.new()
        documents = read_documents(context)
        if report.failed:
            return
        gathered = gather(documents, collection.root)
        decided: dict[tuple[str, int], str] = {}
        skipped: set[tuple[str, int]] = set()
        made = collated(context, gathered, before)
        if not package and made.doubts:
            old = _last_built(collection.root / built, Path(built))
        with suppress(click.Abort, KeyboardInterrupt):
            while doubt := next(
                (d for d in made.doubts if _place(made, d) not in decided.keys() | skipped), None
            ):
                place = _place(made, doubt)
                same = [
                    d
                    for d in made.doubts
                    if _place(made, d) not in decided.keys() | skipped
                    and _change(made, d) == _change(made, doubt)
                ]
                answer = _ask(made.entries[doubt.place], doubt, old, len(same))
                if answer == "q":
                    break
                if answer == "s":
                    skipped.add(place)
                    continue
                if answer == "a":
                    further = {**decided, **{_place(made, d): d.rivals[0].guid for d in same}}
                else:
                    further = {**decided, place: "" if answer == "n" else doubt.rivals[int(answer) - 1].guid}
                made, decided = collated(context, gathered, before, further), further
        if decided:
            keep(context, before, made, decided.keys())
        elif not made.doubts:
            report.say("there are no open questions")


def _last_built(*places: Path) -> dict[str, PackageNote]:
    """The notes of the packages in some folders, by their guids, each as the newest package has it."""
    found = {files.resolved(path) for place in places for path in place.glob("*.apkg")}
    old: dict[str, PackageNote] = {}
    for path in sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name)):
        with suppress(
            Failure
        ):  # a package of another program, or half of one: the old answer isn't there then
            old |= {note.guid: note for note in read_package(path).notes}
    return old


def _place(made: Collated, doubt: OpenQuestion) -> tuple[str, int]:
    entry = made.entries[doubt.place]
    return entry.source, entry.note.span.line


def _change(made: Collated, doubt: OpenQuestion) -> tuple[str, Change | None]:
    """How the question changed if it is the likeliest of the notes that it may be, and in which document."""
    entry = made.entries[doubt.place]
    return entry.source, change(normalise(asked(entry.note)), doubt.rivals[0].question)


def _ask(entry: Entry, doubt: OpenQuestion, old: dict[str, PackageNote], same: int) -> str:
    for line in _shown(entry, doubt.rivals, old):
        click.echo(printable(line), err=True)
    numbers = [str(number) for number in range(1, len(doubt.rivals) + 1)]
    choices = click.Choice([*numbers, "n", "s", "q", *(["a"] if same > 1 else [])])
    more = f"a(ll {same} of the document that changed so are what they were), " if same > 1 else ""
    text = f"The number of the note that it was, {more}n(ew), s(kip), q(uit)"
    return str(click.prompt(text, type=choices, show_choices=False, err=True))


def _shown(entry: Entry, rivals: tuple[NoteRecord, ...], old: dict[str, PackageNote]) -> Iterator[str]:
    yield ""
    yield f"{entry.source}:{entry.note.span.line}"
    yield f"  now:  {_line(block_text(entry.note.question))}"
    yield f"        {_line(block_text(entry.note.answer))}"
    for number, record in enumerate(rivals, 1):
        # The card that stood for a note tells its answer, too.
        note = old.get(record.guid) or old.get(record.joined)
        fields = [_line(plain(value)) for value in note.fields.values()][:2] if note else []
        question, answer = fields or (record.question, NOT_KEPT)
        is_own = record.guid in old
        yield f"  {number}: was {question if is_own else record.question}"
        yield f"        {answer}"


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"
