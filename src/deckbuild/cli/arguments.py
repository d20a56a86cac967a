"""What commands share: paths and options, and the status that work ends with."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from pathlib import Path

    from deckbuild.report.report import Report

OUTPUTS = ("deck", "sheet", "booklet", "cutouts", "preview", "model")
"""What `build --only` and `write` can make."""

BUILT = "build"
"""The folder that builds write to where no other is named; the Makefile's is called so too."""

PAGES = (".html", ".htm")
"""Endings of the files that `explain --html` may overwrite."""
LISTINGS = ("notes", "tables", "formulas", "ledger", "duplicates", "diagnostics")
"""What `list --what` can show."""
FORMATS = ("text", "json", "github", "sarif")
"""What `check --format` can print."""


class FilePath(click.Path):
    """A path of the command line as a `Path`; pathlib is loaded when there is one."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """The path, checked as click checks it."""
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, param, ctx)))


PATHS = click.argument("paths", metavar="[PATH]...", nargs=-1, type=FilePath())
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
LOCK = click.option(
    "--lock", type=FilePath(dir_okay=False), help="Lock file to use instead of the collection's."
)
LOCKED = click.option("--locked", is_flag=True, help="Fail instead of changing the lock.")
TAGGED = click.option(
    "--tagged",
    is_flag=True,
    help="Typeset prints of over 100 pages in one piece, tagged for screen readers (slow).",
)
ACCEPT = click.option(
    "--accept-removals", is_flag=True, help="Allow a document to lose more than 30 % of its notes."
)
REFRESH = click.option(
    "--refresh",
    is_flag=True,
    help="Also update notes of which only titles, tags or sources changed.",
)


def _forget(ctx: click.Context, param: click.Parameter, given: bool) -> None:
    """Keep nothing, as where the variable is empty."""
    if given:
        os.environ["DECKBUILD_CACHE"] = ""


NO_CACHE = click.option(
    "--no-cache",
    is_flag=True,
    expose_value=False,
    callback=_forget,
    help="Read all documents again, and cache nothing.",
)


def run(report: Report, work: Callable[[], None]) -> NoReturn:
    """Do a piece of work and end with its status."""
    sys.exit(attempt(report, work))


def attempt(report: Report, work: Callable[[], None]) -> int:
    """The exit status of a piece of work; what can't be done is reported, not raised."""
    from pathlib import Path

    from deckbuild.collection.collection import PathNotFound
    from deckbuild.report.diagnostics import Failure
    from deckbuild.report.headline import printable
    from deckbuild.report.report import shown_path

    try:
        work()
    except Failure as failure:
        report.add(failure.diagnostics)
    except PathNotFound as error:
        name = printable(shown_path(Path(str(error))))
        raise click.UsageError(f"there is no file or folder {name}") from error
    return int(report.failed)
