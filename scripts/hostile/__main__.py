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
from hostile.run import Outcome, attempt


def _line(outcome: Outcome) -> str:
    faults = "; ".join(outcome.faults) or "ok"
    used = f"{outcome.seconds:6.1f} s ({outcome.clock:5.1f}) {outcome.megabytes:6.0f} MB"
    return f"{outcome.case.id:52} {used}  {_status(outcome):>6} {outcome.error:15}  {faults}"


def _status(outcome: Outcome) -> str:
    return "killed" if outcome.status is None else str(outcome.status)


def _table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A row for each kind: how many, how they ended, and the most that one took."""
    yield "| inputs | number | exit 0 | 1 | 2 | killed | slowest, s | clock | its name | largest, MB | with faults |"
    yield "|---|" + "--:|" * 7 + "---|--:|--:|"
    for kind, group in groupby(
        sorted(outcomes, key=lambda each: each.case.kind), key=lambda each: each.case.kind
    ):
        members = list(group)
        ends = Counter(map(_status, members))
        slowest = max(members, key=lambda each: each.seconds)
        ended = " | ".join(str(ends[status]) for status in ("0", "1", "2", "killed"))
        used = f"{slowest.seconds:.1f} | {slowest.clock:.1f} | `{slowest.case.name}` | {max(each.megabytes for each in members):.0f}"
        yield f"| {kind} | {len(members)} | {ended} | {used} | {sum(bool(each.faults) for each in members)} |"


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
