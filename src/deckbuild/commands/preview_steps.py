"""The preview as its command runs it: a look at the collection that writes no lock, again at each change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from deckbuild.collection import collection
from deckbuild.collection.collection import SUFFIXES, Collection
from deckbuild.collection.settings import SETTINGS, print_settings
from deckbuild.commands import steps
from deckbuild.commands.outputs import preview_page
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Library
from deckbuild.report.diagnostics import Failure
from deckbuild.report.report import Report

WATCHED = (*SUFFIXES, ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
"""Endings of the files for which a preview is made again."""


def look(found: Collection, report: Report) -> Library | None:
    """The library as a build would make it, with no lock written; None, and a report, where nothing is read.

    Without a lock the guids of notes only depend on their places.
    """
    documents = steps.read_documents(found, report)
    if report.failed:
        return None
    gathered = steps.images(found, documents, report)
    before = steps.known_lock(found) or Lock("0" * 16)
    left = steps.gone(found, before)
    library, _, unsettled = collate(gathered.documents, before, steps.clock(), found.name, left)
    report.add(unsettled, found.root)
    return replace(library, media=gathered.media)


def follow(paths: Sequence[Path], port: int, report: Report) -> None:
    """Serve the preview of the collection of `paths`, made again at each change, until the user interrupts.

    What can't be read any more is told, and the page stays as it was. Raises `Failure` if there is nothing to
    show at the start, or the port can't be had.
    """
    from deckbuild.preview.server import serve

    here = Path.cwd()
    found = collection.one(tuple(paths), here)

    def render(number: int) -> bytes | None:
        now = report if number == 1 else Report(report.quiet)
        try:
            library = look(collection.one(tuple(paths), here), now)
            settings = print_settings(found.root)
            return preview_page(library, settings, live=number).data if library else None
        except (Failure, collection.PathNotFound) as problem:
            if number == 1:
                raise
            now.add(problem.diagnostics if isinstance(problem, Failure) else ())
            return None

    serve(render, lambda: signature(found), port, report.say)


def signature(found: Collection) -> dict[str, tuple[int, int]]:
    """Time and size of all files that the preview of a collection may depend on."""
    roots = sorted({path if path.is_dir() else path.parent for path in found.paths})
    beside = [path for root in roots for path in _below(root)]
    seen = {}
    for path in (*beside, *found.paths, found.root / SETTINGS, found.lock):
        with suppress(OSError):
            status = path.stat()
            seen[str(path)] = (status.st_mtime_ns, 0 if path.is_dir() else status.st_size)
    return seen


def _below(root: Path) -> Iterator[Path]:
    """The files below `root` with endings that are watched; hidden folders aside."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in names if name.lower().endswith(WATCHED))
