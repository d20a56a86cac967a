"""Sides of cards that fit: type shrinks to a floor, and what is longer goes on upon further cards.

Everything is measured as it will be printed, never guessed, so that nothing is clipped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from markupsafe import Markup
from msgspec import Struct

from deckbuild.model import AnyBlock, Blocks
from deckbuild.paper.cutouts.splitting import atoms, halves

FLOOR = 6.5
"""Points of the smallest type on a card, read at arm's length."""
SIZES = {"front": (11.0, 9.5, 8.0, 7.2, FLOOR), "back": (10.0, 9.0, 8.0, 7.2, FLOOR)}
"""Points that are tried in turn."""
MOST_CUTS = 12
"""How often a block is halved; a page of text is smaller than a line after that."""


class Face(Struct, frozen=True):
    """One side of a card: HTML of a height in mm, in type of a size in points."""

    html: Markup
    size: float
    height: float


Measure: TypeAlias = Callable[[Sequence[tuple[Markup, float]]], list[float]]
"""Heights in mm of pieces of HTML in type of a size."""


def fitted(
    sides: Sequence[Blocks],
    kind: str,
    room: float,
    html: Callable[[Blocks], Markup],
    measure: Measure,
) -> list[list[Face]]:
    """For each side the faces that hold it, each at most `room` mm high; mostly it is one."""
    faces: list[list[Face]] = [[] for _ in sides]
    left = [(place, html(blocks)) for place, blocks in enumerate(sides)]
    for size in SIZES[kind]:
        heights = measure([(text, size) for _, text in left])
        for (place, text), height in zip(left, heights, strict=True):
            if height <= room:
                faces[place] = [Face(text, size, height)]
        left = [(place, text) for place, text in left if not faces[place]]
        if not left:
            return faces
    pieces = _cut({place: list(atoms(sides[place])) for place, _ in left}, room, html, measure)
    for place, found in pieces.items():
        faces[place] = _packed(found, room)
    return faces


def _cut(
    blocks: dict[int, list[AnyBlock]], room: float, html: Callable[[Blocks], Markup], measure: Measure
) -> dict[int, list[Face]]:
    """The blocks of each side in pieces none of which is higher than the room."""
    known: dict[Markup, float] = {}
    for _ in range(MOST_CUTS):
        sides = {place: [html((block,)) for block in found] for place, found in blocks.items()}
        new = list(dict.fromkeys(text for found in sides.values() for text in found if text not in known))
        known |= zip(new, measure([(text, FLOOR) for text in new]), strict=True)
        pieces = {place: [Face(text, FLOOR, known[text]) for text in found] for place, found in sides.items()}
        if all(face.height <= room for found in pieces.values() for face in found):
            break
        blocks = {
            place: [
                part
                for block, face in zip(found, pieces[place], strict=True)
                for part in (halves(block) if face.height > room else (block,))
            ]
            for place, found in blocks.items()
        }
    return pieces


def _packed(pieces: Sequence[Face], room: float) -> list[Face]:
    """Pieces put together in their order, as many on a face as have room."""
    packed: list[Face] = []
    for piece in pieces:
        if packed and packed[-1].height + piece.height <= room:
            last = packed[-1]
            packed[-1] = Face(last.html + piece.html, FLOOR, last.height + piece.height)
        else:
            packed.append(piece)
    return packed
