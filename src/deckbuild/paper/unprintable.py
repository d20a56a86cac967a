"""What of a print will not be seen as it is meant: characters, formulas and images."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.model import Diagnostic, Library
from deckbuild.paper.glyphs import missing_glyphs
from deckbuild.paper.pictures import unprintable_pictures
from deckbuild.paper.selection import Item
from deckbuild.paper.widths import unset_formulas, wide_formulas


def unprintable(
    library: Library, items: Sequence[Item], output: str, fonts: tuple[str, ...], line: int, size: float
) -> tuple[Diagnostic, ...]:
    """Warnings for the items that `output` prints: no glyph, a formula too wide or not set, a broken image.

    Lines have `line` characters of `size` points; `fonts` are the user's own.
    """
    return (
        *missing_glyphs(library, items, output, fonts),
        *wide_formulas(items, line, size),
        *unset_formulas(items),
        *unprintable_pictures(library, items),
    )
