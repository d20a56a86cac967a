"""Inline runs as text in which formulas can be found: a formula goes on over italic letters and raised HTML.

Pages write `<em>E</em> = mc<sup>2</sup>`. Read element by element, that would give `= mc`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import AnyInline, Break, Emphasis, Footnote, HtmlSpan, Inlines, SourceSpan, Strong, Text

_SCRIPT = regex(r"<(sub|sup)>", re.IGNORECASE)
_SYMBOL = regex(r"[^\W\d_]'?|[α-ωΑ-Ω]")


class Piece(Struct, frozen=True):
    """Text, and the elements that it stands for."""

    text: str
    elements: Inlines


class Stretch(Struct, frozen=True):
    """Pieces in which formulas may stand, and whether something stands against an end without white space."""

    pieces: tuple[Piece, ...]
    bound_before: bool = False
    bound_behind: bool = False

    @property
    def text(self) -> str:
        """The text of all pieces."""
        return "".join(piece.text for piece in self.pieces)

    def span_at(self, place: int) -> SourceSpan:
        """The lines of the piece at a place of the text."""
        for piece in self.pieces:
            if place < len(piece.text):
                return piece.elements[0].span
            place -= len(piece.text)
        return self.pieces[-1].elements[0].span

    def between(self, start: int, end: int) -> Iterator[AnyInline]:
        """The elements of a part of the text; only those of plain text are cut."""
        at = 0
        for piece in self.pieces:
            begin, at = at, at + len(piece.text)
            if begin >= end or at <= start:
                continue
            match piece.elements:
                case (Text(span=span),):
                    yield Text(span, piece.text[max(0, start - begin) : end - begin])
                case elements if begin >= start:
                    yield from elements


def plain(text: str, span: SourceSpan) -> Stretch:
    """A stretch of one text."""
    return Stretch((Piece(text, (Text(span, text),)),))


def stretches(content: Inlines) -> Iterator[Stretch | AnyInline]:
    """The run as stretches of text and the elements between them."""
    pieces: list[Piece] = []
    before: AnyInline | None = None
    at = 0
    while at < len(content):
        piece, stop = _piece(content, at)
        if piece is not None:
            pieces.append(piece)
        else:
            if pieces:
                yield _stretch(pieces, before, content[at])
                pieces = []
            yield content[at]
            before = content[at]
        at = stop
    if pieces:
        yield _stretch(pieces, before, None)


def _piece(content: Inlines, at: int) -> tuple[Piece | None, int]:
    """The piece that begins at a place, and the place behind it."""
    match content[at]:
        case Text(text=text) as element:
            return Piece(text, (element,)), at + 1
        case Emphasis(content=(Text(text=text),)) | Strong(content=(Text(text=text),)) if _SYMBOL.fullmatch(
            text
        ):
            return Piece(text, (content[at],)), at + 1
        case HtmlSpan(text=tag) if opening := _SCRIPT.fullmatch(tag):
            return _script(content, at, opening[1].lower())
        case _:
            return None, at + 1


def _script(content: Inlines, at: int, name: str) -> tuple[Piece | None, int]:
    """`<sup>2</sup>` as `^(2)`."""
    match content[at + 1 : at + 3]:
        case (Text(text=text), HtmlSpan(text=closing)) if closing.lower() == f"</{name}>":
            sign = "^" if name == "sup" else "_"
            inner = text.strip()
            flat = f"{sign}{inner}" if len(inner) == 1 else f"{sign}({inner})"
            return Piece(flat, content[at : at + 3]), at + 3
        case _:
            return None, at + 1


def _stretch(pieces: Sequence[Piece], before: AnyInline | None, behind: AnyInline | None) -> Stretch:
    merged: list[Piece] = []
    for piece in pieces:
        match merged[-1:], piece.elements:
            case [Piece(elements=(Text() as held,))], (Text() as text,):
                merged[-1] = Piece(held.text + text.text, (replace(held, text=held.text + text.text),))
            case _:
                merged.append(piece)
    return Stretch(tuple(merged), _binds(before), _binds(behind))


def _binds(neighbour: AnyInline | None) -> bool:
    """Whether an element beside a stretch may be a part of a formula that is not seen."""
    return neighbour is not None and not isinstance(neighbour, Break | Footnote)
