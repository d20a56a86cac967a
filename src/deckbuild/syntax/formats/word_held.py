"""Paragraphs of a Word file that are written together: lines of code, and rows that are typed with a tab."""

from __future__ import annotations

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Writer, fence_of, started

ROW = regex(r"(?!\d+[.)])[^\t\x0f]+\t[^\t\x0f]+")
"""Two texts with one tab between them, as lists of words are typed; behind a number it only makes room."""

_FEWEST_ROWS = 3
"""Such paragraphs that are the rows of a table."""


class Held:
    """Collects paragraphs of one kind with their numbers, until another comes."""

    def __init__(self, out: Writer) -> None:
        self.out = out
        self._lines: list[tuple[str, int]] = []
        self._rows: list[tuple[str, int]] = []

    def code(self, text: str, number: int) -> None:
        """A paragraph of code."""
        if self._rows:
            self.write()
        self._lines.append((text, number))

    def row(self, text: str, number: int) -> None:
        """A paragraph with a tab."""
        if self._lines:
            self.write()
        self._rows.append((text, number))

    @property
    def has_rows(self) -> bool:
        """Whether rows are being collected, between which empty paragraphs say nothing."""
        return bool(self._rows)

    def write(self) -> None:
        """Write what was collected."""
        lines, rows, self._lines, self._rows = self._lines, self._rows, [], []
        if len(rows) >= _FEWEST_ROWS:
            self.out.rows([(text.split("\t"), SourceSpan(n, n)) for text, n in rows], titled=False)
            return
        for text, number in rows:
            self.out.gap()
            self.out.add(started(text), number)
            self.out.gap()
        if lines:
            fence = fence_of("\n".join(text for text, _ in lines))
            self.out.gap()
            self.out.add(fence, lines[0][1])
            for text, number in lines:
                for line in text.split("\n"):
                    self.out.add(line, number)
            self.out.add(fence, lines[-1][1])
            self.out.gap()
