"""Commands that settle which note is which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deckbuild.cli.arguments import BUILT, PATHS, QUIET, FilePath, run

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@click.command(
    short_help="Say which note is which where a build couldn't tell.",
    epilog="Example: deckbuild identity --review notes/",
)
@PATHS
@click.option("--review", is_flag=True, help="Walk through the open questions, one by one.")
@click.option(
    "--package",
    metavar="FILE",
    type=FilePath(exists=True, dir_okay=False),
    help=f"The package built last, for --review to show old answers; else those in {BUILT}/.",
)
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
            review_open(context, package, BUILT)
        else:
            decide(context, same, new)

    run(report, work)


@click.command(
    short_help="Show notes that ask the same, and decide which become one card.",
    epilog="Example: deckbuild duplicates notes/ --join notes/a.md:12 notes/b.md:40",
)
@PATHS
@click.option("--related", is_flag=True, help="Show pairs that ask nearly the same, too.")
@click.option("--review", is_flag=True, help="Walk through the undecided groups, one by one.")
@click.option(
    "--join",
    nargs=2,
    multiple=True,
    metavar="NOTE NOTE",
    help="The first note (path:line or guid) stands for the second: one card with both answers.",
)
@click.option("--keep", nargs=2, multiple=True, metavar="NOTE NOTE", help="Both notes stay cards.")
@QUIET
def duplicates(
    paths: tuple[Path, ...],
    related: bool,
    review: bool,
    join: tuple[tuple[str, str], ...],
    keep: tuple[tuple[str, str], ...],
    quiet: bool,
) -> None:
    """Show notes that ask the same side by side; decide which become one card.

    A build joins notes by itself as long as learners have at most one of them. Decisions are kept in the lock.
    """
    decisions = bool(join or keep)
    if related + review + decisions > 1:
        raise click.UsageError("use --related, --review, or --join and --keep")

    from deckbuild.commands import duplicates as groups
    from deckbuild.commands.context import prepared
    from deckbuild.report.report import Report

    report = Report(quiet)

    def work() -> None:
        context = prepared(paths, report)
        if review:
            groups.review(context)
        elif decisions:
            groups.decide(context, join, keep)
        else:
            groups.show(context, related)

    run(report, work)


@click.command(
    short_help="Restore a lost lock, take over another deck, forget removed notes, or rename decks.",
    epilog="Example: deckbuild lock --from-apkg build/biology.apkg notes/",
)
@PATHS
@click.option(
    "--from-apkg",
    "package",
    metavar="FILE",
    type=FilePath(exists=True, dir_okay=False),
    help="Restore a lost lock from the package built last.",
)
@click.option(
    "--adopt",
    "export",
    metavar="FILE",
    type=FilePath(exists=True, dir_okay=False),
    help="Take over notes of another deck: an .apkg or .txt that Anki exported.",
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
    help="Build the notes of the deck OLD, and of decks below it, for NEW.",
)
@QUIET
def lock(
    paths: tuple[Path, ...],
    package: Path | None,
    export: Path | None,
    force: bool,
    forget: bool,
    before: datetime | None,
    deck: tuple[str, str] | None,
    quiet: bool,
) -> None:
    """Restore a lost lock, take over another deck, forget removed notes, or rename decks; no schedule is lost."""
    if sum((package is not None, export is not None, forget, deck is not None)) != 1:
        raise click.UsageError("use one of --from-apkg, --adopt, --forget and --deck")
    if forget != (before is not None):
        raise click.UsageError("use --forget and --before together")

    from deckbuild.commands.adopting import adopt
    from deckbuild.commands.context import prepared
    from deckbuild.commands.lock_edits import forget_removed, rename_deck, restore_lock
    from deckbuild.report.report import Report

    report = Report(quiet)

    def work() -> None:
        context = prepared(paths, report)
        if package:
            restore_lock(context, package, force)
        elif export:
            adopt(context, export)
        elif deck:
            rename_deck(context, *deck)
        elif before:
            forget_removed(context, before)

    run(report, work)
