"""Build hook: puts the fonts of the printed sheets and MathJax, with their licences, into the package.

They come from packages that the build requires and the finished installation doesn't. Source Sans sets the
text and Fira Mono the code; DejaVu Sans, Noto Sans Math and Noto Sans Symbols 2 have what those lack. MathJax
checks formulas and sets them in print.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE_SANS = ("Regular", "It", "Semibold", "SemiboldIt")
PYMUPDF_FONTS = ("FiraMono_Regular", "NotoSansMath_Regular", "NotoSansSymbols2_Regular")

MATHJAX = {
    "tex.js": ("loader.js", "core.js", "adaptors/liteDOM.js", "input/tex-full.js"),
    "svg.js": ("output/svg.js", "output/svg/fonts/tex.js"),
}
"""What is loaded to check a formula, and what is loaded on top of it to set one."""

MATHJAX_COPYRIGHT = """MathJax 3.2.2: Copyright (c) 2009-2022 The MathJax Consortium.
Its extension mhchem: Copyright (c) 2015-2021 Martin Hensel.
Both are under the Apache License, Version 2.0:

"""


class FilesHook(BuildHookInterface[Any]):
    """Fills `font_files` and `mathjax_files` before a wheel or an editable installation is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy the files; a source distribution needs none, since building from it copies them again."""
        if self.target_name == "wheel":
            package = Path(self.root, "src", "deckbuild")
            ofl, apache = (
                Path(self.root, "LICENSES", f"{name}.txt").read_text("utf-8")
                for name in ("OFL-1.1", "Apache-2.0")
            )
            install_fonts(package / "paper/press/font_files", ofl)
            install_mathjax(package / "maths/check/mathjax_files", apache)


def install_fonts(folder: Path, ofl: str) -> None:
    """Make `folder` hold the fonts and the licence of each family, and nothing else.

    `ofl` is the text of the SIL Open Font License.
    """
    fonts = _fonts()
    _fill(folder, fonts)
    licences = {
        f"{Path(name).stem.split('-')[0]}.LICENSE.txt": _licence(folder / name, ofl) for name in fonts
    }
    _fill(folder, fonts | {name: text.encode() for name, text in licences.items()})


def install_mathjax(folder: Path, apache: str) -> None:
    """Make `folder` hold MathJax in two files and its licence, the text `apache`, and nothing else."""
    source = distribution("sphinx-mathjax-offline")
    scripts = {
        name: b"".join(_content(source, f"sphinx-mathjax-offline/static/mathjax/{part}") for part in parts)
        for name, parts in MATHJAX.items()
    }
    _fill(folder, scripts | {"MathJax.LICENSE.txt": (MATHJAX_COPYRIGHT + apache).encode()})


def _content(source: Distribution, name: str) -> bytes:
    """What a file of an installed package holds, ending in a line end: scripts may end in a comment."""
    return Path(str(source.locate_file(name))).read_bytes().rstrip() + b"\n"


def _fill(folder: Path, files: dict[str, bytes]) -> None:
    """Make `folder` hold these files and nothing else."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        _put(folder / name, data)
    for path in folder.iterdir():
        if path.name not in files:
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


def _licence(font: Path, ofl: str) -> str:
    """Copyright and licence as the font itself states them, with the whole text of the licence.

    DejaVu Sans states all of its licence; the others name the SIL Open Font License.
    """
    import ziafont

    names = ziafont.Font(font).info.names
    stated = f"{names.copyright.strip()}\n\n{names.license.strip()}\n"
    return f"{stated}\n{ofl}" if "Open Font License" in names.license else stated
