"""Run documents in random layouts through the extractor and show what of their notes comes back.

`try_layouts.py --seeds 500` grades the documents of seeds 0 to 499 and prints, for each value of each
dimension of layouts, the share of notes that are exact, worst first. `--show SEED` prints one document with
what was found; `--family NAME` and `--failing` list the seeds to look at. Exit status 1 where less is found
than `--exact` and `--precision` ask for, or more in texts without notes than `--false`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from layouts import negatives
from layouts.figures import FALSE, Table, add, graded_documents, notes, precision, row, share
from layouts.grade import Grade, graded
from layouts.made_up import forget_words
from layouts.reading import records
from layouts.sample import Document, documents

LEAST = 20
"""A value with fewer notes than this is not shown: its share says nothing."""


def show(document: Document) -> Iterator[str]:
    """The document with the numbers of its lines, and what was made of it."""
    yield document.description
    yield "─" * 60
    yield from (f"{at:4}  {line}" for at, line in enumerate(document.text.split("\n"), 1))
    yield "─" * 60
    result = graded(document, records(document.text, document.suffix))
    for note, grade, record in result.notes:
        yield f"{grade:6} {note.first:4} {note.question}"
        if grade is not Grade.EXACT:
            yield f"         expected {note.answer!r}"
        if record and grade is not Grade.EXACT:
            yield f"         found    {record['question']!r} → {record['answer']!r} {record['extras'] or ''}"
    yield from (
        f"false  {record['line']:4} {record['question']!r} → {record['answer'][:90]!r}"
        for record in result.false
    )


def worst_first(table: Table, names: list[str], least: int) -> Iterator[str]:
    """A line for each value of a dimension, the worst first."""
    rows = [
        (share(grades), name, value)
        for (name, value), grades in table.items()
        if name != "all" and (notes(grades) or grades[FALSE]) >= least and (not names or name in names)
    ]
    for _, name, value in sorted(rows):
        yield row(f"{name}: {value}", table[name, value])


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=200, help="how many documents to try")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--show", type=int, metavar="SEED", help="print one document and what was found")
    parser.add_argument("--negatives", action="store_true", help="try texts that hold no notes")
    parser.add_argument(
        "--made-up", action="store_true", help="read as if no word of the documents was known"
    )
    parser.add_argument("--family", help="only documents with a region of this family, or of this kind")
    parser.add_argument("--dimension", action="append", default=[], help="show only this dimension")
    parser.add_argument("--failing", action="store_true", help="a line for each document that isn't exact")
    parser.add_argument("--least", type=int, default=LEAST, help="notes that a value must have to be shown")
    parser.add_argument("--exact", type=float, default=0, help="the share of notes that must be exact")
    parser.add_argument("--precision", type=float, default=0, help="the share of what is found that must be")
    parser.add_argument("--false", type=float, default=1e9, help="false notes that a document may have")
    return parser.parse_args()


def main() -> int:
    """Parse the arguments, run, print; the exit status."""
    given = arguments()
    make = negatives.documents if given.negatives else documents
    if given.made_up:
        forget_words()
    if given.show is not None:
        print("\n".join(show(make(given.show))))
        return 0
    table: Table = defaultdict(Counter)
    began = time.perf_counter()
    tried = 0
    for seed, document, result in graded_documents(make, range(given.first, given.first + given.seeds)):
        names = [region.layout["family"] for region in document.regions] or [document.layout["kind"]]
        if given.family and given.family not in names:
            continue
        tried += 1
        add(table, document, result)
        here = Counter(str(grade) for _, grade, _ in result.notes) + Counter({FALSE: len(result.false)})
        if given.failing and here.total() > here[Grade.EXACT]:
            print(f"seed {seed:5}: {' + '.join(names)}: {', '.join(f'{n} {k}' for k, n in here.items())}")
    print("\n".join(worst_first(table, given.dimension, 1 if given.negatives else given.least)))
    total = table["all", ""]
    print(f"\n{row(f'{tried} documents', total)}; precision {precision(total):.1%}, ", end="")
    print(f"{time.perf_counter() - began:.0f} s")
    kept = share(total) >= given.exact and precision(total) >= given.precision
    return 0 if kept and total[FALSE] <= given.false * max(1, tried) else 1


if __name__ == "__main__":
    sys.exit(main())
