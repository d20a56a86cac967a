"""What a hostile input is: a name, and what lays it out on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

PLAIN = "# Waves\n\n## What is a wave?\n\nA disturbance that carries energy.\n\n## What is its period?\n\nThe time of one swing.\n"
"""A document that is fine, for inputs that are hostile elsewhere."""

Content = str | bytes | Callable[[], str | bytes]
"""What a file holds, or what makes it where that takes long."""

Make = Callable[[Path, Path], None]
"""Lays an input out: in the folder of a collection, which holds nothing yet, and with a look at the folder
outside of it, which holds `secret.md`, `secret.png`, `secret.css`, `secret.ttf` and `secret.lock`."""


DECK = ("build", ".", "-o", "out", "--only", "deck")
"""The command for documents that are merely long: what their prints take is for `make bench`."""


class Case(NamedTuple):
    """An input. `arguments` are those of deckbuild, `fed` is the file that it has as its standard input.

    `refused` says that exit status 0 would be a fault.
    """

    kind: str
    name: str
    make: Make
    arguments: tuple[str, ...] = ("build", ".", "-o", "out")
    refused: bool = False
    fed: str = os.devnull

    @property
    def id(self) -> str:
        """`documents/empty`."""
        return f"{self.kind}/{self.name}"


def tree(contents: Mapping[str, Content]) -> Make:
    """A collection of the files of these names, and `n.md` with a document that is fine if it isn't named."""

    def make(folder: Path, outside: Path) -> None:
        for name, content in {"n.md": PLAIN, **contents}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content = content()
            data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            path.write_bytes(data.replace(b"@OUTSIDE@", str(outside).encode()))

    return make


def both(*makes: Make) -> Make:
    """One after the other."""

    def make(folder: Path, outside: Path) -> None:
        for one in makes:
            one(folder, outside)

    return make


def link(name: str, target: str) -> Make:
    """A symbolic link in a collection with a fine document; `@OUTSIDE@` is the folder outside."""

    def make(folder: Path, outside: Path) -> None:
        tree({})(folder, outside)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(target.replace("@OUTSIDE@", str(outside)))

    return make
