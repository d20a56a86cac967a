"""Measures what is plainly wrong on cards and prints: lost words, sides that scroll, bad breaks.

    python scripts/measure_looks.py sources notes.md …

Each folder or document is built by itself, with nothing written. Its backs are shown as Anki's reviewer shows them,
360 and 390 px wide, and its sheet, booklet and cut-outs are laid out. A table with a row for each is printed;
`--list` says what was found and where. Exits with 1 where words are lost or a box scrolls without a shadow.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from browser import browser
from deckbuild.collection.print_settings import Print
from deckbuild.paper.booklet.booklet import booklet
from deckbuild.paper.cutouts.cutouts import cutouts
from deckbuild.paper.sheet.sheet import sheet
from looks import cards_seen, paper_seen
from looks.words import lost, meant, on_cards
from reviewer import library

WHOLE = Print(tagged=True)
"""Long prints in one piece, in this process."""

PRINTS = {"sheet": sheet, "booklet": booklet, "cut-outs": cutouts}
HEAD = (
    "document", "notes", "backs", "scroll at 360", "at 390", "no shadow", "smallest formula, px", "words lost on cards",
    "pages", "words lost on paper", "broken inside", "parted lead-ins", "headings alone", "options or rows cut",
    "over the edge", "smallest text, pt",
)  # fmt: skip


def measured(chromium: object, path: Path, told: bool) -> tuple[list[object], bool]:
    """The row of a document or folder, and whether words are lost or a shadow is missing."""
    made = library(path)
    model = meant(made)
    cards = Counter(
        {w: n for note, card in zip(model, on_cards(made), strict=True) for w, n in (note - card).items()}
    )
    seen = cards_seen.seen(chromium, path)
    found: dict[str, list[str]] = {"cards lack": sorted(cards), "no shadow": seen.unshaded}
    found |= {f"scrolls at {width}": sides for width, sides in seen.scrolling.items()}
    found |= {f"wrong: {side}": faults for side, faults in seen.wrong.items()}
    paper = []
    for name, write in PRINTS.items():
        with paper_seen.typeset() as documents:
            write(made, WHOLE)
        faults = paper_seen.faults(documents[-1])
        paper.append(faults)
        missing = lost(model, faults.words) if name != "sheet" else Counter()
        found |= {
            f"{name}: {field}": list(getattr(faults, field))
            for field in ("inside", "parted", "alone", "cut", "over")
        }
        found[f"{name}: lacks"] = sorted(missing)
    if told:
        for what, places in found.items():
            if places:
                print(f"  {what}: {len(places)}: {places[:12]}", file=sys.stderr)

    def total(field: str) -> int:
        return sum(len(places) for what, places in found.items() if what.endswith(f": {field}"))

    row = [
        path.name, len(model), seen.sides, *(len(sides) for sides in seen.scrolling.values()), len(seen.unshaded),
        "" if seen.smallest == 99 else f"{seen.smallest:.1f}", sum(cards.values()), sum(f.pages for f in paper),
        total("lacks"), *(total(field) for field in ("inside", "parted", "alone", "cut", "over")),
        min(f.smallest for f in paper),
    ]  # fmt: skip
    return row, bool(cards or seen.unshaded or total("lacks"))


def main() -> int:
    """Measures each path; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", dest="told", help="say what was found and where")
    arguments = parser.parse_args()
    print("|", " | ".join(HEAD), "|")
    print("|", " | ".join("---" for _ in HEAD), "|")
    failed = False
    with browser() as chromium:
        for path in arguments.paths:
            row, bad = measured(chromium, path.resolve(), arguments.told)
            failed |= bad
            print("|", " | ".join(map(str, row)), "|", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
