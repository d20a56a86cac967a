"""One document for a seed: one to three regions, each with its own layout, and what stands around them."""

from __future__ import annotations

from random import Random

from msgspec import Struct

from layouts import frame
from layouts.content import LANGUAGES, content
from layouts.draw import chosen, valued
from layouts.page import Page
from layouts.pieces import Expected, Style
from layouts.region import level, write_region


class Region(Struct, frozen=True):
    """The lines `first` to `last`, written in one layout."""

    first: int
    last: int
    layout: dict[str, str]


class Document(Struct, frozen=True):
    """A text, the suffix of its file, and the notes in it with the layout of each."""

    text: str
    suffix: str
    notes: tuple[Expected, ...]
    regions: tuple[Region, ...]
    layout: dict[str, str]
    """Dimensions of the whole document."""

    def layout_at(self, line: int) -> dict[str, str]:
        """The dimensions of the region at a line, with those of the document."""
        inside = (region.layout for region in reversed(self.regions) if region.first <= line)
        return {**self.layout, **next(inside, {})}

    @property
    def description(self) -> str:
        """The layout in one paragraph."""
        parts = [self.layout, *(region.layout for region in self.regions)]
        return "\n".join(
            ", ".join(f"{k} {v}" for k, v in part.items() if v not in ("none", "no")) for part in parts
        )


def documents(seed: int) -> Document:
    """The document of a seed: always the same for the same seed."""
    rng = Random(seed)
    language = "en" if rng.random() < 0.3 else rng.choice(LANGUAGES)
    words = content(language)
    layout = {"language": language} | valued(rng, frame.AROUND)
    count = rng.choice((1, 1, 1, 2, 2, 3))
    drawn = chosen(rng, words, count)
    layout["regions"] = str(len(drawn))
    if drawn[0][0].of == "terms" and layout["title"] == "none":
        layout["title"] = "#"
    page = Page()
    regions: list[Region] = []
    whole = Style({**layout, "wording": str(rng.randrange(4))}, words)
    frame.above(page, whole, drawn[0][2])
    frame.title(page, whole, drawn[0][0].of)
    for place, (family, style, items) in enumerate(drawn):
        if regions:
            frame.divide(page, whole, family, min(level(style), level(drawn[place - 1][1])))
        first = len(page.lines) + 1
        write_region(page, family, style, items)
        regions.append(Region(first, len(page.lines), {"family": family.name, **style.values}))
    frame.below(page, whole)
    while page.lines and not page.lines[-1]:
        page.lines.pop()
    return Document(
        text=frame.encoded(page.lines, layout),
        suffix=rng.choice((".md", ".md", ".txt")),
        notes=tuple(page.notes),
        regions=tuple(regions),
        layout=layout,
    )
