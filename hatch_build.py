"""Build hook: puts the fonts of the printed sheets, with their licences, into the package.

They come from packages that the build requires and the finished installation doesn't. Source Sans sets the
text and Fira Mono the code; DejaVu Sans, Noto Sans Math and Noto Sans Symbols 2 have what those lack.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE_SANS = ("Regular", "It", "Semibold", "SemiboldIt")
PYMUPDF_FONTS = ("FiraMono_Regular", "NotoSansMath_Regular", "NotoSansSymbols2_Regular")


class FontHook(BuildHookInterface[Any]):
    """Fills `src/deckbuild/fonts` before a wheel or an editable installation is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy the fonts; a source distribution needs none, since building from it copies them again."""
        if self.target_name == "wheel":
            install_fonts(Path(self.root, "src", "deckbuild", "fonts"))


def install_fonts(folder: Path) -> None:
    """Make `folder` hold the fonts and the licence of each family, and nothing else."""
    folder.mkdir(exist_ok=True)
    fonts = _fonts()
    for name, data in fonts.items():
        _put(folder / name, data)
    licences = {f"{Path(name).stem.split('-')[0]}.LICENSE.txt": _licence(folder / name) for name in fonts}
    for name, text in licences.items():
        _put(folder / name, text.encode())
    for path in folder.iterdir():
        if path.name not in fonts and path.name not in licences:
            path.unlink()


def _put(path: Path, data: bytes) -> None:
    """Write only what differs, and as a new file: a running process may have mapped the old one in memory."""
    if not path.exists() or path.read_bytes() != data:
        fresh = path.with_name(f"{path.name}.new")
        fresh.write_bytes(data)
        fresh.replace(path)


def _fonts() -> dict[str, bytes]:
    """File names and contents; `.otf` fonts have CFF outlines."""
    import font_source_sans_pro
    import ziafont

    dejavu = Path(ziafont.__file__).with_name("fonts") / "DejaVuSans.ttf"
    source_sans = Path(font_source_sans_pro.font_directory)
    files = [dejavu, *(source_sans / f"SourceSansPro-{style}.ttf" for style in SOURCE_SANS)]
    fonts = {path.name: path.read_bytes() for path in files}
    for name in PYMUPDF_FONTS:
        fonts[f"{name.replace('_', '-')}.otf"] = import_module(f"pymupdf_fonts.{name}").fontbuffer
    return fonts


def _licence(font: Path) -> str:
    """Copyright and licence as the font itself states them, with the whole text of the licence.

    DejaVu Sans states all of its licence; the others name the SIL Open Font License, whose text pymupdf-fonts
    brings.
    """
    import ziafont

    names = ziafont.Font(font).info.names
    stated = f"{names.copyright.strip()}\n\n{names.license.strip()}\n"
    if "Open Font License" not in names.license:
        return stated
    text = distribution("pymupdf-fonts").read_text("LICENSE.txt") or ""
    return f"{stated}\n{text[text.index('SIL OPEN FONT LICENSE') :].strip()}\n"
