"""Locks that are broken, endless, lie, or are something else than a file of the collection."""

from __future__ import annotations

import json
import os
from pathlib import Path

from hostile.case import Case, Content, both, link, tree

_HEAD = '{"record":"lock","schema":1,"namespace":"0123456789abcdef"}\n'


def _note(**fields: object) -> str:
    record = {
        "record": "note", "guid": "g1", "kind": "qa", "source": "n.md", "section": "Waves", "question": "what is a wave",
        "sketch": "", "fields": ["a"], "tags": "", "deck": "n", "modified": 1, **fields,
    }  # fmt: skip
    return json.dumps(record) + "\n"


_TEXTS: dict[str, Content] = {
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
    "large": lambda: _HEAD + " " * 90_000_000 + "\n",
    "many-notes": lambda: (
        _HEAD + "".join(_note(guid=f"g{n}", question=f"what is {n}") for n in range(30_000))
    ),
    "same-notes": _HEAD + "".join(_note(guid=f"g{n}") for n in range(3_000)),
    "long-sketches": lambda: (
        _HEAD + "".join(_note(guid=f"g{n}", question="q" * 900, sketch="a" * 9_000) for n in range(900))
    ),
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
    "one-endless-line": lambda: _HEAD.rstrip() * 200_000,
    "numbers-of-many-digits": _HEAD.replace(":1,", f":{'9' * 90_000},"),
    "sections-of-many": _HEAD + _note(section="a > " * 200_000),
    "alike-but-for-a-letter": _HEAD
    + "".join(_note(guid=f"g{n}", question=f"what is a wav{n % 90}", sketch="") for n in range(9_000)),
    "nan": _HEAD + '{"record":"note-type","kind":"qa","digest":"x","modified":NaN}\n',
}

_NOW = '{"record":"lock","schema":2,"namespace":"0123456789abcdef"}\n'


def _record(kind: str = "note", **fields: object) -> str:
    """A line of a lock of today's schema."""
    return json.dumps({"record": kind, **fields}) + "\n"


def _asks(guid: str, **fields: object) -> str:
    return _record(guid=guid, source="n.md", question="what is a wave", modified=1, **fields)


def _decision(guid: object, other: object, verdict: object = "join", modified: object = 1) -> str:
    return _record("decision", guid=guid, other=other, verdict=verdict, modified=modified)


_RECORDS: dict[str, Content] = {
    "joined-to-itself": _NOW + _asks("g", joined="g") + _decision("g", "g"),
    "joined-in-a-circle": _NOW
    + "".join(_asks(f"g{n}", joined=f"g{(n + 1) % 3}") + _decision(f"g{n}", f"g{(n + 1) % 3}") for n in range(3)),
    "joined-in-a-chain": _NOW + "".join(_asks(f"g{n}", joined=f"g{n + 1}") for n in range(9_000)),
    "joined-to-nothing": _NOW + _asks("g", joined="h" * 90_000, joint="x" * 90_000) + _decision("x", "y"),
    "joined-to-a-tombstone": _NOW + _asks("g", joined="h") + _record(guid="h", removed=9, joined="g"),
    "decisions-that-differ": _NOW + (_decision("g", "h") + _decision("h", "g", "keep")) * 900,
    "decisions-of-all-with-all": lambda: _NOW + "".join(_decision(f"g{n % 300}", f"g{n // 300}", "keep") for n in range(60_000)),
    "decision-of-other-kinds": _NOW + _decision(7, None, ["join"], "x"),
    "after-itself": _NOW + _asks("g", after="g"),
    "after-each-other": _NOW + "".join(_asks(f"g{n}", after=f"g{(n + 7) % 3_000}") for n in range(3_000)),
    "after-nothing": _NOW + _asks("g", after="\0\x1b[31m"),
    "all-the-first": _NOW + "".join(_asks(f"g{n}", after="-") for n in range(3_000)),
    "same-ids": _NOW + "".join(_asks(f"g{n}", id="one") for n in range(3_000)),
    "tombstones-of-all": lambda: _NOW + "".join(_record(guid=f"g{n}", question="x" * 16, content="y", removed=9, modified=9) for n in range(30_000)),
    "removed-before-it-was": _NOW + _asks("g", removed=1).replace('"modified": 1', '"modified": 253402300799'),
    "whole-of-another-kind": _NOW + _asks("g", whole="yes", removed=True),
    "sketch-of-noise": _NOW + _asks("g", sketch="\x00\ufffe\u202e" * 9_000, content="z" * 90_000),
    "decks-that-climb": _NOW + _asks("g", deck="../../x::\x1b[2J::" + "y" * 9_000) + _record("source", source="n.md", digest="x", modified=1, deck="::" * 900),
    "source-in-many-decks": _NOW + "".join(_record("source", source="n.md", digest="x", modified=1, deck=f"d{n}") for n in range(9_000)),
    "schema-of-another-kind": _NOW.replace(":2,", ':"2",'),
    "schema-below-zero": _NOW.replace(":2,", ":-1,"),
    "schema-a-fraction": _NOW.replace(":2,", ":2.0,"),
    "namespace-of-a-megabyte": _NOW.replace("0123456789abcdef", "f" * 1_000_000),
    "namespace-of-nothing": _NOW.replace("0123456789abcdef", ""),
    "version-of-escapes": _NOW.replace('"schema"', '"version":"\\u001b[31m9.9.9","schema"'),
    "version-of-the-future": _NOW.replace('"schema"', '"version":"99999999999.0.0","schema"'),
    "version-of-a-megabyte": _NOW.replace('"schema"', f'"version":"{"9." * 500_000}0","schema"'),
    "head-at-the-end": _asks("g") + _NOW,
    "lists-for-records": _NOW + "[]\n7\nnull\n",
    "words-behind-a-record": _NOW.rstrip() + " x\n",
    "many-questions-nearly-alike": lambda: _NOW
    + "".join(_record(guid=f"g{n}", source="n.md", question=f"what is a wave of {n}", sketch="a b c d", modified=1) for n in range(20_000)),
}  # fmt: skip


def _fifo(folder: Path, outside: Path) -> None:
    tree({})(folder, outside)
    os.mkfifo(folder / "deckbuild.lock")


def _folder(folder: Path, outside: Path) -> None:
    tree({"deckbuild.lock/x.md": ""})(folder, outside)


CASES = [
    *(Case("locks", name, tree({"deckbuild.lock": text})) for name, text in _TEXTS.items()),
    *(Case("locks", f"today-{name}", tree({"deckbuild.lock": text})) for name, text in _RECORDS.items()),
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
