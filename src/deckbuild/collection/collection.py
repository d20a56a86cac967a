"""The collection: its root folder, and the documents that a command is about."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from deckbuild.collection.documents import documents, no_documents
from deckbuild.collection.file_stems import file_stem
from deckbuild.collection.mistakes import Mistake
from deckbuild.collection.print_settings import Print, at_root
from deckbuild.collection.settings import (
    LOCK,
    SETTINGS,
    Settings,
    excluded,
    matching,
    refused_at,
    settings_of,
)
from deckbuild.machine import files
from deckbuild.read import Preferences, is_only_printed
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.report.headline import printable


class Collection(Struct, frozen=True):
    """A root folder with the documents asked for. `stem` is what output files are named after."""

    root: Path
    name: str
    stem: str
    paths: tuple[Path, ...]
    files: tuple[Path, ...]
    settings: Settings = Settings()
    skipped: tuple[Path, ...] = ()
    """Documents in the paths that the settings leave out."""

    @property
    def lock(self) -> Path:
        """Where the collection's lock lies, at the end of a link too.

        Raises `Failure` for a link that leads out of the collection.
        """
        path = self.root / LOCK
        if not path.is_symlink():
            return path
        if not files.lies_in(path, self.root):
            raise Failure(Code.OUTSIDE.at(str(path), 1, what="the lock"))
        return path.resolve()

    @property
    def is_only_printed(self) -> bool:
        """Whether a deck of Anki is among the files, which has no lock here."""
        return any(is_only_printed(file.name) for file in self.files)

    @property
    def is_whole(self) -> bool:
        """Whether all documents of the collection were asked for."""
        sources = {_whole(self.root / source) for source in self.settings.sources}
        return self.root in self.paths or sources <= set(self.paths)

    @property
    def named(self) -> list[str]:
        """The names of all documents in the paths, of those left out too."""
        return [self.source(file) for file in (*self.files, *self.skipped)]

    def source(self, file: Path) -> str:
        """The name of a document: its path from the root, with slashes on every system."""
        return _name(self.root, file)

    def preferences(self, source: str) -> Preferences:
        """What the settings say of a document."""
        special = matching(self.settings, source)
        ignore = (*self.settings.ignore, *(code for found in special for code in found.ignore))
        shapes = tuple(shape for found in special for shape in found.shapes)
        said = [found.reverse for found in special if found.reverse is not None]
        lines = [found.line_breaks for found in special if found.line_breaks is not None]
        return Preferences(
            shapes,
            ignore,
            self.settings.formulas,
            [self.settings.reverse, *said][-1],
            [self.settings.line_breaks, *lines][-1],
            next((found.questions for found in reversed(special) if found.questions), ""),
            next((found.deck for found in reversed(special) if found.deck), ""),
            tuple(tag for found in special for tag in found.tags),
            self.folders(source) if self.settings.folders_as_decks else (),
        )

    def folders(self, source: str) -> tuple[str, ...]:
        """The folders of a document below the source of the settings that holds it, else below the root."""
        inside = PurePosixPath(source).parent
        tops = (PurePosixPath(os.path.normpath(top)) for top in self.settings.sources)
        above = next((top for top in tops if top == inside or top in inside.parents), PurePosixPath())
        return inside.relative_to(above).parts

    def printing(self, tagged: bool = False) -> Print:
        """The settings of printed outputs, with whole paths; `tagged` turns that on.

        Raises `Failure` where a file that they name isn't there.
        """
        return at_root(self.settings.print, self.root, self.root / SETTINGS, tagged)

    def refuse_unfit(self, file: Path) -> None:
        """Raises `Failure` for a name that is no text, and for a link that leads out of the collection.

        Such a document is read where its own path, or that of its folder, was named.
        """
        try:
            self.source(file).encode()
        except UnicodeEncodeError as error:
            raise Failure(Code.BAD_NAME.at(printable(self.source(file)), 1)) from error
        named = (*self.paths, self.root)
        if file not in self.paths and not any(files.lies_in(file, folder) for folder in named):
            if why := files.unreachable(file):
                raise Failure(Code.UNREADABLE.at(self.source(file), 1, why=why))
            raise Failure(Code.OUTSIDE.at(self.source(file), 1, what="this document"))

    def refuse_links_outside(self, folder: Path) -> None:
        """Raises `Failure` for a folder of outputs that seems to be in the collection, and is not."""
        if self.root in _whole(folder).parents and not files.lies_in(folder, self.root):
            raise Failure(Code.OUTSIDE.at(str(folder), 1, what="the folder of the outputs"))

    def covers(self, source: str) -> bool:
        """Whether a source lies in one of the paths asked for."""
        file = self.root / source
        return any(file == path or path in file.parents for path in self.paths)

    def outside(self) -> list[Path]:
        """The documents of the collection that were not asked for."""
        sources = tuple(_whole(self.root / source) for source in self.settings.sources)
        is_inside = all(any(path == s or s in path.parents for s in sources) for path in self.paths)
        folders = sources if is_inside else (self.root,)
        return [file for file in _collection(self.root, folders).files if not self.covers(self.source(file))]


class PathNotFound(FileNotFoundError):
    """A PATH of the command line isn't there."""


def one(paths: Sequence[Path], here: Path) -> Collection:
    """The one collection of all paths; without paths, that of the folder `here` with its configured sources.

    Raises `PathNotFound`, and `Failure` for broken settings, for paths of two collections, or where no
    document is found.
    """
    paths = paths or _configured(here)
    paths = tuple(map(_whole, paths))
    _require(paths)
    roots = {_root(path) for path in paths}
    if len(roots) > 1 and any(map(_is_collection, roots)):
        names = " and ".join(sorted(map(str, roots)))
        raise Failure(Code.TWO_COLLECTIONS.at(str(paths[-1]), 1, roots=names))
    root = roots.pop() if len(roots) == 1 else Path(os.path.commonpath(roots))
    collection = _collection(root, paths)
    if not collection.files:
        raise Failure(no_documents(paths, len(collection.skipped)))
    return collection


def _configured(here: Path) -> list[Path]:
    """The sources that the settings name. Raises `Failure` where one is none of the collection's."""
    root = _root(here)
    settings = settings_of(root)
    bad = [
        Mistake(("sources", number), f"{source} is outside the collection; name it on the command line")
        for number, source in enumerate(settings.sources)
        if not files.lies_in(root / source, root)
    ]
    if bad or not settings.sources:
        none = Mistake(("sources",), "there are no sources")
        raise refused_at(root, bad or [none])
    return [root / source for source in settings.sources]


def each(paths: Sequence[Path], here: Path) -> list[Collection]:
    """The documents asked for, each file under its own collection, in the order given.

    Raises `PathNotFound`, and `Failure` for broken settings or where no document is found.
    """
    if not paths:
        return [one(paths, here)]
    absolute = list(map(_whole, paths))
    _require(absolute)
    by_root: dict[Path, list[Path]] = {}
    for path in absolute:
        by_root.setdefault(_root(path), []).append(path)
    found = [_collection(root, tuple(group)) for root, group in by_root.items()]
    if not any(collection.files for collection in found):
        raise Failure(no_documents(paths, sum(len(collection.skipped) for collection in found)))
    return found


def _whole(path: Path) -> Path:
    """The absolute path without `..`, so that the folders above it are those that the user sees."""
    return Path(os.path.abspath(path))  # noqa: PTH100  `resolve` would follow links out of the collection


def _require(paths: Sequence[Path]) -> None:
    for path in paths:
        if not files.exists(path):
            raise PathNotFound(str(path))


def _collection(root: Path, paths: tuple[Path, ...]) -> Collection:
    settings = settings_of(root)
    found = sorted(set(documents(paths)))
    skipped = tuple(file for file in found if file not in paths and _is_skipped(settings, _name(root, file)))
    files = tuple(sorted(set(found) - set(skipped)))
    name = settings.name or printable(root.name) or "deckbuild"
    return Collection(root, name, _stem(root, name, paths, settings), paths, files, settings, skipped)


def _is_skipped(settings: Settings, name: str) -> bool:
    return excluded(settings, name) or any(special.skip for special in matching(settings, name))


def _stem(root: Path, name: str, paths: tuple[Path, ...], settings: Settings) -> str:
    """What output files are named after: the collection, or the part of it that was asked for.

    A part has a name of its own, so that it never replaces the package of the whole.
    """
    sources = {_whole(root / source) for source in settings.sources}
    if root in paths or sources <= set(paths):
        return file_stem(name)
    if len(paths) == 1 and paths[0].is_file() and not settings.name:
        stem = file_stem(paths[0].stem)
        if stem != file_stem(name):
            return stem
    return file_stem("-".join((name, *(_name(root, path.with_suffix("")) for path in paths))))


def _name(root: Path, file: Path) -> str:
    return Path(os.path.relpath(file, root)).as_posix()


def _root(path: Path) -> Path:
    """The nearest folder at or above a path that has settings or a lock, else the path's own folder."""
    folder = _whole(path if path.is_dir() else path.parent)
    return next((above for above in (folder, *folder.parents) if _is_collection(above)), folder)


def _is_collection(folder: Path) -> bool:
    return (folder / SETTINGS).is_file() or (folder / LOCK).is_file()
