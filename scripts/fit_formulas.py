"""Fit what speaks for formulas to labelled documents, and print how that does on documents that it wasn't fitted to.

The weights of reasons stand beside their rules in `maths/weigh` and `maths/find`, set by hand. `fit_formulas.py
FOLDER…` reads the labelled documents of `DECKBUILD_CORPUS` (its grader is in `check`) and of further
folders (`labels.json` and `docs` in each), fits a factor for each reason that starts from 1 (ridge), leaves out one
document after the other, and prints the mistakes on it under the weights as they are and under the fitted ones.
Nothing is written: a factor that all documents agree on is a reason to change a weight by hand.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize

from deckbuild.maths.set import typeset
from deckbuild.maths.set.setting import FormulaSetter
from deckbuild.maths.weigh.verdict import ENOUGH, Verdict
from deckbuild.model import Formula, SourceSpan
from deckbuild.read import read

RIDGE = 4.0
"""What a change of a factor costs."""

MARGIN = 0.25
"""How far below `ENOUGH` the odds are even, since a score of just that is accepted."""


@dataclass(frozen=True)
class Finding:
    """A piece of text that was judged, its reasons with their weights, and whether it is a formula by the labels."""

    document: str
    text: str
    reasons: dict[str, float]
    right: bool


class Recorder(FormulaSetter):
    """Keeps each verdict with its line."""

    judged: list[tuple[int, Verdict]]

    def formula(self, verdict: Verdict, text: str, span: SourceSpan) -> Formula:
        """Keep what is set."""
        self.judged.append((span.line, verdict))
        return super().formula(verdict, text, span)

    def near(self, verdict: Verdict, span: SourceSpan, expected: bool) -> None:
        """Keep what isn't."""
        self.judged.append((span.line, verdict))
        super().near(verdict, span, expected)


def findings(folder: Path, grader: Any) -> Iterator[Finding]:
    """All that was judged in the labelled parts of the documents of a folder, but for what may be either way."""
    table = next(f for name in ("formulas.json", "labels.json") if (f := folder / name).exists())
    for name, label in json.loads(table.read_text(encoding="utf-8")).items():
        for line, verdict in _judged(folder / "docs" / label["doc"]):
            if verdict.tex is None or not any(a <= line <= b for a, b in label["ranges"]):
                continue
            near = [one for one in label["labels"] if abs(one["line"] - line) <= 1]
            text = grader.loose(verdict.text)
            forms = [
                ({grader.loose(form) for form in (one["text"], *one["alt"])}, one["must"]) for one in near
            ]
            right = any(text in form for form, must in forms if must)
            either = any(text in form or any(f in text for f in form) for form, must in forms if not must)
            if right or not either:
                reasons: Counter[str] = Counter()
                for part in verdict.why:
                    reasons[part.reason] += part.weight
                yield Finding(name, verdict.text, dict(reasons), right)


def _judged(path: Path) -> list[tuple[int, Verdict]]:
    found: list[tuple[int, Verdict]] = []
    Recorder.judged = found
    with patch.object(typeset, "FormulaSetter", Recorder):
        read(path, path.name)
    return found


def fitted(found: Sequence[Finding], names: Sequence[str]) -> np.ndarray:
    """The factor of each reason."""
    x = _matrix(found, names)
    y = np.array([one.right for one in found], float)
    base = x.sum(axis=1) - ENOUGH + MARGIN

    def loss(change: np.ndarray) -> tuple[float, np.ndarray]:
        z = np.clip(base + x @ change, -30, 30)
        p = 1 / (1 + np.exp(-z))
        total = -(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)).sum() + RIDGE * (change**2).sum()
        return total, x.T @ (p - y) + 2 * RIDGE * change

    return 1 + minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x


def _matrix(found: Sequence[Finding], names: Sequence[str]) -> np.ndarray:
    return np.array([[one.reasons.get(name, 0.0) for name in names] for one in found])


def mistakes(found: Sequence[Finding], names: Sequence[str], factors: np.ndarray) -> tuple[int, int]:
    """Formulas that are missed, and text that is set."""
    accepted = _matrix(found, names) @ factors >= ENOUGH
    right = np.array([one.right for one in found], bool)
    return int((right & ~accepted).sum()), int((~right & accepted).sum())


def main() -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*")
    given = parser.parse_args()
    corpus = os.environ.get("DECKBUILD_CORPUS")
    if not corpus:
        parser.error("DECKBUILD_CORPUS names no folder")
    sys.path.insert(0, str(Path(corpus) / "check"))
    grader = import_module("formulas")
    found = [one for folder in (Path(corpus) / "corpus", *given.folders) for one in findings(folder, grader)]
    if not found:
        parser.error("no labelled document holds anything that looks like a formula")
    names = sorted({name for one in found for name in one.reasons})
    total = np.zeros(4, int)
    for left_out in sorted({one.document for one in found}):
        own = [one for one in found if one.document == left_out]
        factors = fitted([one for one in found if one.document != left_out], names)
        row = (*mistakes(own, names, np.ones(len(names))), *mistakes(own, names, factors))
        total += row
        print(
            f"{left_out:16} {len(own):4} judged   as they are: {row[0]} missed, {row[1]} false   "
            f"fitted: {row[2]}, {row[3]}"
        )
    print(
        f"\n{len(found)} judged; as they are: {total[0]} missed, {total[1]} false; fitted without the document: "
        f"{total[2]} missed, {total[3]} false"
    )
    for name, factor in sorted(
        zip(names, fitted(found, names), strict=True), key=lambda pair: -abs(pair[1] - 1)
    )[:15]:
        print(f"  {factor:5.2f} × {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
