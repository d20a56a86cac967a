"""Sides of cards that fit: type shrinks to a floor, and what is longer goes on upon further cards.

Everything is measured as it will be printed, never guessed, so that nothing is clipped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from markupsafe import Markup
from msgspec import Struct

from deckbuild.model import AnyBlock, Blocks, Heading
from deckbuild.model.leads import leads_in
from deckbuild.paper.cutouts.splitting import atoms, halves

FLOOR = 6.5
"""Points of the smallest type on a card, read at arm's length."""
SIZES = {"front": (11.0, 9.5, 8.0, 7.2, FLOOR), "back": (10.0, 9.0, 8.0, 7.2, FLOOR)}
"""Points that are tried in turn."""
SHRINKING = 1.8
"""The power of its type's size that the height of a text grows with: 2 for running text, 1 for code."""
MOST_CUTS = 12
"""How often a block is halved; a page of text is smaller than a line after that."""


class Face(Struct, frozen=True):
    """One side of a card: HTML of a height in mm, in type of a size in points."""

    html: Markup
    size: float
    height: float
    leads: bool = False
    """Whether it leads in to what follows, which it should stand with."""


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
    texts = [html(blocks) for blocks in sides]
    largest = _largest(texts, SIZES[kind], room, measure)
    faces = [[face] if face else [] for face in largest]
    left = [place for place, face in enumerate(largest) if not face]
    if not left:
        return faces
    pieces = _cut({place: list(atoms(sides[place])) for place in left}, room, html, measure)
    for place, found in pieces.items():
        faces[place] = _packed(found, room)
    return faces


def _largest(
    texts: Sequence[Markup], sizes: Sequence[float], room: float, measure: Measure
) -> list[Face | None]:
    """Each text in the largest type in which it fits, the next larger one having been measured too; else None.

    A text that fits in one size fits in all smaller ones. So what it takes in the largest tells where to look
    first: it is mostly the size that is looked for, and setting a text takes long.
    """
    heights: list[dict[int, float]] = [{} for _ in texts]
    found: list[Face | None] = [None] * len(texts)
    asked = dict.fromkeys(range(len(texts)), 0)
    while asked:
        measured = measure([(texts[place], sizes[at]) for place, at in asked.items()])
        tried, asked = asked, {}
        for (place, at), height in zip(tried.items(), measured, strict=True):
            known = heights[place]
            known[at] = height
            if height > room:
                following = _first_guess(height, sizes, room) if at == 0 else at + 1
                if found[place] is None and following < len(sizes):
                    asked[place] = following
            else:
                found[place] = Face(texts[place], sizes[at], height)
                if at and at - 1 not in known:
                    asked[place] = at - 1
    return found


def _first_guess(height: float, sizes: Sequence[float], room: float) -> int:
    """The place of the size in which a text may fit: lines get shorter, and fewer, as type gets smaller."""
    fitting = (at for at, size in enumerate(sizes) if height * (size / sizes[0]) ** SHRINKING <= room)
    return max(1, next(fitting, len(sizes) - 1))


def _cut(
    blocks: dict[int, list[AnyBlock]], room: float, html: Callable[[Blocks], Markup], measure: Measure
) -> dict[int, list[Face]]:
    """The blocks of each side in pieces none of which is higher than the room."""
    known: dict[Markup, float] = {}
    for _ in range(MOST_CUTS):
        sides = {place: [html((block,)) for block in found] for place, found in blocks.items()}
        new = list(dict.fromkeys(text for found in sides.values() for text in found if text not in known))
        known |= zip(new, measure([(text, FLOOR) for text in new]), strict=True)
        pieces = {
            place: [
                Face(text, FLOOR, known[text], isinstance(block, Heading) or leads_in(block))
                for text, block in zip(found, blocks[place], strict=True)
            ]
            for place, found in sides.items()
        }
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
    waiting: Face | None = None
    for piece in pieces:
        if waiting and waiting.height + piece.height > room:
            _put(packed, waiting, room)
            waiting = None
        whole = _joined(waiting, piece) if waiting else piece
        waiting = whole if piece.leads else None
        if not waiting:
            _put(packed, whole, room)
    if waiting:
        _put(packed, waiting, room)
    return packed


def _put(packed: list[Face], piece: Face, room: float) -> None:
    if packed and packed[-1].height + piece.height <= room:
        packed[-1] = _joined(packed[-1], piece)
    else:
        packed.append(piece)


def _joined(one: Face, other: Face) -> Face:
    return Face(one.html + other.html, FLOOR, one.height + other.height)
