"""What is wrong with cards on phones, as Anki's reviewer shows them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from browser import ORIGIN, reader
from reviewer import SCROLLING, Side, fill, library, show, sides, unfold

WIDTHS = (360, 390)

SMALLEST = """
() => Math.min(99, ...[...document.querySelectorAll('#qa mjx-c')].filter((sign) => sign.checkVisibility()
  && !sign.closest('mjx-assistive-mml')).map((sign) => parseFloat(getComputedStyle(sign).fontSize)))
"""
"""Pixels of the smallest type in formulas."""


class Seen(NamedTuple):
    """Counts for both widths: sides, those that scroll, boxes that scroll without a shadow; what is else wrong."""

    sides: int
    scrolling: dict[int, list[str]]
    unshaded: list[str]
    wrong: dict[str, list[str]]
    smallest: float


def seen(chromium: Any, path: Path) -> Seen:
    """The backs of all cards of a document or a folder."""
    with tempfile.TemporaryDirectory() as folder:
        anki, web = Path(folder, "anki"), Path(folder, "web")
        anki.mkdir()
        web.mkdir()
        fill(web, library(path).media)
        backs = [side for side in sides(path, anki) if side.name.endswith("back")]
        return _seen(chromium, web, backs)


def _seen(chromium: Any, web: Path, backs: list[Side]) -> Seen:
    found = Seen(len(backs), {width: [] for width in WIDTHS}, [], {}, 99)
    for width in WIDTHS:
        with reader(chromium, width, web) as shown:
            shown.page.goto(f"{ORIGIN}/light.html")
            for side in backs:
                show(shown, side, False)
                faults = [
                    fault for fault in shown.faults() if not fault.startswith("no glyph")
                ]  # of this machine
                if faults and width == WIDTHS[0]:
                    found.wrong[side.name] = faults
                unfold(shown)
                boxes = shown.page.evaluate(SCROLLING)
                if boxes:
                    found.scrolling[width].append(side.name)
                found.unshaded.extend(side.name for _, _, shaded in boxes if not shaded)
                found = found._replace(smallest=min(found.smallest, shown.page.evaluate(SMALLEST)))
    return found
