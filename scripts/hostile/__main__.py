"""Run deckbuild on hostile inputs, each in a folder of its own, under limits; print a table of what happened.

    python scripts/hostile [WORD…]   those whose name has one of the words

Exit status 1 if one of them did what SECURITY.md rules out.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hostile.inputs import CASES
from hostile.run import Outcome, attempt


def _line(outcome: Outcome) -> str:
    faults = "; ".join(outcome.faults) or "ok"
    status = "killed" if outcome.status is None else str(outcome.status)
    used = f"{outcome.seconds:6.1f} s {outcome.megabytes:6.0f} MB"
    return f"{outcome.case.id:52} {used}  {status:>6} {outcome.error:15}  {faults}"


def main(words: list[str]) -> int:
    """Run the inputs, print their lines; how many had faults decides the exit status."""
    chosen = [case for case in CASES if not words or any(word in case.id for word in words)]
    bad = 0
    with ThreadPoolExecutor(int(os.environ.get("JOBS", os.cpu_count() or 1))) as pool:
        for outcome in pool.map(attempt, chosen):
            print(_line(outcome), flush=True)
            bad += bool(outcome.faults)
    print(f"{len(chosen)} inputs, {bad} with faults")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
