"""Commands whose paths lie where something else is: outputs over documents, devices for packages, names as messages."""

from __future__ import annotations

import json
import os
from pathlib import Path

from hostile.case import DECK, PLAIN, Case, Make, both, link, tree
from hostile.images import png

_ODD = "a\n::error::x\r\x1b[31m%0A.md"


def _fifo(name: str) -> Make:
    def make(folder: Path, outside: Path) -> None:
        tree({})(folder, outside)
        os.mkfifo(folder / name)

    return make


def _pictures(folder: Path, outside: Path) -> None:
    """Ten pictures within the limits, of 36 million pixels each."""
    shown = "".join(f"![a](p{n}.png)\n" for n in range(10))
    rows = bytes(6_001 * 6_000)
    pictures = {f"p{n}.png": png(6_000, 6_000, rows, 8, (b"tEXt", b"n\0%d" % n)) for n in range(10)}
    tree({"n.md": f"{PLAIN}\n## What is it?\n\n{shown}", **pictures})(folder, outside)


def _model(**values: object) -> str:
    return json.dumps({"title": "x", "digest": "x", "root": {}, **values})


_FONTS: dict[str, bytes] = {
    "of-nothing": b"",
    "of-many-tables": b"\0\1\0\0\xff\xff" + bytes(999_999),
    "of-far-tables": b"\0\1\0\0\0\1" + bytes(6) + b"glyf" + b"\xff" * 12,
    "collection-of-many": b"ttcf\0\1\0\0\xff\xff\xff\xff" + b"\0\0\0\x0c" * 9_000,
    "of-the-web": b"wOF2\0\1\0\0" + b"\xff" * 900,
    "of-postscript": b"OTTO\0\1\0\0\0\0\0\0CFF " + b"\xff" * 900,
}
_NAMES = ('a");@import url(x).ttf', "a</style><script>1<!--.ttf", "{{ 7 }}\\.ttf")


def _with_font(name: str, data: bytes) -> Make:
    return tree({name: data, "deckbuild.toml": f"[print]\nfonts = [{json.dumps(name)}]\n"})


CASES = [
    Case("commands", "outputs-among-the-documents", tree({}), ("build", ".", "-o", ".", "--only", "deck")),
    Case("commands", "output-over-a-foreign-deck", tree({"notes.apkg/x": ""}), ("build", ".", "-o", ".", "--only", "deck"), refused=True),
    Case("commands", "output-of-no-name", tree({}), ("build", ".", "-o", "")),
    Case("commands", "path-of-no-name", tree({}), ("build", "", "-o", "out")),
    Case("commands", "path-with-line-ends", tree({}), ("build", "a\n::error::b", "-o", "out"), refused=True),
    Case("commands", "same-path-often", tree({}), ("build", *["n.md", "./n.md", "../notes/n.md"] * 900, "-o", "out", "--only", "deck")),
    Case("commands", "outputs-twice", tree({}), ("build", ".", "-o", "out", "--only", "deck,deck,,deck")),
    Case("commands", "lock-is-the-output-folder", tree({}), (*DECK, "--lock", "out"), refused=True),
    Case("commands", "lock-is-an-output", tree({}), (*DECK, "--lock", "out/notes.apkg"), refused=True),
    Case("commands", "lock-is-a-fifo", _fifo("x.lock"), (*DECK, "--lock", "x.lock"), refused=True),
    Case("commands", "lock-among-devices", tree({}), (*DECK, "--lock", "/dev/full"), refused=True),
    Case("commands", "page-over-a-folder", tree({"d/x": ""}), ("explain", "n.md", "--html", "d"), refused=True),
    Case("commands", "page-into-a-device", tree({}), ("explain", "n.md", "--html", "/dev/full"), refused=True),
    Case("commands", "page-over-the-settings", tree({"deckbuild.toml": ""}), ("explain", "n.md", "--html", "deckbuild.toml"), refused=True),
    Case("commands", "github-messages", tree({_ODD: "## What is it?\n\n"}), ("check", "--format", "json", ".")),
    Case("commands", "sarif-messages", tree({_ODD: "## What is it?\n\n"}), ("check", "--format", "sarif", ".")),
    Case("commands", "compared-with-a-device", tree({}), ("diff", "/dev/zero", "."), refused=True),
    Case("commands", "compared-with-a-fifo", _fifo("o.apkg"), ("diff", "o.apkg", "."), refused=True),
    Case("commands", "retired-from-a-fifo", _fifo("o.apkg"), (*DECK, "--retire", "o.apkg"), refused=True),
    Case("commands", "adopted-from-a-fifo", _fifo("o.txt"), ("lock", "--adopt", "o.txt", "."), refused=True),
    Case("commands", "restored-from-a-device", tree({}), ("lock", "--from-apkg", "/dev/zero", "."), refused=True),
    Case("commands", "models-of-noise", tree({"m/n.md.json": bytes(range(256)) * 99}), ("collate", ".", "-m", "m", "-o", "l.json"), refused=True),
    Case("commands", "models-that-nest", tree({"m/n.md.json": "[" * 200_000}), ("collate", ".", "-m", "m", "-o", "l.json"), refused=True),
    Case("commands", "models-in-a-fifo", both(_fifo("m"), tree({})), ("collate", ".", "-m", "m", "-o", "l.json"), refused=True),
    Case("commands", "model-over-a-document", tree({}), ("read", ".", "-o", "n.md"), refused=True),
    Case("commands", "models-behind-a-link", link("m", "@OUTSIDE@"), ("read", ".", "-o", "m"), refused=True),
    Case("commands", "library-of-noise", tree({"l.json": b"\xff" * 9_000}), ("write", "deck", "l.json", "-o", "x.apkg"), refused=True),
    Case("commands", "library-that-nests", tree({"l.json": '{"a":' * 200_000}), ("write", "sheet", "l.json", "-o", "x.pdf"), refused=True),
    Case("commands", "library-of-others", tree({"l.json": _model()}), ("write", "preview", "l.json", "-o", "x.html"), refused=True),
    Case("commands", "library-a-device", tree({}), ("write", "deck", "/dev/zero", "-o", "x.apkg"), refused=True),
    Case("commands", "same-as-nothing", tree({}), ("identity", "--same", "n.md:99999999999999999999", "x\x1b[31m", "."), refused=True),
    Case("commands", "renamed-decks", tree({}), ("lock", "--deck", "\x1b[31m", "x" * 90_000, "."), refused=True),
    Case("commands", "forgotten-before-no-day", tree({}), ("lock", "--forget", "--before", "9999-99-99", "."), refused=True),
    Case("commands", "one-field-of-50-megabytes", tree({"a.csv": lambda: "term,meaning\nx," + "y" * 50_000_000 + "\n"})),
    Case("commands", "one-field-of-19-megabytes", tree({"a.csv": lambda: "term,meaning\nx," + "y" * 19_000_000 + "\n"})),
    Case("commands", "notebook-with-large-outputs", tree({"a.ipynb": lambda: json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": "# What?", "outputs": [{"data": {"image/png": "A" * 18_000_000}}]}]})})),
    Case("commands", "notebook-with-attachments", tree({"a.ipynb": lambda: json.dumps({"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "## What?\n\n![x](attachment:x.png)", "attachments": {"x.png": {"image/png": "A" * 9_000_000}}}]})})),
    Case("commands", "many-large-pictures", _pictures),
    *(Case("fonts", name, _with_font("f.ttf", data)) for name, data in _FONTS.items()),
    *(Case("fonts", f"named-{n}", _with_font(name, b"\0\1\0\0")) for n, name in enumerate(_NAMES)),
    Case("fonts", "many", tree({"f.ttf": b"", "deckbuild.toml": "[print]\nfonts = [" + '"f.ttf",' * 90_000 + "]\n"})),
    Case("fonts", "a-fifo", both(_fifo("f.ttf"), tree({"deckbuild.toml": '[print]\nfonts = ["f.ttf"]\n'}))),
]  # fmt: skip
