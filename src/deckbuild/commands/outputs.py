"""The kinds of output file, and writing one: what `build --only` and `write` can make of a library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from msgspec import Struct

from deckbuild.cards.stored import StoredNote
from deckbuild.collection.collection import file_stem
from deckbuild.collection.print_settings import DEFAULT, Print
from deckbuild.machine import files, processes
from deckbuild.model import Diagnostic, Library, codec
from deckbuild.paper.press.long_print import Progress, silent
from deckbuild.report.diagnostics import Failure
from deckbuild.report.report import Report, shown_path


class Rendered(Struct, frozen=True):
    """The bytes of an output file, problems met on the way, and what else to tell about it."""

    data: bytes
    problems: tuple[Diagnostic, ...] = ()
    remark: str = ""


class Output(Struct, frozen=True):
    """A kind of output file: what its name ends on, and what makes it of a library."""

    suffix: str
    render: Callable[[Library, Print, Progress], Rendered]


def deck(
    library: Library, settings: Print, progress: Progress, retired: tuple[StoredNote, ...] = ()
) -> Rendered:
    """The deck, and with it notes of older packages that have left the documents."""
    from deckbuild.package.apkg import apkg, stored_digest

    data = apkg(library, retired)
    return Rendered(data, remark=f", content {stored_digest(data)}")


def _sheet(library: Library, settings: Print, progress: Progress) -> Rendered:
    from deckbuild.paper.sheet.sheet import sheet

    return Rendered(*sheet(library, settings, progress))


def _booklet(library: Library, settings: Print, progress: Progress) -> Rendered:
    from deckbuild.paper.booklet.booklet import booklet

    return Rendered(*booklet(library, settings, progress))


def _cutouts(library: Library, settings: Print, progress: Progress) -> Rendered:
    from deckbuild.paper.cutouts.cutouts import cutouts

    return Rendered(*cutouts(library, settings, progress))


def preview_page(
    library: Library,
    settings: Print = DEFAULT,
    progress: Progress = silent,
    live: int = 0,
    sheet: bytes | None = None,
) -> Rendered:
    """The preview page, with the sheet where that can be made, else with the reason.

    `sheet` is the sheet of the same library and settings, where it is there already.
    """
    from deckbuild.preview.page import preview

    pdf, why = sheet, ""
    try:
        pdf = pdf or _sheet(library, settings, progress).data
    except Failure as failure:
        why = " ".join(f"{d.message}: {d.hint}" for d in failure.diagnostics)
    name = f"{file_stem(library.name)}{OUTPUTS['sheet'].suffix}"
    return Rendered(preview(library, pdf, why, name, live))


def _model(library: Library, settings: Print, progress: Progress) -> Rendered:
    return Rendered(codec.encode(library))


OUTPUTS = {
    "deck": Output(".apkg", deck),
    "sheet": Output("-sheet.pdf", _sheet),
    "booklet": Output("-booklet.pdf", _booklet),
    "cutouts": Output("-cutouts.pdf", _cutouts),
    "preview": Output("-preview.html", preview_page),
    "model": Output("-model.json", _model),
}

SLOWEST = "cutouts"
"""The output that takes longest: about half of the time of all."""
SMALL = 1_000_000
"""Bytes of a library's JSON form for which two outputs may be made at once: each takes up to 500 MB then."""


@contextmanager
def begun(library: Library, kinds: Sequence[str], settings: Print) -> Iterator[dict[str, Output]]:
    """The output, if any, that a process of its own makes meanwhile: `SLOWEST`, if the library is small.

    It takes the processor that the others leave free; long prints use all processors anyway.
    """
    data = codec.encode(library) if SLOWEST in kinds and len(kinds) > 1 else b""
    if not 0 < len(data) <= SMALL:
        yield {}
        return
    with processes.pool(1) as pool:
        job = pool.submit(_made, data, settings)
        yield {SLOWEST: Output(OUTPUTS[SLOWEST].suffix, partial(_awaited, job))}


def _made(library: bytes, settings: Print) -> Rendered:
    return OUTPUTS[SLOWEST].render(codec.decode(library, Library), settings, silent)


def _awaited(job: Future[Rendered], library: Library, settings: Print, progress: Progress) -> Rendered:
    return job.result()


def write(
    library: Library, output: Output, path: Path, report: Report, settings: Print = DEFAULT
) -> bytes | None:
    """Render one output of a library and write it to `path`: its bytes; None, and a report, if that fails."""
    try:
        rendered = output.render(library, settings, partial(report.progress, shown_path(path)))
        report.add(rendered.problems)
        files.write(path, rendered.data)
        report.say(f"{shown_path(path)}: {len(rendered.data):,} bytes{rendered.remark}")
        return rendered.data
    except Failure as failure:
        report.add(failure.diagnostics)
    return None
