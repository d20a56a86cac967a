"""Word files and packages that are archives with something wrong inside."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import partial

from hostile.case import Case, tree
from hostile.formats import packed, said, word
from hostile.images import png

_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PICTURE = (
    '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{_RELATIONS}" r:embed="r9"/></w:drawing></w:r></w:p>'
)
_ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "' + "&a;" * 900 + '">'


def _with(data: bytes, **parts: bytes) -> bytes:
    """An archive with more parts; `__` in a name is a slash, `_xml` an ending."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_png", ".png"), content)
    return out.getvalue()


def _related(target: str, mode: str = "") -> bytes:
    kind = f"{_RELATIONS}/image"
    relation = f'<Relationship Id="r9" Type="{kind}" Target="{target}"{mode}/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{relation}</Relationships>'.encode()


def _shown(target: str, mode: str = "", **parts: bytes) -> bytes:
    """A Word file that shows a picture at an address."""
    out = io.BytesIO(_with(word(said("What is it?") + _PICTURE + said("That.")), **parts))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", _related(target, mode))
    return out.getvalue()


def _changed(data: bytes, offset: int, value: int) -> bytes:
    """An archive whose list of parts says something else of each: a field of two bytes."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + offset : at + offset + 2] = struct.pack("<H", value)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


_FINE = word(said("What is it?") + said("That."))
_WORDS: dict[str, Callable[[], bytes]] = {
    "of-40000-parts": lambda: _with(_FINE, **{f"p{n}": b"" for n in range(40_000)}),
    "bomb-of-styles": lambda: _with(_FINE, word__styles_xml=b"<x>" + b" " * 300_000_000),
    "entities-of-styles": lambda: _with(_FINE, word__styles_xml=(_ENTITIES + "]><x>&b;</x>").encode()),
    "entities-of-notes": lambda: _with(_FINE, word__footnotes_xml=(_ENTITIES + "]><x>&b;</x>").encode()),
    "numbers-of-noise": lambda: _with(_FINE, word__numbering_xml=bytes(range(256)) * 90),
    "deep-numbers": lambda: _with(_FINE, word__numbering_xml=b"<a>" * 200_000),
    "encrypted": lambda: _changed(_FINE, 8, 1),
    "of-an-unknown-packing": lambda: _changed(_FINE, 10, 99),
    "of-false-sizes": lambda: _changed(_FINE, 24, 7),
    "of-far-places": lambda: _changed(_FINE, 42, 60_000),
    "without-a-list": lambda: _FINE[: _FINE.find(b"PK\x01\x02")],
    "twice": lambda: _FINE + _FINE,
    "behind-noise": lambda: b"\x00noise" * 999 + _FINE,
    "picture-outside": lambda: _shown("file:///etc/passwd", ' TargetMode="External"'),
    "picture-that-climbs": lambda: _shown("../../../outside/secret.png"),
    "picture-remote": lambda: _shown("http://127.0.0.1:9/x.png", ' TargetMode="External"'),
    "picture-missing": lambda: _shown("media/nothing.png"),
    "picture-bomb": lambda: _shown("media/a.png", word__media__a_png=bytes(600_000_000)),
    "picture-of-20000-squared": lambda: _shown("media/a.png", word__media__a_png=png(20_000, 20_000, b"", 8)),
    "deep-boxes": lambda: word(
        "<w:p><w:r><w:txbxContent>" * 80 + said("x") + "</w:txbxContent></w:r></w:p>" * 80
    ),
    "deep-mathematics": lambda: word(
        said("What is it?") + f"<w:p {_M}>" + "<m:f><m:num>" * 900 + "</m:num></m:f>" * 900 + "</w:p>"
    ),
    "many-runs": lambda: word("<w:p>" + "<w:r><w:t>x</w:t></w:r>" * 100_000 + "</w:p>"),
    "many-paragraphs": lambda: word(said("What is it?") * 30_000),
    "cells-that-span": lambda: word(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + said("x") + "</w:tc></w:tr></w:tbl>"
    ),
    "levels-of-many-digits": lambda: word(
        f'<w:p><w:pPr><w:outlineLvl w:val="{"9" * 5_000}"/><w:numPr><w:ilvl w:val="{"9" * 5_000}"/></w:numPr></w:pPr></w:p>'
    ),
    "controls": lambda: word(said("&#x202e;What is &#x9b;31m it?") + said("That.")),
}  # fmt: skip

_DECKS: dict[str, dict[str, str]] = {
    "many-media": {"collection.anki21": "", "media": "{" + ",".join(f'"{n}":"a.png"' for n in range(200_000)) + "0}"},
    "media-that-climb": {"collection.anki2": "", "media": '{"0":"../../outside/secret.png"}', "0": "x"},
    "media-of-numbers": {"collection.anki2": "", "media": '{"0": 7, "1": [], "2": {"a": null}}'},
    "deep-media": {"collection.anki2": "", "media": "[" * 90_000},
    "false-version": {"collection.anki21b": "(\xb5/\xfd" + "x" * 99, "media": "{}", "meta": "\x08\x99"},
    "two-collections": {"collection.anki2": "x", "collection.anki21": "y", "collection.anki21b": "z", "media": "{}"},
}  # fmt: skip


CASES = [
    *(Case("archives", f"docx-{name}", tree({"a.docx": data})) for name, data in _WORDS.items()),
    *(
        Case(
            "archives",
            f"apkg-{name}",
            tree({"a.apkg": partial(packed, parts)}),
            ("build", "a.apkg", "-o", "out", "--only", "sheet"),
            refused=True,
        )
        for name, parts in _DECKS.items()
    ),
]
