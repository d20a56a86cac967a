"""A document in the making: its lines, and the notes on them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from layouts.pieces import Expected, Piece


class Page:
    """Lines that grow downwards; notes know the numbers of their lines, from 1."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.notes: list[Expected] = []

    def add(self, lines: Iterable[str]) -> None:
        """Write lines."""
        self.lines.extend(lines)

    def apart(self, lines: Iterable[str]) -> None:
        """Write lines with one blank line, at least, before and after them."""
        lines = list(lines)
        if lines:
            self.part()
            self.add(lines)
            self.part()

    def part(self) -> None:
        """Write a blank line unless there is one."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def note(self, piece: Piece, indent: str = "") -> None:
        """Write a piece, its lines behind an indent, and keep its note."""
        above = len(self.lines) + 1
        self.add(indent + line if line else line for line in piece.lines)
        if note := piece.note:
            self.notes.append(_shifted(note, above))

    def together(self, pieces: Iterable[Piece]) -> None:
        """Write pieces whose notes are all counted from the same line."""
        above = len(self.lines)
        for piece in pieces:
            self.add(piece.lines)
            if note := piece.note:
                self.notes.append(_shifted(note, above + 1))


def _shifted(note: Expected, by: int) -> Expected:
    return replace(note, first=note.first + by, last=note.last + by, end=note.end + by)
