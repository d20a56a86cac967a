"""Commands that show something and write nothing that a build needs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from deckbuild.cli.arguments import FORMATS, LISTINGS, PAGES, PATHS, QUIET, STRICT, FilePath, attempt, run

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Example: deckbuild check notes/ --strict")
@PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the list of problems.",
)
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="List each problem by itself, and near misses: text that is almost a formula.",
)
@STRICT
def check(paths: tuple[Path, ...], form: str, verbose: bool, strict: bool) -> None:
    """Show problems in documents; write nothing.

    A PATH of `-` stands for a document on standard input.
    """
    from pathlib import Path

    from deckbuild.collection.collection import each
    from deckbuild.collection.idle import idle_settings
    from deckbuild.commands.context import about, read_documents, standard_input, with_images
    from deckbuild.report.report import Report

    report = Report(quiet=form != "text", strict=strict, verbose=verbose)

    def work() -> None:
        if paths == (Path("-"),):
            if sys.stdin is None:
                raise click.UsageError("there is no standard input")
            report.add(standard_input(sys.stdin.buffer))
            return
        for found in each(paths, Path.cwd()):
            context = about(found, report)
            documents = read_documents(context)
            report.add(idle_settings(found, documents), found.root)
            with_images(context, documents)

    failed = attempt(report, work)
    if form != "text":
        from deckbuild.report.formats import FORMS

        if text := FORMS[form](report.diagnostics):
            click.echo(text)
    sys.exit(failed)


@click.command(name="list", epilog="Example: deckbuild list notes/biology.md --what tables")
@PATHS
@click.option("--what", type=click.Choice(LISTINGS), default="notes", show_default=True, help="What to show.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def list_(paths: tuple[Path, ...], what: str, as_json: bool) -> None:
    """Show what was extracted; write nothing."""
    from pathlib import Path

    from deckbuild.collection.collection import each
    from deckbuild.commands import listing
    from deckbuild.commands.context import about, known_lock, read_documents
    from deckbuild.report.formats import json_line
    from deckbuild.report.headline import printable
    from deckbuild.report.report import Report

    report = Report(quiet=True)

    def show(record: listing.Record) -> str:
        return json_line(record) if as_json else printable(listing.as_text(record))

    def work() -> None:
        for found in each(paths, Path.cwd()):
            documents = read_documents(about(found, report))
            for record in listing.LISTINGS[what](documents, known_lock(found)):
                click.echo(show(record))

    run(report, work)


@click.command(epilog="Example: deckbuild explain notes/biology.md --html biology.html")
@click.argument("path", type=FilePath(dir_okay=False))
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=FilePath(dir_okay=False),
    help="Write a page that shows the source and the fate of its lines side by side.",
)
def explain(path: Path, page: Path | None) -> None:
    """Show what became of each line of one document, and why."""
    is_page = page and page.suffix.lower() in PAGES and page.resolve() != path.resolve()
    if page and page.exists() and not is_page:
        raise click.BadParameter(
            f"it would overwrite {page.name}, which is not a web page", param_hint="--html"
        )
    from deckbuild.commands import look
    from deckbuild.commands.context import prepared
    from deckbuild.commands.explain import as_html
    from deckbuild.commands.explain_text import as_text
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

    run(report, work)


@click.command(
    short_help="Show what importing a new build would change.",
    epilog="Example: deckbuild diff build/biology.apkg notes/",
)
@click.argument("paths", metavar="[OLD.apkg] [PATH]...", nargs=-1, type=FilePath())
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@QUIET
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
    from deckbuild.report.formats import json_line
    from deckbuild.report.headline import printable
    from deckbuild.report.report import Report

    report = Report(quiet)

    def work() -> None:
        context = prepared([path for path in paths if path not in packages], report)
        changes = look.difference(context, packages[0] if packages else None)
        for change in changes:
            for line in [json_line(change)] if as_json else map(printable, difference.as_text(change)):
                click.echo(line)
        if not report.failed:
            report.say(difference.summary(changes))

    run(report, work)
