"""Cache folders that were filled by others or are none, and documents that come in on standard input."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from hostile.case import DECK, PLAIN, Case, Make, both, tree

_LONG = {"n.md": "".join(f"## What is tide {n}?\n\nThe one after $x_{n}$.\n\n" for n in range(150))}
"""A document that is long enough to be kept."""


def _cache(folder: Path) -> Path:
    return folder.parent / "cache"


def _filled(name: str, content: bytes) -> Make:
    """A file in the cache."""

    def make(folder: Path, outside: Path) -> None:
        path = _cache(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return both(tree(_LONG), make)


def _linked(name: str, target: str) -> Make:
    """The cache, or a file in it, as a link."""

    def make(folder: Path, outside: Path) -> None:
        path = _cache(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target.replace("@OUTSIDE@", str(outside)))

    return both(tree(_LONG), make)


def _sealed(folder: Path, outside: Path) -> None:
    """All kept files of an earlier build, with what is no document under their right names and seals."""
    import subprocess
    import sys
    from hashlib import blake2b

    tree(_LONG)(folder, outside)
    environment = {**os.environ, "DECKBUILD_CACHE": str(_cache(folder))}
    subprocess.run(
        [sys.executable, "-m", "deckbuild", "list", "."], cwd=folder, env=environment, capture_output=True
    )
    for path in (_cache(folder) / "documents").iterdir():
        data = b"\x91" * 100_000
        path.write_bytes(blake2b(data, digest_size=16).digest() + data)


def _pipes(folder: Path, outside: Path) -> None:
    tree(_LONG)(folder, outside)
    _cache(folder).mkdir()
    os.mkfifo(_cache(folder) / "documents")
    for name in ("mathjax", "mathjax.sqlite"):
        os.mkfifo(_cache(folder) / name)


def _view(folder: Path, outside: Path) -> None:
    """A database of another shape at the place of ours."""
    tree(_LONG)(folder, outside)
    _cache(folder).mkdir()
    for name in ("mathjax.sqlite", "mathjax.db"):
        with sqlite3.connect(_cache(folder) / name) as made:
            made.execute("create view entries as select 1 as number, 2 as key, 3 as value")


CASES = [
    Case("caches", "a-file", both(tree(_LONG), lambda folder, _: _cache(folder).touch()), DECK),
    Case("caches", "a-link-outside", _linked("", "@OUTSIDE@/nothing-there"), DECK),
    Case("caches", "documents-a-circle", _linked("documents", "documents"), DECK),
    Case("caches", "documents-a-device", _linked("documents", "/dev/full"), DECK),
    Case("caches", "documents-a-file", _filled("documents", b""), DECK),
    Case("caches", "of-pipes", _pipes, DECK),
    Case("caches", "of-other-values", _sealed, DECK),
    Case("caches", "of-other-tables", _view, DECK),
    *(
        Case("input", name, tree({"fed": content}), ("check", "-"), fed="fed")
        for name, content in {
            "empty": b"",
            "of-nuls": bytes(9_000),
            "of-noise": bytes(range(256)) * 900,
            "a-package": b"PK\x03\x04" + bytes(9_000),
            "of-rows": b"a\tb\n" * 90_000,
            "of-escapes": b"# \x1b[2J\xc2\x9b31m\n\n## What is \x1b]0;x\x07?\n",
            "larger-than-the-limit": lambda: PLAIN.encode() * 180_000,
        }.items()
    ),
    Case("input", "without-end", tree({}), ("check", "-"), refused=True, fed="/dev/zero"),
    Case("input", "of-noise-without-end", tree({}), ("check", "-"), refused=True, fed="/dev/urandom"),
]
