"""The command line: parses arguments, calls the steps, ends with their status.

Status 0 is fine, 1 findings or a failed build, 2 wrong usage. Data goes to stdout, talk to stderr.
Each command imports what it needs when it is called, so that help, wrong usage and small work start at once.
"""

from __future__ import annotations

import os

import click

from deckbuild import __version__
from deckbuild.cli import looking, making, settling

_COMMANDS = (
    making.build,
    looking.check,
    looking.list_,
    looking.explain,
    making.preview,
    looking.diff,
    settling.duplicates,
    settling.identity,
    settling.lock,
    making.read,
    making.collate,
    making.write,
)


@click.group(
    commands=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Read study documents as they are found; make Anki decks and printable sheets of them.

    A PATH is a document or a folder. Without one, the sources of the collection in the current folder are
    used.
    """
    if os.environ.get("NO_COLOR"):  # see no-color.org; click only asks whether this is a terminal
        context.color = False


def main() -> None:
    """Run the command line and end the process with its status."""
    from deckbuild.machine.processes import collect_rarely

    collect_rarely()
    cli(prog_name="deckbuild")
