"""What the settings of a collection say of the reading of one document."""

from __future__ import annotations

from msgspec import Struct

from deckbuild.maths.set.override import Override


class Preferences(Struct, frozen=True):
    """What the settings say of a document.

    Shapes that make notes (all, if empty), unwanted diagnostics, and formulas by source string. With `reverse`
    questions are asked both ways too, where it is False no row and no formula is. `line_breaks` says whether the
    ends of lines are kept (None: those that the author seems to mean). `questions` says what asks, whatever it
    looks like (`heading 2`, `item`, `bold`), or that nothing does (`none`). `deck` and `tags` are those of its
    notes, `folders` are decks around that of the document.
    """

    shapes: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    formulas: dict[str, Override] = {}
    reverse: bool | None = None
    line_breaks: bool | None = None
    questions: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
