"""Opening the package of a Word file, within limits, though pictures of it may be lost."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import Any

from lxml import etree
from lxml.etree import XMLSyntaxError

from deckbuild.syntax.formats.reading import Unreadable

LARGEST_PART = 40_000_000
"""Bytes of the unpacked text of a file, twenty times that of a long book."""

LARGEST = 200_000_000
"""Bytes of all that is packed into a file, with its images."""

_SPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def opened(data: bytes) -> Any:
    """The document of python-docx. Raises `Unreadable` for what is no Word file, or a larger one than the limits."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            sizes = [(entry.filename, entry.file_size) for entry in archive.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("it is not an archive, as Word files are") from error
    if any(size > LARGEST_PART for part, size in sizes if part.endswith((".xml", ".rels"))):
        raise Unreadable(f"its text has more than {LARGEST_PART:,} bytes unpacked")
    if sum(size for _, size in sizes) > LARGEST:
        raise Unreadable(f"it has more than {LARGEST:,} bytes unpacked")
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.parts.image import ImagePart

    try:
        document = docx.Document(BytesIO(_with_lost_pictures(data)))
        for part in document.part.package.iter_parts():
            if isinstance(part, ImagePart):  # read from the file again where a card shows it
                part._blob = None  # parts hold each other, so Python would keep all pictures for long
        return document
    except (
        AttributeError,
        EOFError,
        LookupError,
        OSError,
        RuntimeError,  # encrypted parts, and ways of packing that are unknown
        TypeError,
        ValueError,
        XMLSyntaxError,
        zipfile.BadZipFile,
        zlib.error,
        PackageNotFoundError,
    ) as error:
        raise Unreadable("parts of a Word file are missing or broken") from error


def _with_lost_pictures(data: bytes) -> bytes:
    """The package, in which pictures that it names and lacks lie outside: python-docx opens none without them.

    Word itself shows a cross there, and some programs write `NULL` for a picture that they could not keep.
    """
    changed = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        for name in names:
            if name.endswith(".rels") and (told := _outside(archive.read(name), name, names)):
                changed[name] = told
        if not changed:
            return data
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
            for name in sorted(names):
                copy.writestr(name, changed.get(name) or archive.read(name))
    return out.getvalue()


def _outside(data: bytes, name: str, names: set[str]) -> bytes | None:
    """The relations of a part with those outside whose pictures are lost; None where none is."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    folder = posixpath.dirname(posixpath.dirname(name))
    lost = False
    for relation in root.iter(f"{_SPACE}Relationship"):
        if relation.get("TargetMode") == "External" or not relation.get("Type", "").endswith("/image"):
            continue
        path = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        if path[1:] not in names:
            relation.set("Target", path)
            relation.set("TargetMode", "External")
            lost = True
    return etree.tostring(root) if lost else None
