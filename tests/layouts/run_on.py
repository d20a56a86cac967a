"""Questions and answers that run on in one paragraph, as text copied from a printed page does."""

from __future__ import annotations

from msgspec.structs import replace

from layouts.content import Pair
from layouts.pieces import Expected, Piece, Style, numbered


def written(pair: Pair, n: int, style: Style) -> Piece:
    """One question and its answer as one line; `joined` fills the paragraph."""
    answer = pair.answer if pair.answer.endswith((".", "।", "!")) else pair.answer + "."
    line = f"{numbered(style, n)}{pair.question} {answer}"
    return Piece((line,), Expected(first=0, last=0, question=pair.question, answer=answer))


def joined(pieces: list[Piece], width: int) -> list[Piece]:
    """The pieces as one paragraph filled to `width`: a piece of all lines, then one for each note."""
    lines: list[str] = []
    places: list[list[int]] = []
    for piece in pieces:
        places.append([])
        for word in piece.lines[0].split():
            if not lines or len(lines[-1]) + 1 + len(word) > width:
                lines.append(word)
            else:
                lines[-1] += " " + word
            places[-1].append(len(lines) - 1)
    notes = [
        replace(piece.note, first=at[0], last=at[1], end=at[-1])
        for piece, at in zip(pieces, places, strict=True)
        if piece.note
    ]
    return [Piece(tuple(lines)), *(Piece((), note) for note in notes)]
