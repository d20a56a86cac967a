"""Commands that make something: a build, a preview, and the single steps of make."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from deckbuild.cli.arguments import (
    ACCEPT,
    BUILT,
    LOCK,
    LOCKED,
    NO_CACHE,
    OUTPUTS,
    PATHS,
    QUIET,
    REFRESH,
    STRICT,
    TAGGED,
    FilePath,
    run,
)

if TYPE_CHECKING:
    from pathlib import Path


_OUTPUT = click.option(
    "-o",
    "--output",
    default=BUILT,
    show_default=True,
    type=FilePath(file_okay=False),
    help="Folder for the outputs.",
)


@click.command(epilog="Example: deckbuild build notes/ -o build")
@PATHS
@_OUTPUT
@click.option(
    "--only",
    metavar="KINDS",
    show_default="deck,sheet",
    help=f"What to build, comma-separated: {', '.join(OUTPUTS)}.",
)
@LOCK
@LOCKED
@ACCEPT
@click.option(
    "--retire",
    metavar="OLD.apkg",
    type=FilePath(exists=True, dir_okay=False),
    help="Include removed notes from this older package, tagged deckbuild::retired.",
)
@TAGGED
@REFRESH
@NO_CACHE
@STRICT
@QUIET
def build(
    paths: tuple[Path, ...], output: Path, only: str | None, strict: bool, quiet: bool, **how: Any
) -> None:
    """Build the deck and the sheet, or the outputs named by --only."""
    kinds = ["deck", "sheet"] if only is None else [kind.strip() for kind in only.split(",") if kind.strip()]
    spared = ["sheet"] if only is None else []
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
    run(report, lambda: build_outputs(prepared(paths, report), output, kinds, Options(**how), spared))


@click.command(
    short_help="Show cards, sheet and ledger in one web page.",
    epilog="Example: deckbuild preview notes/ --serve",
)
@PATHS
@_OUTPUT
@click.option("--serve", is_flag=True, help="Serve the page on this computer and follow changes to files.")
@click.option(
    "--port",
    default=8713,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to serve on; 0 means any free one.",
)
@NO_CACHE
@QUIET
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

    run(report, work)


@click.command(epilog="Example: deckbuild read notes/ -o build/model")
@PATHS
@click.option(
    "-o", "--output", required=True, type=FilePath(file_okay=False), help="Folder for the model files."
)
@click.option(
    "--changed",
    type=click.File("rb"),
    help="File naming the documents to read again, a NUL behind each, relative to PATH; others keep their model.",
)
@NO_CACHE
@QUIET
def read(paths: tuple[Path, ...], output: Path, changed: BinaryIO | None, quiet: bool) -> None:
    """Step 1 of make: documents to model files."""
    from deckbuild.commands.context import prepared
    from deckbuild.commands.model_files import write_models
    from deckbuild.report.report import Report

    report = Report(quiet)

    def work() -> None:
        context = prepared(paths, report)
        folder = context.collection.paths[0]
        names = changed.read().split(b"\0") if changed else ()
        again = {folder / os.fsdecode(name) for name in names if name} if changed else None
        write_models(context, output, again)

    run(report, work)


@click.command(epilog="Example: deckbuild collate notes/ -m build/model -o build/library.json")
@PATHS
@click.option(
    "-m", "--models", required=True, type=FilePath(file_okay=False), help="Folder of the model files."
)
@click.option("-o", "--output", required=True, type=FilePath(dir_okay=False), help="File to write.")
@LOCK
@LOCKED
@ACCEPT
@REFRESH
@QUIET
def collate(paths: tuple[Path, ...], models: Path, output: Path, quiet: bool, **how: Any) -> None:
    """Step 2 of make: model files to one library, with the lock."""
    from deckbuild.commands import build as building
    from deckbuild.commands.build import Options
    from deckbuild.commands.context import prepared
    from deckbuild.commands.model_files import load_models
    from deckbuild.report.report import Report

    report = Report(quiet)
    options = Options(**how, asked=(output.with_name("images.list"), output.with_name("missing.list")))

    def work() -> None:
        context = prepared(paths, report)
        documents = load_models(context.collection, models)
        building.collate(context, documents, output, options)

    run(report, work)


@click.command(epilog="Example: deckbuild write deck build/library.json -o build/notes.apkg")
@click.argument("kind", type=click.Choice(OUTPUTS))
@click.argument("library", type=FilePath(dir_okay=False))
@click.option("-o", "--output", required=True, type=FilePath(dir_okay=False), help="File to write.")
@click.option(
    "--root",
    type=FilePath(exists=True, file_okay=False),
    help="Folder of the collection, for its print settings.",
)
@TAGGED
@QUIET
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
        if made := outputs.unwritten([kind], material, lambda kind: output, report):
            outputs.write(made, report)

    run(report, work)
