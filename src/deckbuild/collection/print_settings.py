"""What the author may settle of printed outputs: `[print]` in `deckbuild.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from deckbuild.report.diagnostics import Code, Failure

FONT_ENDINGS = (".ttf", ".otf")


class Print(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Settings of the sheet, the booklet and the cut-out cards; sizes of type in points.

    `columns`, `orientation` and `font_size` are the sheet's; no `columns` means 3 on landscape paper and 2 on
    portrait, no `font_size` means 8.5, or a little less where that saves a page. Booklet and cards have sizes
    of their own. `tagged` lets one process set long prints, slowly, with structure for screen readers,
    which shorter ones have anyway. `language` (a BCP 47 tag) is that of the documents. `fonts` are files of
    the author's for characters that ours lack, `templates` is a folder whose files stand before ours, both
    seen from the collection's root.
    """

    paper: Literal["a4", "letter"] = "a4"
    orientation: Literal["landscape", "portrait"] = "landscape"
    columns: Annotated[int, Meta(ge=1, le=5)] | None = None
    font_size: Annotated[float, Meta(ge=6, le=12)] | None = None
    colour: bool = True
    language: Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
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
    bad = [f"{font} isn't a .ttf or .otf file" for font in fonts if not _is_font(font)]
    if folder and not folder.is_dir():
        bad.append(f"{folder} isn't a folder")
    if bad:
        raise Failure(*(Code.BAD_SETTINGS.at(str(file), 1, why=why) for why in bad))
    return replace(
        settings,
        fonts=tuple(map(str, fonts)),
        templates=str(folder or ""),
        tagged=tagged or settings.tagged,
    )


def _is_font(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in FONT_ENDINGS
