"""Weights: how likely a pattern's notes are right, from its pooled evidence.

A logistic model for each kind of pattern; `weights.json` holds its table, fitted over labelled documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp
from pathlib import Path

import msgspec

CROSSED = (
    ("ask", "regular"),
    ("ask", "size"),
    ("ask", "cover"),
    ("ask", "all headings"),
    ("ask", "numbers go on"),
    ("ask", "section"),
    ("ask", "once"),
    ("quiet", "long answer"),
    ("quiet", "short lines"),
    ("quiet", "one line"),
    ("quiet", "terms context"),
    ("quiet", "quiz context"),
    ("quiet", "inner headings"),
    ("quiet", "code"),
    ("quiet", "size"),
    ("quiet", "cover"),
    ("quiet", "all headings"),
    ("quiet", "regular"),
    ("quiet", "question key"),
    ("quiet", "under heading"),
    ("term", "terms context"),
    ("term", "all headings"),
    ("term", "cover"),
    ("term", "short term"),
    ("cover of family", "terms context"),
    ("cover of family", "ask"),
    ("cover of text", "both short"),
    ("both short", "terms context"),
    ("size", "cover"),
    ("options", "right options"),
    ("term title", "meaning title"),
    ("question title", "answer title"),
)
"""Pairs of evidence that say more together."""

ONLY_CROSSED = ("long answer", "short lines", "one line")
"""Evidence that means something only where heads hardly ask."""

_ASKING = 0.6
"""Mean of heads that ask from which a pattern is not quiet at all."""


def expanded(features: Mapping[str, float]) -> dict[str, float]:
    """The evidence with what titles around say together, and the crossed pairs."""
    full = dict(features)
    full["terms context"] = max(full.get(name, 0.0) for name in ("glossary", "below terms", "announced"))
    full["quiet"] = 1 - min(1.0, full.get("ask", 0.0) / _ASKING)
    full["fold asks"] = full.get("fold head", 0.0) * (1 - full["quiet"])
    full["quiz context"] = max(full.get(name, 0.0) for name in ("quiz", "below questions"))
    for one, other in CROSSED:
        full[f"{one} × {other}"] = full.get(one, 0.0) * full.get(other, 0.0)
    full["bias"] = 1.0
    for name in ONLY_CROSSED:
        full.pop(name, None)
    return full


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """The table: weights by evidence for each kind of pattern."""
    data = Path(__file__).with_name("weights.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, dict[str, float]])


def probability(kind: str, features: Mapping[str, float]) -> float:
    """0 to 1: how many of the notes of such a pattern are right."""
    row = weights().get(kind, {})
    total = sum(row.get(name, 0.0) * value for name, value in expanded(features).items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def reasons(kind: str, features: Mapping[str, float], most: int = 4) -> tuple[str, ...]:
    """The evidence that spoke most for a pattern, the strongest first."""
    row = weights().get(kind, {})
    return _strongest({name: row.get(name, 0.0) * value for name, value in expanded(features).items()}, most)


def lacking(kind: str, features: Mapping[str, float], most: int = 3) -> tuple[str, ...]:
    """Of the evidence looked for in a pattern, what would have spoken most for it, had there been more of it."""
    row = weights().get(kind, {})
    lost = {n: row.get(n, 0.0) * (1 - min(1.0, value)) for n, value in features.items()}
    return _strongest({n: w for n, w in lost.items() if not n.startswith(_OF_A_KIND)}, most)


_OF_A_KIND = ("by ", "of ", "document ")
"""How evidence begins that says which layout this is: a pattern of another one doesn't lack it."""


def _strongest(spoke: Mapping[str, float], most: int) -> tuple[str, ...]:
    plain = ((name, weight) for name, weight in spoke.items() if name != "bias" and " × " not in name)
    return tuple(name for name, weight in sorted(plain, key=lambda item: -item[1])[:most] if weight > 0)
