"""Measures a sheet as a PDF holds it: what good hand-made cheat sheets have in common, as figures."""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median, quantiles
from typing import NamedTuple

from pypdf import PageObject, PdfReader

from pdf_reading import structure

MM = 25.4 / 72
_SYMBOL = re.compile(r"\\[A-Za-z]+|[A-Za-z]+|[\d.]+|[=+<>|()\[\]-]")
"""A piece of LaTeX that is drawn."""


class Run(NamedTuple):
    """Text of one size and colour on a line; `x` and `y` in mm from the left and the top."""

    page: int
    x: float
    y: float
    size: float
    colour: tuple[float, float, float]
    text: str


class Sheet:
    """The figures of a sheet with columns that begin at `lefts`, its header and footer aside."""

    def __init__(
        self, data: bytes, columns: int, side: float = 8, bottom: float = 11, gutter: float = 5
    ) -> None:
        self.pdf = PdfReader(io.BytesIO(data))
        first = self.pdf.pages[0].mediabox
        self.width, self.height = float(first[2]) * MM, float(first[3]) * MM
        self.side, self.bottom, self.columns = side, self.height - bottom, columns
        self.column = (self.width - 2 * side - gutter * (columns - 1)) / columns
        self.step = self.column + gutter
        self.all = [run for number, page in enumerate(self.pdf.pages) for run in runs(number, page)]
        self.text = [run for run in self.all if run.y < self.bottom]
        self.furniture = [run for run in self.all if run.y >= self.bottom]
        sizes: Counter[float] = Counter()
        for run in self.text:
            sizes[run.size] += len(run.text)
        self.body = sizes.most_common(1)[0][0]
        self.lines = self._lines()

    def _lines(self) -> dict[tuple[int, int], dict[float, str]]:
        """The lines of each column of each page, by their distance from the top."""
        found: dict[tuple[int, int], dict[float, str]] = defaultdict(dict)
        for run in self.text:
            if run.size != 6.5 and run.size < 1.4 * self.body:
                lines = found[run.page, int((run.x - self.side + 0.5) / self.step)]
                y = next((y for y in lines if abs(y - run.y) < 0.8), run.y)
                lines[y] = lines.get(y, "") + run.text
        return {place: dict(sorted(lines.items())) for place, lines in sorted(found.items())}

    @property
    def words(self) -> list[float]:
        """Words of each page, for the area of A4; three symbols of a formula take the room of one."""
        area = self.width * self.height / (210 * 297)
        found = self._words_of_formulas()
        for (page, _), lines in self.lines.items():
            found[page] += sum(len(line.split()) for line in lines.values())
        return [found[page] / area for page in range(len(self.pdf.pages))]

    def _words_of_formulas(self) -> Counter[int]:
        pages = {page.indirect_reference: number for number, page in enumerate(self.pdf.pages)}
        found: Counter[int] = Counter()
        for kind, element in structure(self.pdf):
            if kind == "/Figure" and "/Alt" in element:
                symbols = _SYMBOL.findall(str(element["/Alt"]))
                found[pages[element.raw_get("/Pg")]] += 1 + len(symbols) // 3
        return found

    @property
    def fill(self) -> list[float]:
        """The filled part of each page but the last."""
        depth = self.bottom - 8
        return [
            sum((max(lines) - 8) / depth for (at, _), lines in self.lines.items() if at == page)
            / self.columns
            for page in range(len(self.pdf.pages) - 1)
        ]

    @property
    def smallest(self) -> float:
        """Points of the smallest text, furniture included."""
        return min(run.size for run in self.all)

    @property
    def leading(self) -> float:
        """The commonest distance of lines in sizes of the text."""
        steps = Counter(
            round((low - high) / MM, 1) for lines in self.lines.values() for high, low in pairwise(lines)
        )
        return steps.most_common(1)[0][0] / self.body

    @property
    def measure(self) -> tuple[float, float]:
        """Characters in a line: the median and the 90th percentile, of lines over half a column."""
        full = [len(line) for lines in self.lines.values() for line in lines.values() if len(line) > 33]
        return median(full), quantiles(full, n=10)[-1]

    @property
    def spread(self) -> float:
        """Lines between the ends of the shortest and the longest column of the last page."""
        last = len(self.pdf.pages) - 1
        ends = [max(lines) for (page, _), lines in self.lines.items() if page == last]
        ends += [8.0] * (self.columns - len(ends))
        return (max(ends) - min(ends)) / (self.leading * self.body * MM)

    @property
    def starts(self) -> float:
        """Millimetres by which the first lines of a page's columns differ at most."""
        pages = defaultdict(list)
        for (page, _), lines in self.lines.items():
            pages[page].append(min(lines))
        return max(max(tops) - min(tops) for tops in pages.values())

    @property
    def lonely_headings(self) -> list[str]:
        """Headings with less than two lines below them in their column."""
        found = []
        for (page, column), lines in self.lines.items():
            last = list(lines)[-2:]
            for run in self.text:
                at = int((run.x - self.side + 0.5) / self.step)
                if (run.page, at) == (page, column) and 1.15 * self.body < run.size < 1.4 * self.body:
                    found += [run.text] * any(abs(y - run.y) < 0.8 for y in last)
        return found

    @property
    def colours(self) -> set[tuple[float, float, float]]:
        """Colours of text."""
        return {run.colour for run in self.all}

    @property
    def outside(self) -> list[str]:
        """Text that begins outside of the margins."""
        right = self.width - self.side
        return [
            run.text
            for run in self.all
            if not self.side - 0.1 <= run.x <= right or not 4 < run.y < self.height - 4
        ]


def runs(number: int, page: PageObject) -> list[Run]:
    """All text of a page."""
    found: list[Run] = []
    colour = (0.0, 0.0, 0.0)
    height = float(page.mediabox[3])

    def operate(operator: bytes, operands: Sequence[float], *_: object) -> None:
        nonlocal colour
        if operator == b"rg":
            red, green, blue = map(float, operands)
            colour = red, green, blue

    def visit(text: str, at: Sequence[float], matrix: Sequence[float], font: object, size: float) -> None:
        if text.strip():
            x = matrix[4] * at[0] + at[4]
            y = height - (matrix[5] * at[3] + at[5])
            found.append(
                Run(number, x * MM, y * MM, round(abs(size * matrix[0] * at[0]), 2), colour, text.strip("\n"))
            )

    page.extract_text(visitor_operand_before=operate, visitor_text=visit)
    return found


def contrast(colour: tuple[float, float, float]) -> float:
    """Contrast with white paper (WCAG 2.2) after printing in grey."""
    grey = sum(weight * value for weight, value in zip((0.299, 0.587, 0.114), colour, strict=True))
    luminance = grey / 12.92 if grey <= 0.04045 else ((grey + 0.055) / 1.055) ** 2.4
    return 1.05 / (luminance + 0.05)


def is_grey(colour: tuple[float, float, float]) -> bool:
    """Whether a colour has no hue."""
    return max(colour) - min(colour) < 0.02
