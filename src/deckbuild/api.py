"""What other programs call: read a document, build a library, render an output. `deckbuild` re-exports it.

Nothing is printed. What a user should know of a document is in its `diagnostics`; what stops the work is
raised as `Failure`, whose `diagnostics` say where, why, and what to do.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from deckbuild.collection.print_settings import DEFAULT, Print
from deckbuild.commands import outputs
from deckbuild.commands.build import Options, settled_library
from deckbuild.commands.context import prepared
from deckbuild.model import Document, Library
from deckbuild.read import read
from deckbuild.report.diagnostics import Failure
from deckbuild.report.report import Report

__all__ = ["Failure", "build_library", "read_document", "render"]


def read_document(path: str | PathLike[str]) -> Document:
    """The document in a file: its notes, tables and formulas, and the fate of each line.

    Settings are those of the collection that the file lies in; nothing is written. Raises
    `FileNotFoundError`, and `Failure` where the file is no text or beyond the limits.
    """
    collection = prepared([Path(path)], Report(silent=True)).collection
    (file,) = collection.files
    collection.refuse_unfit(file)
    name = collection.source(file)
    return read(file, name, collection.preferences(name))


def build_library(*paths: str | PathLike[str], locked: bool = False) -> Library:
    """Documents and folders of one collection as a library, whose notes have the guids of its lock.

    The lock is written as `deckbuild build` writes it, since a note that loses its guid loses its review
    history; `locked` forbids any change of it. Without paths, the sources of the collection of the working
    directory are taken. Raises `FileNotFoundError`, and `Failure` where a document can't be read or the lock
    may not change.
    """
    report = Report(silent=True)
    context = prepared([Path(path) for path in paths], report)
    library = settled_library(context, Options(locked=locked))
    if library is None:
        raise Failure(*report.diagnostics)
    return library


def render(library: Library, kind: str, settings: Print = DEFAULT) -> bytes:
    """An output of a library, as bytes: `deck`, `sheet`, `booklet`, `cutouts`, `preview` or `model`.

    `settings` are those of prints. Prints of more than about 100 pages are set by several processes, which
    import the calling script: keep its work below `if __name__ == "__main__":`. Raises `KeyError` for an
    unknown kind, and `Failure` where the output can't be made.
    """
    return outputs.only(kind, outputs.Material(library, settings)).data
