"""Fit the weights of patterns to labelled documents, and print how they do on documents that they weren't fitted to.

`fit_weights.py` reads the documents below `DECKBUILD_CORPUS` (`corpus/labels.json`, `corpus/docs`, the grader in
`check`), random layouts and random texts. `--labelled FOLDER` adds documents of one's own (`labels.json` and `docs` in
it), `--without-notes FOLDER` documents that hold no notes. What ships is the table in `extract/patterns`; it is the
prior of the next one, which so remembers documents that are no longer at hand. `--from-nothing` leaves it out, as the
figures of documents left out always do.

Prints a line for each document with its own share of exact pairs (recall) and of exact notes (precision) under a table
fitted without it, and the means. `--write` replaces the table.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from deckbuild.extract.patterns import weigh  # noqa: E402
from deckbuild.extract.patterns.choose import choose  # noqa: E402
from fitting import labelled, our_own  # noqa: E402
from fitting.labelled import Sample  # noqa: E402
from fitting.table import Table, chance, fitted, written  # noqa: E402

TABLE = HERE.parent / "src/deckbuild/extract/patterns/weights.json"

RIGHT = 0.9
"""What a note must be worth to count as exact."""


def samples(given: argparse.Namespace) -> Iterator[Sample]:
    """All documents that the command line asks for."""
    corpus = os.environ.get("DECKBUILD_CORPUS")
    if corpus:
        root = Path(corpus)
        yield from labelled.labelled(
            "corpus", root / "corpus", root / "corpus/docs", root / "check", twice=True
        )
        for folder in given.labelled:
            yield from labelled.labelled(folder.name, folder, folder / "docs", root / "check")
    for folder in given.without_notes:
        yield from labelled.without_notes("without notes", folder)
    yield from our_own.fixtures()
    yield from our_own.examples(HERE.parent / "sources", HERE.parent / "tests/golden")
    yield from our_own.random_layouts(range(given.seeds))
    yield from our_own.random_texts(range(given.seeds // 3))


STEP = 0.25
"""How far the table goes from the one that ships towards the one that fits best.

Over six draws left out in pairs, all the way gives .67 of recall and .75 of precision, a quarter .67 and .74; but
further than that, cases of our own change, and notes beside one that was edited.
"""


def towards(old: Mapping[str, Mapping[str, float]], new: Mapping[str, Mapping[str, float]]) -> Table:
    """A table on the way from an old one to a new one."""
    return {
        kind: {
            name: (1 - STEP) * old.get(kind, {}).get(name, 0.0) + STEP * new.get(kind, {}).get(name, 0.0)
            for name in sorted({*old.get(kind, {}), *new.get(kind, {})})
        }
        for kind in sorted({*old, *new})
    }


def figures(sample: Sample, table: Table) -> tuple[float | None, float, int]:
    """Recall (None without pairs), precision, and the number of false notes of a document under a table."""
    judged = cast(Any, [(chance(table, pattern), pattern) for pattern in sample.proposed])
    notes = [n for part in choose(judged, sample.taken) for n in cast(Any, part.notes) if n.counts]
    right = {n.pair for n in notes if n.pair >= 0 and n.worth >= RIGHT}
    none = 0.0 if sample.pairs else 1.0
    recall = len(right) / sample.pairs if sample.pairs else None
    return recall, len(right) / len(notes) if notes else none, sum(n.pair < 0 for n in notes)


def means(rows: Sequence[tuple[float | None, float, int]]) -> str:
    """The means over documents, as a line."""
    recalls = [recall for recall, _, _ in rows if recall is not None]
    recall = sum(recalls) / max(1, len(recalls))
    return (
        f"{len(rows)} documents: recall {recall:.3f}, precision {sum(p for _, p, _ in rows) / len(rows):.3f}, "
        f"false notes {sum(false for _, _, false in rows)}"
    )


def main() -> int:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labelled", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--without-notes", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--seeds", type=int, default=200, help="how many random layouts")
    parser.add_argument("--from-nothing", action="store_true", help="leave the shipped table out")
    parser.add_argument("--write", action="store_true", help="replace the shipped table")
    given = parser.parse_args()
    found = list(samples(given))
    own = [
        s for s in found if s.group not in ("random", "random texts", "without notes", "fixtures", "twice")
    ]
    rows = []
    for left_out in own:
        table = fitted([s for s in found if s is not left_out], {})
        rows.append(figures(left_out, table))
        recall, precision, false = rows[-1]
        shown = "  –  " if recall is None else f"{recall:5.3f}"
        print(f"{left_out.group:12} {left_out.name:28} {shown} {precision:5.3f} {false:4}", flush=True)
    if rows:
        print(f"\nleft out one by one: {means(rows)}")
    best = fitted(found, {} if given.from_nothing else weigh.weights())
    table = best if given.from_nothing else towards(weigh.weights(), best)
    for group in sorted({s.group for s in found}):
        print(f"{group:15} {means([figures(s, table) for s in found if s.group == group])}")
    if given.write:
        TABLE.write_text(written(table), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
