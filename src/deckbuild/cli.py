"""The command line: parses arguments, calls the steps, ends with their status.

Status 0 is fine, 1 findings or a failed build, 2 wrong usage. Data goes to stdout, talk to stderr.
Each command imports what it needs when it is called, so that help, wrong usage and small work start at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

import click

from deckbuild import __version__

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from deckbuild.report.report import Report

OUTPUTS = ("deck", "sheet", "booklet", "cutouts", "preview", "model")
"""What `build --only` and `write` can make."""
LISTINGS = ("notes", "tables", "formulas", "ledger", "duplicates", "diagnostics")
"""What `list --what` can show."""
FORMATS = ("text", "json", "github", "sarif")
"""What `check --format` can print."""


class _Path(click.Path):
    """A path of the command line as a `Path`; pathlib is loaded when there is one."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, param, ctx)))


_PATHS = click.argument("paths", metavar="[PATH]...", nargs=-1, type=_Path())
_QUIET = click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
_STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
_LOCK = click.option(
    "--lock", type=_Path(dir_okay=False), help="Lock file to use instead of the collection's."
)
_LOCKED = click.option("--locked", is_flag=True, help="Fail instead of changing the lock.")
_TAGGED = click.option(
    "--tagged",
    is_flag=True,
    help="Typeset prints of over 100 pages in one piece, tagged for screen readers (slow).",
)
_ACCEPT = click.option(
    "--accept-removals", is_flag=True, help="Allow a document to lose more than 30 % of its notes."
)

_REFRESH = click.option(
    "--refresh",
    is_flag=True,
    help="Update notes for everyone of which only titles, tags or sources have changed.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Read study documents as they are found; make Anki decks and printable sheets of them.

    A PATH is a document or a folder. Without one, the sources of the collection in the current folder are
    used.
    """
    if os.environ.get("NO_COLOR"):  # see no-color.org; click only asks whether this is a terminal
        context.color = False


@cli.command(epilog="Example: deckbuild build notes/ -o build")
@_PATHS
@click.option("-o", "--output", default="build", show_default=True, type=_Path(file_okay=False))
@click.option(
    "--only",
    metavar="KINDS",
    default="deck,sheet",
    show_default=True,
    help=f"What to build, comma-separated: {', '.join(OUTPUTS)}.",
)
@_LOCK
@_LOCKED
@_ACCEPT
@click.option(
    "--retire",
    metavar="OLD.apkg",
    type=_Path(exists=True, dir_okay=False),
    help="Include removed notes from this older package, tagged deckbuild::retired.",
)
@_TAGGED
@_REFRESH
@_STRICT
@_QUIET
def build(paths: tuple[Path, ...], output: Path, only: str, strict: bool, quiet: bool, **how: Any) -> None:
    """Build the deck and the sheet, or the outputs named by --only."""
    kinds = [kind.strip() for kind in only.split(",") if kind.strip()]
    unknown = [kind for kind in kinds if kind not in OUTPUTS]
    if unknown or not kinds:
        names = ", ".join(OUTPUTS)
        raise click.BadParameter(
            f"{', '.join(unknown) or 'nothing'}; choose from {names}", param_hint="--only"
        )
    from deckbuild.commands.build import Options
    from deckbuild.commands.build import build as build_outputs
    from deckbuild.commands.context import prepared
    from deckbuild.report.report import Report

    report = Report(quiet, strict)
    _run(report, lambda: build_outputs(prepared(paths, report), output, kinds, Options(**how)))


@cli.command(epilog="Example: deckbuild check notes/ --strict")
@_PATHS
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-v", "--verbose", is_flag=True, help="Also show near misses: text that is almost a formula.")
@_STRICT
def check(paths: tuple[Path, ...], form: str, verbose: bool, strict: bool) -> None:
    """Show problems in documents; write nothing."""
    from pathlib import Path

    from deckbuild.collection.collection import each
    from deckbuild.collection.idle import idle_settings
    from deckbuild.commands.context import about, read_documents, with_images
    from deckbuild.report.report import Report

    report = Report(quiet=form != "text", strict=strict, verbose=verbose)

    def work() -> None:
        for found in each(paths, Path.cwd()):
            context = about(found, report)
            documents = read_documents(context)
            report.add(idle_settings(found, documents), found.root)
            with_images(context, documents)

    failed = _attempt(report, work)
    if form != "text":
        from deckbuild.report.formats import FORMS

        if text := FORMS[form](report.diagnostics):
            click.echo(text)
    sys.exit(failed)


@cli.command(name="list", epilog="Example: deckbuild list notes/biology.md --what tables")
@_PATHS
@click.option("--what", type=click.Choice(LISTINGS), default="notes", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def list_(paths: tuple[Path, ...], what: str, as_json: bool) -> None:
    """Show what was extracted; write nothing."""
    from pathlib import Path

    from deckbuild.collection.collection import each
    from deckbuild.commands import listing
    from deckbuild.commands.context import about, known_lock, read_documents
    from deckbuild.report.report import Report

    report = Report(quiet=True)
    show = listing.as_json if as_json else listing.as_text

    def work() -> None:
        for found in each(paths, Path.cwd()):
            documents = read_documents(about(found, report))
            for record in listing.LISTINGS[what](documents, known_lock(found)):
                click.echo(show(record))

    _run(report, work)


@cli.command(epilog="Example: deckbuild explain notes/biology.md --html biology.html")
@click.argument("path", type=_Path(dir_okay=False))
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=_Path(dir_okay=False),
    help="Write a page that shows the source and the fate of its lines side by side.",
)
def explain(path: Path, page: Path | None) -> None:
    """Show what became of each line of one document, and why."""
    if page and page.resolve() == path.resolve():
        raise click.BadParameter("it would overwrite the document", param_hint="--html")
    from deckbuild.commands import look
    from deckbuild.commands.context import prepared
    from deckbuild.commands.explain import as_html, as_text
    from deckbuild.machine import files
    from deckbuild.report.report import Report, shown_path

    report = Report()

    def work() -> None:
        explanation = look.explained(prepared((path,), report))
        if explanation and page:
            data = as_html(explanation).encode()
            files.write(page, data)
            report.say(f"{shown_path(page)}: {len(data):,} bytes")
        elif explanation:
            for line in as_text(explanation):
                click.echo(line)

    _run(report, work)


@cli.command(epilog="Example: deckbuild preview notes/ --serve")
@_PATHS
@click.option("-o", "--output", default="build", show_default=True, type=_Path(file_okay=False))
@click.option("--serve", is_flag=True, help="Serve the page on this computer and follow changes to files.")
@click.option(
    "--port", default=8713, show_default=True, type=click.IntRange(0, 65535), help="0 for any free port."
)
@_QUIET
def preview(paths: tuple[Path, ...], output: Path, serve: bool, port: int, quiet: bool) -> None:
    """Show cards, sheet and ledger in one web page; the lock is not changed."""
    from deckbuild.commands.context import prepared
    from deckbuild.commands.preview import follow, write_page
    from deckbuild.report.report import Report

    report = Report(quiet)

    def work() -> None:
        if serve:
            follow(paths, port, report)
        else:
            write_page(prepared(paths, report), output)

    _run(report, work)


@cli.command(epilog="Example: deckbuild diff build/biology.apkg notes/")
@click.argument("paths", metavar="[OLD.apkg] [PATH]...", nargs=-1, type=_Path())
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@_QUIET
def diff(paths: tuple[Path, ...], as_json: bool, quiet: bool) -> None:
    """Show what importing a new build would add, update, move and retire; write nothing.

    Compare with OLD.apkg, a package built earlier; without one, with the lock.
    """
    packages = [path for path in paths if path.suffix.lower() == ".apkg"]
    if len(packages) > 1:
        raise click.UsageError("give at most one .apkg")

    from deckbuild.commands import look
    from deckbuild.commands.context import prepared
    from deckbuild.package import difference
    from deckbuild.report.report import Report

    report = Report(quiet)

    def work() -> None:
        context = prepared([path for path in paths if path not in packages], report)
        changes = look.difference(context, packages[0] if packages else None)
        for change in changes:
            for line in [difference.as_json(change)] if as_json else difference.as_text(change):
                click.echo(line)
        if not report.failed:
            report.say(difference.summary(changes))

    _run(report, work)


@cli.command(epilog="Example: deckbuild lock --from-apkg build/biology.apkg notes/")
@_PATHS
@click.option(
    "--from-apkg",
    "package",
    metavar="FILE",
    type=_Path(exists=True, dir_okay=False),
    help="Restore a lost lock from the package built last.",
)
@click.option("--force", is_flag=True, help="Replace an existing lock.")
@click.option("--forget", is_flag=True, help="Drop removed notes from the lock; needs --before.")
@click.option(
    "--before",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Forget only notes removed before this day (YYYY-MM-DD, UTC).",
)
@click.option(
    "--deck",
    nargs=2,
    metavar="OLD NEW",
    help="Let notes of the deck OLD, and of decks below it, be built for NEW.",
)
@_QUIET
def lock(
    paths: tuple[Path, ...],
    package: Path | None,
    force: bool,
    forget: bool,
    before: datetime | None,
    deck: tuple[str, str] | None,
    quiet: bool,
) -> None:
    """Restore a lost lock, forget notes removed long ago, or rename decks; no card loses its schedule."""
    if sum((package is not None, forget, deck is not None)) != 1:
        raise click.UsageError("use one of --from-apkg, --forget and --deck")
    if forget != (before is not None):
        raise click.UsageError("use --forget and --before together")

    from deckbuild.commands.context import prepared
    from deckbuild.commands.lock_edits import forget_removed, rename_deck, restore_lock
    from deckbuild.report.report import Report

    report = Report(quiet)

    def work() -> None:
        context = prepared(paths, report)
        if package:
            restore_lock(context, package, force)
        elif deck:
            rename_deck(context, *deck)
        elif before:
            forget_removed(context, before)

    _run(report, work)


@cli.command(epilog="Example: deckbuild read notes/ -o build/model")
@_PATHS
@click.option("-o", "--output", required=True, type=_Path(file_okay=False))
@click.option(
    "--changed",
    type=click.File(encoding="utf-8"),
    help="File listing the documents to read again, one per line, relative to PATH; others keep their model.",
)
@_QUIET
def read(paths: tuple[Path, ...], output: Path, changed: TextIO | None, quiet: bool) -> None:
    """Step 1 of make: documents to model files."""
    from deckbuild.commands.context import prepared
    from deckbuild.commands.model_files import write_models
    from deckbuild.report.report import Report

    report = Report(quiet)

    def work() -> None:
        context = prepared(paths, report)
        folder = context.collection.paths[0]
        again = {folder / line.rstrip("\n") for line in changed} if changed else None
        write_models(context, output, again)

    _run(report, work)


@cli.command(epilog="Example: deckbuild collate notes/ -m build/model -o build/library.json")
@_PATHS
@click.option("-m", "--models", required=True, type=_Path(file_okay=False))
@click.option("-o", "--output", required=True, type=_Path(dir_okay=False))
@_LOCK
@_LOCKED
@_ACCEPT
@_REFRESH
@_QUIET
def collate(paths: tuple[Path, ...], models: Path, output: Path, quiet: bool, **how: Any) -> None:
    """Step 2 of make: model files to one library, with the lock."""
    from deckbuild.commands import build as building
    from deckbuild.commands.build import Options
    from deckbuild.commands.context import prepared
    from deckbuild.commands.model_files import load_models
    from deckbuild.report.report import Report

    report = Report(quiet)
    options = Options(**how, asked=output.with_name("images.list"))

    def work() -> None:
        context = prepared(paths, report)
        documents = load_models(context.collection, models)
        building.collate(context, documents, output, options)

    _run(report, work)


@cli.command(epilog="Example: deckbuild write deck build/library.json -o build/notes.apkg")
@click.argument("kind", type=click.Choice(OUTPUTS))
@click.argument("library", type=_Path(dir_okay=False))
@click.option("-o", "--output", required=True, type=_Path(dir_okay=False))
@click.option(
    "--root",
    type=_Path(exists=True, file_okay=False),
    help="Folder of the collection, for its print settings.",
)
@_TAGGED
@_QUIET
def write(kind: str, library: Path, output: Path, root: Path | None, tagged: bool, quiet: bool) -> None:
    """Step 3 of make: a library to one output file."""
    from deckbuild.collection.print_settings import Print
    from deckbuild.collection.settings import print_settings
    from deckbuild.commands import outputs
    from deckbuild.commands.model_files import load_model
    from deckbuild.commands.outputs import Material
    from deckbuild.model import Library
    from deckbuild.report.report import Report

    report = Report(quiet)

    def work() -> None:
        settings = print_settings(root, tagged) if root else Print(tagged=tagged)
        material = Material(load_model(library, Library), settings)
        if drafts := outputs.drafts([kind], material, lambda kind: output, report):
            outputs.write(drafts, report)

    _run(report, work)


@cli.command(epilog="Example: deckbuild identity --review notes/")
@_PATHS
@click.option("--review", is_flag=True, help="Walk through the open questions, one by one.")
@click.option(
    "--package",
    metavar="FILE",
    type=_Path(exists=True, dir_okay=False),
    help="The package built last, for --review to show old answers.",
)
@click.option(
    "--same",
    nargs=2,
    multiple=True,
    metavar="PLACE GUID",
    help="The note at PLACE (path:line) is the one with this GUID in the lock.",
)
@click.option("--new", multiple=True, metavar="PLACE", help="The note at PLACE is new.")
@_QUIET
def identity(
    paths: tuple[Path, ...],
    review: bool,
    package: Path | None,
    same: tuple[tuple[str, str], ...],
    new: tuple[str, ...],
    quiet: bool,
) -> None:
    """Say which note is which, after a build stopped because that was not clear."""
    if review == bool(same or new):
        raise click.UsageError("use --review, or --same PLACE GUID and --new PLACE")

    from deckbuild.commands.context import prepared
    from deckbuild.commands.lock_edits import decide
    from deckbuild.commands.review import review_open
    from deckbuild.report.report import Report

    report = Report(quiet)

    def work() -> None:
        context = prepared(paths, report)
        if review:
            review_open(context, package)
        else:
            decide(context, same, new)

    _run(report, work)


def _run(report: Report, work: Callable[[], None]) -> None:
    sys.exit(_attempt(report, work))


def _attempt(report: Report, work: Callable[[], None]) -> int:
    """The exit status of a piece of work; what can't be done is reported, not raised."""
    from pathlib import Path

    from deckbuild.collection.collection import PathNotFound
    from deckbuild.report.diagnostics import Failure
    from deckbuild.report.report import shown_path

    try:
        work()
    except Failure as failure:
        report.add(failure.diagnostics)
    except PathNotFound as error:
        raise click.UsageError(f"there is no file or folder {shown_path(Path(str(error)))}") from error
    return int(report.failed)


def main() -> None:
    """Entry point of the `deckbuild` command."""
    from deckbuild.machine.processes import collect_rarely

    collect_rarely()
    cli(prog_name="deckbuild")
