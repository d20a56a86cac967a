"""The preview as its command runs it: a look at the collection that writes no lock, again at each change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from deckbuild.collection.collection import Collection, PathNotFound
from deckbuild.collection.settings import SETTINGS
from deckbuild.commands import look, outputs
from deckbuild.commands.context import Context, known_lock, prepared
from deckbuild.commands.outputs import OUTPUTS, Material
from deckbuild.identity.lock import Lock
from deckbuild.read import SUFFIXES
from deckbuild.report.diagnostics import Failure
from deckbuild.report.report import Report

WATCHED = (*SUFFIXES, ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
"""Endings of the files for which a preview is made again."""


def write_page(context: Context, folder: Path) -> None:
    """Write the page of a collection into `folder`. Raises `Failure` where a link of it leads outside."""
    context.collection.refuse_links_outside(folder)
    material = _material(context)
    if material:
        path = folder / f"{context.collection.stem}{OUTPUTS['preview'].suffix}"
        if made := outputs.unwritten(["preview"], material, lambda kind: path, context.report):
            outputs.write(made, context.report)


def follow(paths: Sequence[Path], port: int, report: Report) -> None:
    """Serve the preview of the collection of `paths`, made again at each change, until the user interrupts.

    What can't be read any more is told, and the page stays as it was. Raises `Failure` if there is nothing to
    show at the start, or the port can't be had.
    """
    from deckbuild.preview.server import serve

    first = prepared(paths, report)

    def render(number: int) -> bytes | None:
        if number == 1:
            return _page(first, number)
        now = Report(report.quiet)
        try:
            return _page(prepared(paths, now), number)
        except (Failure, PathNotFound) as problem:
            now.add(problem.diagnostics if isinstance(problem, Failure) else ())
            return None

    serve(render, lambda: signature(first.collection), port, report.say)


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


def _page(context: Context, number: int) -> bytes | None:
    material = _material(context, number)
    return outputs.only("preview", material).data if material else None


def _material(context: Context, live: int = 0) -> Material | None:
    """What the page is made of. Without a lock the guids of notes only depend on their places."""
    made = look.library(context, known_lock(context.collection) or Lock("0" * 16))
    if made is None:
        return None
    return Material(made.library, context.collection.printing(), made.rendered, live=live)


def _below(root: Path) -> Iterator[Path]:
    """The files below `root` with endings that are watched; hidden folders aside."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in names if name.lower().endswith(WATCHED))
