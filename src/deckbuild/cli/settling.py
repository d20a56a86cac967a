"""Commands that settle which note is which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deckbuild.cli.arguments import PATHS, QUIET, FilePath, run

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    short_help="Say which note is which where a build couldn't tell.",
    epilog="Example: deckbuild identity --same notes/bio.md:12 9d2c4e1f0a7b8c3d",
)
@PATHS
@click.option(
    "--same",
    nargs=2,
    multiple=True,
    metavar="PLACE GUID",
    help="The note at PLACE (path:line) is the one with this GUID in the lock.",
)
@click.option("--new", multiple=True, metavar="PLACE", help="The note at PLACE is new.")
@QUIET
def identity(
    paths: tuple[Path, ...], same: tuple[tuple[str, str], ...], new: tuple[str, ...], quiet: bool
) -> None:
    """Say which note is which, after a build stopped because that was not clear."""
    if not same and not new:
        raise click.UsageError("use --same PLACE GUID or --new PLACE")

    from deckbuild.commands.context import prepared
    from deckbuild.commands.lock_edits import decide
    from deckbuild.report.report import Report

    report = Report(quiet)
    run(report, lambda: decide(prepared(paths, report), same, new))


@click.command(
    short_help="Restore a lost lock from the last package.",
    epilog="Example: deckbuild lock --from-apkg build/biology.apkg notes/",
)
@PATHS
@click.option(
    "--from-apkg",
    "package",
    metavar="FILE",
    required=True,
    type=FilePath(exists=True, dir_okay=False),
    help="The package built last.",
)
@click.option("--force", is_flag=True, help="Replace an existing lock.")
@QUIET
def lock(paths: tuple[Path, ...], package: Path, force: bool, quiet: bool) -> None:
    """Restore a lost lock from the last package, so that cards keep their schedule."""
    from deckbuild.commands.context import prepared
    from deckbuild.commands.lock_edits import restore_lock
    from deckbuild.report.report import Report

    report = Report(quiet)
    run(report, lambda: restore_lock(prepared(paths, report), package, force))
