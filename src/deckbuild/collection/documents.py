"""The documents of a folder: the files whose ending is known, without those that programs keep beside them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from deckbuild.machine import files
from deckbuild.model import Diagnostic
from deckbuild.read import SUFFIXES
from deckbuild.report.diagnostics import Code, Failure

_MOST_SEEN = 10_000
"""Files that are looked at to say what a folder without documents holds."""

_MOST_KINDS = 5
"""Kinds of other files that a message names."""

_TOLD = (
    (".obsidian/templates.json", "folder"),
    (".obsidian/plugins/templater-obsidian/data.json", "templates_folder"),
    (".obsidian/app.json", "userIgnoreFilters"),
)
"""Where Obsidian and Templater keep the names of folders that hold no notes."""

_LARGEST = 1_000_000
"""Bytes of the settings of a note program."""

_PAGES = (".html", ".htm", ".xhtml")
_OWN = {
    _PAGES: (8_192, (b'<meta name="generator" content="deckbuild">',)),
    (".json",): (8_192, (b'","title":"', b'","digest":"', b'","root":{')),
    (".apkg",): (8_192, (b"deckbuild content sha256:",)),
    ("-sheet.pdf", "-booklet.pdf"): (20_000_000, (b'pdf:Producer="WeasyPrint',)),
}
"""What our own outputs hold, by the endings of their names, in so many bytes at each end: pages, models that the steps
of make hand on, packages, and tagged prints."""

_BESIDE_PAGES = frozenset(
    f"{sign}{word}"
    for sign in "_-."
    for word in "archivos arquivos bestanden bylos dateien datoteke dosyalar elemei failid fails fajlovi ficheiros"
    " fichiers file files filer fitxategiak fitxers pliki soubory tiedostot".split()
)
"""What browsers put behind the name of a page for the folder of its files, by their language."""


def documents(paths: Sequence[Path]) -> Iterator[Path]:
    """The files of paths: those named whatever their ending, and those of folders."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, names in folders_of(path):
            for name in names:
                file = Path(folder, name)
                if not name.startswith(".") and name.lower().endswith(SUFFIXES) and not is_own(file):
                    yield file


def folders_of(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The folders at and below a path with the names of their files.

    Left out are hidden ones, those with the files of saved pages, those that note programs keep templates in, and the
    older versions of pages that Logseq keeps beside its settings.
    Raises `Failure` for one that can't be read: its notes would be missed, and nobody told.
    """
    templates: set[Path] = set()
    for folder, folders, names in os.walk(path, onerror=_refuse):
        pages = {name.rpartition(".")[0] for name in names if name.lower().endswith(_PAGES)}
        templates |= _templates(Path(folder)) if ".obsidian" in folders else set()
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and not _is_beside_page(name, pages)
            and Path(folder, name) not in templates
            and not (name == "bak" and "config.edn" in names)
        ]
        yield folder, names


def _refuse(error: OSError) -> None:
    if isinstance(error, PermissionError):
        why = "it is a folder that may not be opened"
        raise Failure(Code.UNREADABLE.at(str(error.filename), 1, why=why)) from error


def _templates(vault: Path) -> set[Path]:
    """The folders that a vault of Obsidian, or its plug-in Templater, names as those of templates, or leaves out."""
    found = set()
    for file, key in _TOLD:
        if not files.lies_in(vault / file, vault):
            continue
        try:
            told = msgspec.json.decode(files.read(vault / file, _LARGEST), type=dict[str, object]).get(key)
        except (OSError, msgspec.DecodeError, msgspec.ValidationError):
            continue
        names = told if isinstance(told, list) else [told]
        found |= {vault / name.strip("/ ") for name in names if isinstance(name, str) and name.strip("/ ")}
    return found


def no_documents(paths: Sequence[Path], skipped: int = 0) -> Diagnostic:
    """That there is nothing to read, how many were skipped, else which other kinds of files are there."""
    folders = [path for path in paths if path.is_dir()]
    found = (file for folder in folders for file in folder.rglob("*") if not file.name.startswith("."))
    kinds = Counter(
        file.suffix.lower() for file in islice(found, _MOST_SEEN) if file.suffix and file.is_file()
    )
    named = ", ".join(f"{number:,} {suffix}" for suffix, number in kinds.most_common(_MOST_KINDS))
    seen = f", only files of other kinds: {named}" if named else ""
    if skipped:
        seen = f" but those that deckbuild.toml excludes or skips: {skipped:,}"
    return Code.NO_DOCUMENTS.at(str(paths[0]), 1, suffixes=", ".join(SUFFIXES), seen=seen)


def is_own(file: Path) -> bool:
    """Whether a file was written by deckbuild, such as a preview in a folder of outputs among the documents."""
    name = file.name.lower()
    told = next((told for endings, told in _OWN.items() if name.endswith(endings)), None)
    if told is None or not file.is_file() or not files.lies_in(file, file.parent):
        return False
    size, marks = told
    try:
        with file.open("rb") as stream:
            near = stream.read(size)
            stream.seek(max(len(near), stream.seek(0, os.SEEK_END) - size))
            near += stream.read()
    except OSError:
        return False
    return all(mark in near for mark in marks)


def _is_beside_page(folder: str, pages: set[str]) -> bool:
    """Whether a browser saved the files of a page into a folder: `page_files` beside `page.html`."""
    return any(folder.startswith(page) and folder[len(page) :].lower() in _BESIDE_PAGES for page in pages)
