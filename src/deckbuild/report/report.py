"""What the user is told on stderr, and the exit status that follows from it. One object owns both."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from msgspec.structs import replace

from deckbuild.model import Diagnostic, Severity
from deckbuild.report.headline import has_errors, headline, printable

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


class Report:
    """Collects the diagnostics of a command.

    `quiet` leaves errors only, `strict` lets warnings fail, `verbose` shows what is merely worth knowing too.
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

    def add(self, diagnostics: Iterable[Diagnostic], root: Path | None = None) -> None:
        """Take and show diagnostics; sources, relative to `root`, become paths from where the user is."""
        for diagnostic in diagnostics:
            if diagnostic.severity is Severity.INFO and not self.verbose:
                continue
            path = shown_path((root or Path.cwd()) / diagnostic.source)
            located = replace(diagnostic, source=path)
            self.diagnostics.append(located)
            if not self.silent and (not self.quiet or diagnostic.severity is Severity.ERROR):
                _show(located)

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
