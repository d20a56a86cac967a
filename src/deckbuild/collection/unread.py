"""Files of a folder that hold something to learn, perhaps, and are not read: one line for each kind."""

from __future__ import annotations

import os
from collections.abc import Collection as Group
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from deckbuild.collection.collection import Collection
from deckbuild.collection.documents import folders_of, is_own
from deckbuild.collection.settings import excluded
from deckbuild.model import Diagnostic
from deckbuild.read import SUFFIXES
from deckbuild.report.diagnostics import Code

MOST_SEEN = 50_000
"""Files that are looked at."""

_NAMED = 3
"""Files that a line names."""


class _Kind(Struct, frozen=True):
    one: str
    many: str
    endings: str
    way: str


@lru_cache(maxsize=1)
def _kinds() -> dict[str, _Kind]:
    """The kinds of files by their endings."""
    import tomllib  # loaded only where a folder holds other files

    text = (Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8")
    found = [_Kind(**kind) for kind in tomllib.loads(text)["kind"]]
    return {ending: kind for kind in found for ending in kind.endings.split()}


def unread(collection: Collection, used: Group[Path]) -> Iterator[Diagnostic]:
    """A notice for each kind of file in the folders of a collection that is not read, and not left out by its settings.

    `used` are media of documents.
    """
    settings = collection.settings
    shown = {os.path.realpath(path) for path in used}  # follows no circle of links, which `resolve` raises
    seen: dict[str, tuple[_Kind, list[Path]]] = {}
    count = 0
    for folder, names in (found for path in collection.paths if path.is_dir() for found in folders_of(path)):
        for name in sorted(names):
            count += 1
            ending = os.path.splitext(name)[1].lower()  # noqa: PTH122  quicker than a path for each file
            kind = None if ending in SUFFIXES else _kinds().get(ending)
            if kind and count <= MOST_SEEN and not name.startswith("."):
                file = Path(folder, name)
                left_out = bool(settings.exclude) and excluded(settings, collection.source(file))
                if os.path.realpath(file) not in shown and not left_out and not is_own(file):
                    seen.setdefault(kind.many, (kind, []))[1].append(file)
    for kind, files in seen.values():
        files.sort()
        names = [collection.source(file) for file in files]
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        what = kind.one if len(names) == 1 else f"{len(names):,} {kind.many}"
        verb = "is" if len(names) == 1 else "are"
        yield Code.UNREAD.at(
            names[0], 1, what=what, verb=verb, names=", ".join(names[:_NAMED]) + more, way=kind.way
        )
