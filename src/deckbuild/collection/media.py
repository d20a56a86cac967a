"""The images and recordings of documents, read from the collection's folder into values: the edge for media.

Only files inside the collection are read, whatever a path or a symbolic link says, and nothing is fetched:
who builds a document of somebody else must not hand out files, nor tell anybody. Names are made of content,
so that two files of one name don't meet in Anki's one folder, and a changed image makes its notes change.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar
from urllib.parse import unquote

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from deckbuild.machine import files, packages
from deckbuild.machine.regex import regex
from deckbuild.model import Diagnostic, Document, Html, HtmlSpan, Image, Medium, SourceSpan, image_tags
from deckbuild.model.changing import changed
from deckbuild.report.diagnostics import Code
from deckbuild.report.ignored import wanted

LARGEST = 5_000_000
"""Bytes of one image: more than a screenshot or a figure takes, less than most photographs of a camera."""

LARGEST_RECORDING = 20_000_000
"""Bytes of one recording: 20 minutes of speech at 128 kbit/s, or half a minute of film of a telephone."""

LARGEST_TOTAL = 100_000_000
"""Bytes of all media of a collection, which are held in memory."""

_SIGNATURES = (
    (regex(rb"\x89PNG\r\n\x1a\n"), "png"),
    (regex(rb"\xff\xd8\xff"), "jpg"),
    (regex(rb"GIF8[79]a"), "gif"),
    (regex(rb"RIFF....WEBP", re.DOTALL), "webp"),
    (
        regex(
            rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*+<svg\b",
            re.DOTALL,
        ),
        "svg",
    ),
)
"""How files begin that every Anki shows, and the ending that they get."""

_TEXT = regex(rb"[\t\n\r -~]{0,2000}\Z|(?:\xef\xbb\xbf)?\s*(?:#EXTM3U|\[playlist|<)", re.IGNORECASE)
"""Text in the place of a recording: players follow the addresses of playlists."""

_DATA = regex(r"data:image/[\w.+-]+;base64,(?P<content>[\w+/=%\s]+)", re.IGNORECASE)
_SCHEME = regex(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)

Value = TypeVar("Value")


class Gathered(Struct, frozen=True):
    """Documents whose images name their media, those media, what was wrong, and the files asked for.

    Of each file it is said whether it was there.
    """

    documents: tuple[Document, ...]
    media: tuple[Medium, ...]
    problems: tuple[Diagnostic, ...]
    files: dict[Path, bool]


def gather(documents: Sequence[Document], root: Path) -> Gathered:
    """Read the images of documents that lie in the folder `root`; media are sorted by their names."""
    with closing(packages.Packages()) as opened:
        gatherer = _Gatherer(root, opened)
        gathered = tuple(gatherer.document(document) for document in documents)
    media = tuple(sorted(gatherer.media.values(), key=lambda medium: medium.name))
    return Gathered(gathered, media, tuple(gatherer.problems), gatherer.files)


class _Gatherer:
    """Media found so far, by name; addresses are looked up once for each document."""

    def __init__(self, root: Path, opened: packages.Packages) -> None:
        self.root = root
        self.packages = opened
        self.media: dict[str, Medium] = {}
        self.problems: list[Diagnostic] = []
        self.files: dict[Path, bool] = {}
        self.total = 0
        self.packed = 0

    def document(self, document: Document) -> Document:
        """The document with its images found; most have none, which their JSON form tells fastest."""
        encoded = msgspec.json.encode((document.root, document.derived)).lower()
        if b'"type":"image"' not in encoded and b"<img" not in encoded:
            return document
        known: dict[tuple[str, bool], str | Diagnostic] = {}
        problems: list[Diagnostic] = []

        def name(url: str, span: SourceSpan, embedded: bool) -> str:
            key = (url, embedded)
            if key not in known:
                known[key] = self.medium(url, document.source, span.line, embedded)
            found = known[key]
            if isinstance(found, str):
                return found
            problems.append(replace(found, line=span.line))
            return ""

        def found(element: object) -> object | None:
            return _with_media(element, name)

        root, derived = changed(document.root, found), changed(document.derived, found)
        first: dict[str, Diagnostic] = {}
        for problem in wanted(problems, document.unwanted):
            first.setdefault(problem.message, problem)
        self.problems += first.values()
        return replace(document, root=root, derived=derived)

    def medium(self, url: str, source: str, line: int, embedded: bool) -> str | Diagnostic:
        """The name of the medium at an address as a document writes it; what is wrong, if there is none."""

        def refuse(code: Code, **fields: Any) -> Diagnostic:
            shown = url if len(url) <= 80 else f"{url[:79]}…"
            return code.at(source, line, url=shown, **fields)

        if written := _DATA.fullmatch(url):
            return self.keep(_decoded(written["content"]), refuse)
        if _SCHEME.match(url):
            return refuse(Code.OUTSIDE_IMAGE if url.lower().startswith("file:") else Code.REMOTE_IMAGE)
        try:
            path = self.path(url, source)
            if embedded and path and not path.is_file():
                path = self.anywhere(unquote(url)) or path
            if path is None:
                return refuse(Code.MISSING_IMAGE)
            if (package := packages.package_of(path)) and files.lies_in(package, self.root):
                self.files[package] = True
                inner = path.relative_to(package).as_posix()
                return self.keep(self.packages.read(package, inner, LARGEST), refuse)
            whole = path.resolve()
            if not files.lies_in(whole, self.root):
                return refuse(Code.OUTSIDE_IMAGE)
            self.files[path] = whole.is_file()
            if not self.files[path]:
                return refuse(Code.MISSING_IMAGE)
            size = whole.stat().st_size
            largest = LARGEST_RECORDING if image_tags.is_recording(path.name) else LARGEST
            if size > largest:
                return refuse(Code.LARGE_IMAGE, size=f"{size:,} bytes", limit=f"{largest:,}")
            if self.total + size > LARGEST_TOTAL:
                return self.full(size, refuse)
            return self.keep(files.read(whole, largest), refuse, path.suffix[1:].lower())
        except (OSError, RuntimeError):  # no permission, or a loop of links
            return refuse(Code.MISSING_IMAGE)

    def path(self, url: str, source: str) -> Path | None:
        """Where the file should lie: seen from its document, or from the root behind a slash."""
        folder = self.root if url.startswith("/") else (self.root / source).parent
        names = (
            name.replace("\\", "/").lstrip("/") for name in (unquote(url), unquote(url.partition("?")[0]))
        )
        paths = [folder / name for name in names if name and "\0" not in name]
        return next((path for path in paths if path.is_file()), paths[0] if paths else None)

    def anywhere(self, name: str) -> Path | None:
        """The file whose path ends so, nearest to the root; what wikis mean by a name."""
        ending = PurePosixPath("/", name.replace("\\", "/")).parts[1:]
        named = self.by_name.get(ending[-1], ())
        return next((path for path in named if path.parts[-len(ending) :] == ending), None)

    @cached_property
    def by_name(self) -> dict[str, list[Path]]:
        """The files of the collection by their names, those nearest to the root first; not hidden ones."""
        found: dict[str, list[Path]] = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                found.setdefault(name, []).append(Path(folder, name))
        for paths in found.values():
            paths.sort(key=lambda path: (len(path.parts), path))
        return found

    def full(self, size: int, refuse: Callable[..., Diagnostic]) -> Diagnostic:
        """What is said of a file of so many bytes that the collection has no room for."""
        limit = f"{LARGEST_TOTAL - self.total:,} left for the collection"
        return refuse(Code.LARGE_IMAGE, size=f"{size:,} bytes", limit=limit)

    def keep(self, data: bytes, refuse: Callable[..., Diagnostic], named: str = "") -> str | Diagnostic:
        """The name that the data has as a medium; `named` is the ending of its file's name."""
        from deckbuild.collection.whole_images import MOST_PACKED, mode, packed

        ending = next((ending for begin, ending in _SIGNATURES if begin.match(data[:2000])), None)
        if ending is None and image_tags.is_recording(f".{named}") and not _TEXT.match(data):
            ending = named
        if ending is None:
            return refuse(Code.NOT_AN_IMAGE)
        name = f"db-{hashlib.sha256(data).hexdigest()[:16]}.{ending}"
        if name not in self.media:
            if self.total + len(data) > LARGEST_TOTAL:
                return self.full(len(data), refuse)
            medium = Medium(name, data)
            if (more := packed(medium)) > (left := MOST_PACKED - self.packed):
                limit = f"{left:,} left for the collection"
                return refuse(Code.LARGE_IMAGE, size=f"{more:,} pixels beyond the usual", limit=limit)
            self.packed += more
            if not image_tags.is_recording(name) and not mode(medium):
                return refuse(Code.BROKEN_IMAGE)
            self.media[name] = medium
            self.total += len(data)
        return name


def _with_media(element: object, name: Callable[[str, SourceSpan, bool], str]) -> object | None:
    """An image, or raw HTML with images, with the names of its media; None for anything else.

    `name` takes an address, the lines where it stands, and whether the image is embedded as wikis do.
    """
    match element:
        case Image(span=span, url=url, embedded=embedded):
            return Image(span, element.alt, url, name(url, span, embedded), embedded)
        case HtmlSpan(span=span, text=text) if "<img" in text.lower():
            return HtmlSpan(span, image_tags.with_addresses(text, lambda url: name(url, span, False)))
        case Html(span=span, text=text) if "<img" in text.lower():
            return Html(span, image_tags.with_addresses(text, lambda url: name(url, span, False)))
    return None


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(unquote(content), validate=False)
    except binascii.Error:
        return b""
