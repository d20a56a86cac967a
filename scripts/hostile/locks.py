"""Locks that are broken, endless, lie, or are something else than a file of the collection."""

from __future__ import annotations

import json
import os
from pathlib import Path

from hostile.case import Case, both, link, tree

_HEAD = '{"record":"lock","schema":1,"namespace":"0123456789abcdef"}\n'


def _note(**fields: object) -> str:
    record = {
        "record": "note", "guid": "g1", "kind": "qa", "source": "n.md", "section": "Waves", "question": "what is a wave",
        "sketch": "", "fields": ["a"], "tags": "", "deck": "n", "modified": 1, **fields,
    }  # fmt: skip
    return json.dumps(record) + "\n"


_TEXTS: dict[str, str | bytes] = {
    "empty": "",
    "one-line-end": "\n",
    "cut-off": _HEAD + _note()[:40],
    "no-head": _note(),
    "two-heads": _HEAD * 2,
    "merge-marks": _HEAD + "<<<<<<< ours\n" + _note() + "=======\n>>>>>>> theirs\n",
    "other-schema": _HEAD.replace("1,", "99,"),
    "no-utf-8": b"\xff\xfe\0",
    "nuls": b"\0" * 900 + b"\n",
    "deep": _HEAD + "[" * 200_000 + "]" * 200_000 + "\n",
    "deep-record": _HEAD + '{"record":"note","x":' + "[" * 90_000 + "]" * 90_000 + "}\n",
    "large": _HEAD + " " * 90_000_000 + "\n",
    "many-notes": _HEAD + "".join(_note(guid=f"g{n}", question=f"what is {n}") for n in range(30_000)),
    "same-notes": _HEAD + "".join(_note(guid=f"g{n}") for n in range(3_000)),
    "long-sketches": _HEAD
    + "".join(_note(guid=f"g{n}", question="q" * 900, sketch="a" * 9_000) for n in range(900)),
    "time-below-zero": _HEAD + _note(modified=-(10**12)),
    "time-beyond": _HEAD + _note(modified=10**17),
    "time-without-bounds": _HEAD + _note(modified=10**40),
    "odd-guid": _HEAD + _note(guid="\u0000<b>'\";--\n\ud800".encode("utf-8", "replace").decode()),
    "source-outside": _HEAD + _note(source="../outside/secret.md"),
    "source-with-nul": _HEAD + _note(source="a\0b.md"),
    "source-too-long": _HEAD + _note(source="a/" * 9_000),
    "deck-with-markup": _HEAD + _note(deck="::::<b>\0\x1f::" * 90),
    "odd-namespace": _HEAD.replace("0123456789abcdef", "\\u0000" * 500),
    "source-absolute": _HEAD + _note(source="/etc/passwd") + _note(guid="g2", source="/dev/zero"),
    "source-of-surrogates": _HEAD + _note().replace("n.md", "\\ud800.md"),
    "question-of-surrogates": _HEAD + _note().replace("what is a wave", "\\ud800\\udfff"),
    "question-of-directions": _HEAD + _note(question="\u202e\u2066what is a wave\u0301"),
    "question-with-escapes": _HEAD + _note(question="\x1b[31m\x07what", guid="\x1b[2J"),
    "guid-of-a-megabyte": _HEAD + _note(guid="g" * 1_000_000),
    "guid-of-nothing": _HEAD + _note(guid=""),
    "guid-with-a-template": _HEAD + _note(guid="{why}%s{0.__class__}"),
    "many-fields": _HEAD + _note(fields=["a"] * 200_000),
    "no-fields": _HEAD + _note(fields=[]),
    "fields-of-other-kinds": _HEAD + _note(fields={"a": 1}, kind=7, source=None),
    "unknown-kind": _HEAD + _note(kind="\u0000kind"),
    "unknown-record": _HEAD + '{"record":"wish","x":1}\n',
    "repeated-keys": _HEAD + '{"record":"note","record":"lock","guid":"a","guid":"b"}\n',
    "note-types-of-odd-kinds": _HEAD
    + '{"record":"note-type","kind":"../x","digest":"x","modified":1}\n' * 900,
    "sources-of-odd-times": _HEAD
    + '{"record":"source","source":"n.md","digest":"x","modified":253402300800}\n',
    "returns": (_HEAD + _note()).replace("\n", "\r\n"),
    "with-mark": "\ufeff" + _HEAD + _note(),
    "blank-lines": _HEAD + "\n" * 900_000 + _note(),
    "one-endless-line": _HEAD.rstrip() * 200_000,
    "numbers-of-many-digits": _HEAD.replace(":1,", f":{'9' * 90_000},"),
    "sections-of-many": _HEAD + _note(section="a > " * 200_000),
    "alike-but-for-a-letter": _HEAD
    + "".join(_note(guid=f"g{n}", question=f"what is a wav{n % 90}", sketch="") for n in range(9_000)),
    "nan": _HEAD + '{"record":"note-type","kind":"qa","digest":"x","modified":NaN}\n',
}


def _fifo(folder: Path, outside: Path) -> None:
    tree({})(folder, outside)
    os.mkfifo(folder / "deckbuild.lock")


def _folder(folder: Path, outside: Path) -> None:
    tree({"deckbuild.lock/x.md": ""})(folder, outside)


CASES = [
    *(Case("locks", name, tree({"deckbuild.lock": text})) for name, text in _TEXTS.items()),
    Case("locks", "fifo", _fifo),
    Case("locks", "folder", _folder),
    Case(
        "locks",
        "link-inside",
        both(link("deckbuild.lock", "kept/ours.lock"), tree({"kept/ours.lock": _HEAD})),
    ),
    Case("locks", "link-to-nothing", both(link("deckbuild.lock", "kept/ours.lock"), tree({"kept/x": ""}))),
    Case("locks", "link-outside", link("deckbuild.lock", "@OUTSIDE@/secret.lock"), refused=True),
    Case("locks", "link-to-nothing-outside", link("deckbuild.lock", "@OUTSIDE@/new.lock"), refused=True),
    Case(
        "locks",
        "links-in-a-circle",
        both(link("a.lock", "deckbuild.lock"), link("deckbuild.lock", "a.lock")),
        refused=True,
    ),
    Case("locks", "link-to-a-folder", link("deckbuild.lock", "."), refused=True),
    Case(
        "locks",
        "link-by-steps-outside",
        both(link("d", "@OUTSIDE@"), link("deckbuild.lock", "d/new.lock")),
        refused=True,
    ),
    Case("locks", "named-a-document", tree({}), ("build", ".", "-o", "out", "--lock", "n.md"), refused=True),
    Case(
        "locks", "named-a-device", tree({}), ("build", ".", "-o", "out", "--lock", "/dev/zero"), refused=True
    ),
    Case(
        "locks",
        "named-a-file-in-a-file",
        tree({}),
        ("build", ".", "-o", "out", "--lock", "n.md/x.lock"),
        refused=True,
    ),
    Case("locks", "link-to-itself", link("deckbuild.lock", "deckbuild.lock"), refused=True),
    Case("locks", "link-to-a-device", link("deckbuild.lock", "/dev/zero"), refused=True),
    Case("locks", "link-to-the-document", link("deckbuild.lock", "n.md"), refused=True),
]
