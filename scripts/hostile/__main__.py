"""Run deckbuild on hostile inputs, each in a folder of its own, under limits; print a line for each.

    python scripts/hostile [--table] [WORD…]   those whose name has one of the words

With `--table`, print at the end a table in Markdown with a row for each kind. JOBS is how many run at once.
Exit status 1 if one of them did what SECURITY.md rules out.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hostile.inputs import CASES
from hostile.run import SECONDS, Outcome, attempt


def _line(outcome: Outcome) -> str:
    faults = "; ".join(outcome.faults) or "ok"
    used = f"{outcome.seconds:6.1f} s ({outcome.clock:5.1f}) {outcome.megabytes:6.0f} MB"
    return f"{outcome.case.id:52} {used}  {_status(outcome):>6} {outcome.error:15}  {faults}"


def _status(outcome: Outcome) -> str:
    return "killed" if outcome.status is None else str(outcome.status)


def _table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A row for each kind, and one for all: how many, how they ended, and the most that one took."""
    yield "| inputs | number | exit 0 | 1 or 2 | ended | slowest, s | its name | largest, MB | its name | over 10 s | with faults |"
    yield "|---|" + "--:|" * 5 + "---|--:|---|--:|--:|"
    kinds = groupby(sorted(outcomes, key=lambda each: each.case.kind), key=lambda each: each.case.kind)
    for kind, group in (*((kind, [*group]) for kind, group in kinds), ("all", outcomes)):
        ends = Counter(map(_status, group))
        slowest = max(group, key=lambda each: each.seconds)
        largest = max(group, key=lambda each: each.megabytes)
        ended = f"{ends['0']} | {ends['1'] + ends['2']} | {len(group) - ends['0'] - ends['1'] - ends['2']}"
        used = (
            f"{slowest.seconds:.1f} | `{slowest.case.name}` | {largest.megabytes:.0f} | `{largest.case.name}`"
        )
        slow = sum(each.seconds > SECONDS for each in group)
        yield f"| {kind} | {len(group)} | {ended} | {used} | {slow} | {sum(bool(each.faults) for each in group)} |"


def main(arguments: list[str]) -> int:
    """Run the inputs, print their lines; how many had faults decides the exit status."""
    words = [word for word in arguments if word != "--table"]
    chosen = [case for case in CASES if not words or any(word in case.id for word in words)]
    outcomes = []
    with ThreadPoolExecutor(int(os.environ.get("JOBS", os.cpu_count() or 1))) as pool:
        for outcome in pool.map(attempt, chosen):
            print(_line(outcome), flush=True)
            outcomes.append(outcome)
    if "--table" in arguments:
        print("", *_table(outcomes), "", sep="\n")
    bad = sum(bool(outcome.faults) for outcome in outcomes)
    print(f"{len(chosen)} inputs, {bad} with faults")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
