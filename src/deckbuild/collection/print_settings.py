"""What the author may settle of printed outputs: `[print]` in `deckbuild.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from deckbuild.collection.mistakes import Mistake, refused
from deckbuild.machine import files

FONT_ENDINGS = (".ttf", ".otf", ".ttc")

LARGEST_FONT = 50_000_000
"""Bytes of a file with a font; those for Chinese, Japanese and Korean together have 30 million."""

LARGEST_TEMPLATE = 200_000
"""Bytes of a template or a style sheet; ours have 10,000 at most."""


_LANGUAGE = "a language is a tag such as en or pt-BR"


class Print(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Settings of the sheet, the booklet and the cut-out cards; sizes of type in points.

    `columns`, `orientation` and `font_size` are the sheet's; no `columns` means 3 on landscape paper and 2 on
    portrait, no `font_size` means 8.5, or a little less where that saves a page. Booklet and cards have sizes
    of their own. `tagged` lets one process set long prints, slowly, with structure for screen readers,
    which shorter ones have anyway. `language` (a BCP 47 tag) is that of the documents, empty for the one that
    most of them are in. `fonts` are files of the author's for characters that ours lack, `templates` is a
    folder whose files stand before ours, both seen from the collection's root.
    """

    paper: Literal["a4", "letter"] = "a4"
    orientation: Literal["landscape", "portrait"] = "landscape"
    columns: Annotated[int, Meta(ge=1, le=5)] | None = None
    font_size: Annotated[float, Meta(ge=6, le=12)] | None = None
    colour: bool = True
    language: Annotated[
        str, Meta(pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?\Z", description=_LANGUAGE)
    ] = ""
    booklet_columns: Annotated[int, Meta(ge=1, le=2)] = 2
    booklet_font_size: Annotated[float, Meta(ge=7, le=14)] | None = None
    duplex: Literal["long-edge", "short-edge"] = "long-edge"
    cards_per_page: Literal[8, 10] = 8
    tagged: bool = False
    fonts: tuple[str, ...] = ()
    templates: str = ""


DEFAULT = Print()


def at_root(settings: Print, root: Path, file: Path, tagged: bool = False) -> Print:
    """The settings with whole paths; `tagged` turns that on.

    Raises `Failure`, naming the settings' `file`, where a file that they name isn't there.
    """
    fonts = tuple(root / name for name in settings.fonts)
    folder = root / settings.templates if settings.templates else None
    if bad := [*_unusable_fonts(fonts, root), *(_unusable_templates(folder, root) if folder else ())]:
        raise refused(file, file.read_text(encoding="utf-8-sig"), bad)
    return replace(
        settings,
        fonts=tuple(map(str, fonts)),
        templates=str(folder or ""),
        tagged=tagged or settings.tagged,
    )


def _unusable_fonts(fonts: Sequence[Path], root: Path) -> Iterator[Mistake]:
    for number, font in enumerate(fonts):
        way = ("print", "fonts", number)
        if not files.lies_in(font, root):
            yield Mistake(way, f"{font.name} is outside the collection")
        elif not font.is_file() or font.suffix.lower() not in FONT_ENDINGS:
            yield Mistake(way, f"{font} is no .ttf, .otf or .ttc file")
        elif font.stat().st_size > LARGEST_FONT:
            yield Mistake(way, f"{font} has more than {LARGEST_FONT:,} bytes")


def _unusable_templates(folder: Path, root: Path) -> Iterator[Mistake]:
    """What is wrong with a folder of templates; all files in it must be files of the collection."""
    way = ("print", "templates")
    if not files.lies_in(folder, root):
        yield Mistake(way, f"{folder.name} is outside the collection")
    elif not folder.is_dir():
        yield Mistake(way, f"{folder} is no folder of templates")
    else:
        for file in sorted(folder.rglob("*")):
            if not files.lies_in(file, root):
                yield Mistake(way, f"{file} leads outside the collection")
            elif not file.is_dir() and not file.is_file():
                yield Mistake(way, f"{file} isn't a regular file")
            elif file.is_file() and file.stat().st_size > LARGEST_TEMPLATE:
                yield Mistake(way, f"{file} has more than {LARGEST_TEMPLATE:,} bytes")
