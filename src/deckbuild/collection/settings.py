"""The settings of a collection: `deckbuild.toml` at its root."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
from msgspec import Struct

from deckbuild.collection.print_settings import Print, at_root
from deckbuild.maths.set.setting import Override
from deckbuild.report.diagnostics import Code, Failure

SETTINGS = "deckbuild.toml"


class PathSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What `[paths."pattern"]` may hold.

    Whether to skip, shapes that make notes, unwanted diagnostics, whether rows and formulas are asked in
    reverse too (None for what the collection says).
    """

    skip: bool = False
    shapes: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    reverse: bool | None = None


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What `deckbuild.toml` may hold.

    The collection's name, the folders and files of its documents, diagnostics that are not wanted, whether
    rows and formulas are asked in reverse too, settings for the documents whose name matches a pattern
    (`drafts/*.md`), what formulas mean, by source string, and settings of printed outputs.
    """

    name: str = ""
    sources: tuple[str, ...] = ("sources",)
    ignore: tuple[str, ...] = ()
    reverse: bool = True
    paths: dict[str, PathSettings] = {}
    print: Print = Print()
    formulas: dict[str, Override] = {}


def settings_of(root: Path) -> Settings:
    """The settings of the collection at `root`. Raises `Failure` where they are broken."""
    path = root / SETTINGS
    if not path.exists():
        return Settings()
    import tomllib

    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Settings)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line.group(1)) if line else 1
        raise Failure(Code.BAD_SETTINGS.at(str(path), at, why=str(error))) from error
    except (OSError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise Failure(Code.BAD_SETTINGS.at(str(path), 1, why=str(error))) from error


def matching(settings: Settings, source: str) -> list[PathSettings]:
    """The settings for documents of this name, in the order of the file."""
    return [found for pattern, found in settings.paths.items() if fnmatchcase(source, pattern)]


def print_settings(root: Path, tagged: bool = False) -> Print:
    """The settings of printed outputs of the collection at `root`, with whole paths; `tagged` turns that on.

    Raises `Failure` for broken settings, and where a file that they name isn't there.
    """
    return at_root(settings_of(root).print, root, root / SETTINGS, tagged)
