"""What the user is told on stderr, and the exit status that follows from it. One object owns both."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from deckbuild.model import Diagnostic, Severity
from deckbuild.report.headline import has_errors, headline, printable

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue", Severity.INFO: "blue"}

_PLACES = 5
"""Lines that are named of those that have one problem."""


class Report:
    """Collects the diagnostics of a command.

    `quiet` leaves errors only, `strict` lets warnings fail, `verbose` shows each problem by itself, and what is
    merely worth knowing too.
    `silent` shows nothing at all, for callers that look at `diagnostics` themselves.
    """

    def __init__(
        self, quiet: bool = False, strict: bool = False, verbose: bool = False, silent: bool = False
    ) -> None:
        self.quiet = quiet or silent
        self.silent = silent
        self.strict = strict
        self.verbose = verbose
        self.diagnostics: list[Diagnostic] = []
        self.paths: Sequence[Path] = ()
        """The paths that the command was given, for commands that the user is told to run."""

    def add(self, diagnostics: Iterable[Diagnostic], root: Path | None = None) -> None:
        """Take and show diagnostics; sources, relative to `root`, become paths from where the user is.

        Warnings of one kind in one document are shown as one, unless the report is `verbose`.
        """
        located = [
            replace(
                diagnostic,
                source=shown_path((root or Path.cwd()) / diagnostic.source),
                hint=self.with_paths(diagnostic.hint),
            )
            for diagnostic in diagnostics
            if diagnostic.severity is not Severity.INFO or self.verbose
        ]
        self.diagnostics += located
        for group in [[d] for d in located] if self.verbose else alike(located):
            if not self.silent and (not self.quiet or group[0].severity is Severity.ERROR):
                _show(summed_up(group))

    def with_paths(self, text: str) -> str:
        """A text with the paths of this command in place of `PATH` at the end of other commands."""
        paths = "".join(f" {shlex.quote(str(path))}" for path in self.paths)
        return text.replace(" PATH`", f"{paths}`")

    def say(self, text: str) -> None:
        """A line about what was done, unless quiet."""
        if not self.quiet:
            click.echo(printable(text), err=True)

    def progress(self, what: str, done: int, count: int) -> None:
        """How far long work is, on one line of a terminal, unless quiet."""
        if not self.quiet and sys.stderr.isatty():
            click.echo(f"\r{what}: {done} of {count} parts", err=True, nl=done == count)

    @property
    def failed(self) -> bool:
        """Whether the command must end with status 1."""
        return has_errors(self.diagnostics, self.strict)


def alike(diagnostics: Sequence[Diagnostic]) -> list[list[Diagnostic]]:
    """Diagnostics in groups of one kind in one document; errors one by one, since each must be mended."""
    groups: dict[tuple[object, ...], list[Diagnostic]] = {}
    for number, diagnostic in enumerate(diagnostics):
        alone = number if diagnostic.severity is Severity.ERROR else None
        groups.setdefault((diagnostic.source, diagnostic.code, alone), []).append(diagnostic)
    return list(groups.values())


def summed_up(group: Sequence[Diagnostic]) -> Diagnostic:
    """The first diagnostic of a group, which tells how many others there are, and where the first of them."""
    first, *others = group
    if not others:
        return first
    places = dict.fromkeys(str(diagnostic.line) for diagnostic in others)
    shown = [*places][:_PLACES]
    more = ", …" if len(places) > len(shown) else ""
    lines = f"{'line' if len(places) == 1 else 'lines'} {', '.join(shown)}{more}"
    return replace(
        first,
        message=f"{first.message} (and {len(others):,} more: {lines})",
        hint=f"{first.hint}; `deckbuild check --verbose` lists all",
    )


def shown_path(path: Path) -> str:
    """A path as short as it can be from the working directory."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive, on Windows
        return str(path)
    return str(path) if relative.startswith(f"..{os.sep}..") else relative


def _show(diagnostic: Diagnostic) -> None:
    severity = f": {diagnostic.severity}: "
    place, _, message = headline(diagnostic).partition(severity)
    styled = click.style(severity, fg=_COLOURS[diagnostic.severity], bold=True)
    click.echo(f"{place}{styled}{message}", err=True)
    click.echo(f"  = {printable(diagnostic.hint)}", err=True)
