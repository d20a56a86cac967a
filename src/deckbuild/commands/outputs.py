"""The kinds of output file and the plan of a build: what is made of a library, in which order, and once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.cards import note_types
from deckbuild.cards.fields import RenderedNote
from deckbuild.cards.stored import StoredNote, stored_notes
from deckbuild.collection.file_stems import file_stem
from deckbuild.collection.print_settings import DEFAULT, Print
from deckbuild.machine import files, processes
from deckbuild.machine.processes import Progress, silent
from deckbuild.model import Diagnostic, Library, Severity, codec
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.report.report import Report, shown_path


class Material:
    """What the outputs of one build are made of; `live` is the number of a page that a server shows.

    `rendered` are the notes of the library in the order of its entries, if they have been rendered already;
    `retired` are notes of an older package that go along.
    """

    def __init__(
        self,
        library: Library,
        settings: Print = DEFAULT,
        rendered: Sequence[RenderedNote] | None = None,
        retired: tuple[StoredNote, ...] = (),
        live: int = 0,
    ) -> None:
        self.library = library
        self.settings = settings
        self.retired = retired
        self.live = live
        self._rendered = rendered

    @cached_property
    def notes(self) -> tuple[StoredNote, ...]:
        """The notes of the library as Anki stores them."""
        return tuple(stored_notes(self.library, note_types.note_types(), self._rendered))


class OutputFile(Struct, frozen=True):
    """The bytes of an output file, problems met on the way, and what else to tell about it."""

    data: bytes
    problems: tuple[Diagnostic, ...] = ()
    remark: str = ""


Before: TypeAlias = Mapping[str, OutputFile | Failure]
"""What was made before, by kind of output, or why it could not be."""


class Output(Struct, frozen=True):
    """A kind of output: what its file's name ends on, what makes it, and the kinds it needs made before."""

    suffix: str
    make: Callable[[Material, Before, Progress], OutputFile]
    needs: tuple[str, ...] = ()


def _deck(material: Material, before: Before, progress: Progress) -> OutputFile:
    from deckbuild.package.apkg import apkg, stored_digest

    data = apkg(material.library, material.retired, material.notes)
    return OutputFile(data, remark=f", content {stored_digest(data)}")


def _sheet(material: Material, before: Before, progress: Progress) -> OutputFile:
    from deckbuild.paper.sheet.sheet import sheet

    return OutputFile(*sheet(material.library, material.settings, progress))


def _booklet(material: Material, before: Before, progress: Progress) -> OutputFile:
    from deckbuild.paper.booklet.booklet import booklet

    return OutputFile(*booklet(material.library, material.settings, progress))


def _cutouts(material: Material, before: Before, progress: Progress) -> OutputFile:
    from deckbuild.paper.cutouts.cutouts import cutouts

    return OutputFile(*cutouts(material.library, material.settings, progress))


def _preview(material: Material, before: Before, progress: Progress) -> OutputFile:
    """The preview page, with the sheet if that could be made, else with the reason."""
    from deckbuild.preview.page import preview

    library, sheet = material.library, before["sheet"]
    pdf, why = (None, _reason(sheet)) if isinstance(sheet, Failure) else (sheet.data, "")
    name = f"{file_stem(library.name)}{OUTPUTS['sheet'].suffix}"
    return OutputFile(preview(library, material.notes, pdf, why, name, material.live))


def _model(material: Material, before: Before, progress: Progress) -> OutputFile:
    return OutputFile(codec.encode(material.library))


OUTPUTS = {
    "deck": Output(".apkg", _deck),
    "sheet": Output("-sheet.pdf", _sheet),
    "booklet": Output("-booklet.pdf", _booklet),
    "cutouts": Output("-cutouts.pdf", _cutouts),
    "preview": Output("-preview.html", _preview, needs=("sheet",)),
    "model": Output("-model.json", _model),
}

SLOWEST = "cutouts"
"""The output that takes longest: about half of the time of all."""
SMALL = 1_000_000
"""Bytes of a library's JSON form for which two outputs may be made at once: each takes up to 500 MB then."""


def planned(kinds: Iterable[str]) -> list[str]:
    """The outputs to make for these kinds: each once, behind those that it needs."""
    plan: dict[str, None] = {}
    for kind in kinds:
        plan |= dict.fromkeys((*planned(OUTPUTS[kind].needs), kind))
    return list(plan)


def made(
    kinds: Sequence[str], material: Material, progress: Callable[[str], Progress] = lambda kind: silent
) -> Iterator[tuple[str, OutputFile | Failure]]:
    """The outputs of the plan for these kinds, each as soon as it is made, or why it could not be."""
    before: dict[str, OutputFile | Failure] = {}
    plan = planned(kinds)
    with _beside(plan, material) as elsewhere:
        for kind in plan:
            try:
                if kind in elsewhere:
                    with processes.ended_by_force(kind):
                        before[kind] = elsewhere[kind].result()
                else:
                    before[kind] = OUTPUTS[kind].make(material, before, progress(kind))
            except Failure as failure:
                from deckbuild.paper.heavy_pictures import with_heaviest

                before[kind] = with_heaviest(failure, material.library)
            yield kind, before[kind]


def only(kind: str, material: Material) -> OutputFile:
    """One output. Raises `Failure` where it can't be made."""
    *_, (_, output) = made([kind], material)
    if isinstance(output, Failure):
        raise output
    return output


class Unwritten(Struct, frozen=True):
    """An output that is made and not yet written."""

    path: Path
    output: OutputFile


def unwritten(
    kinds: Sequence[str],
    material: Material,
    path: Callable[[str], Path],
    report: Report,
    spared: Sequence[str] = (),
) -> list[Unwritten] | None:
    """The outputs of these kinds, each for its `path`; None, and a report, where one can't be made.

    Those `spared` are left out, and a warning says so, where only Pango is missing for them. Raises
    `Failure` where it is plain that one can't be written.
    """
    for kind in kinds:
        files.refuse_unwritable(path(kind))

    def progress(kind: str) -> Progress:
        return partial(report.progress, shown_path(path(kind)))

    found: list[Unwritten] = []
    for kind, output in made(kinds, material, progress):
        if kind not in kinds:
            continue
        if isinstance(output, Failure):
            report.add(_without_pango(output, path(kind)) if kind in spared else output.diagnostics)
        else:
            report.add(output.problems)
            found.append(Unwritten(path(kind), output))
        if report.failed:
            return None
    return found


def _without_pango(failure: Failure, path: Path) -> Iterator[Diagnostic]:
    """What keeps an output from its `path`, as a warning where it is that Pango is missing."""
    for problem in failure.diagnostics:
        missing = problem.code == Code.NO_PANGO.slug
        yield replace(problem, source=str(path), severity=Severity.WARNING) if missing else problem


def write(found: Sequence[Unwritten], report: Report, before: Sequence[tuple[Path, bytes]] = ()) -> None:
    """Write outputs behind the files that must be written `before` them, all or none.

    Raises `Failure` where the system refuses a file.
    """
    files.write_all([*before, *((draft.path, draft.output.data) for draft in found)])
    for draft in found:
        size = len(draft.output.data)
        report.say(f"{shown_path(draft.path)}: {size:,} bytes{draft.output.remark}")


@contextmanager
def _beside(plan: Sequence[str], material: Material) -> Iterator[dict[str, Future[OutputFile]]]:
    """The output, if any, that a process of its own makes meanwhile: `SLOWEST`, if the library is small.

    It takes the processor that the others leave free; long prints use all processors anyway.
    """
    data = codec.encode(material.library) if SLOWEST in plan and len(plan) > 1 else b""
    if not 0 < len(data) <= SMALL:
        yield {}
        return
    with processes.pool(1) as pool:
        yield {SLOWEST: pool.submit(_made_beside, data, material.settings)}


def _made_beside(library: bytes, settings: Print) -> OutputFile:
    return OUTPUTS[SLOWEST].make(Material(codec.decode(library, Library), settings), {}, silent)


def _reason(failure: Failure) -> str:
    return " ".join(f"{d.message}: {d.hint}" for d in failure.diagnostics)
