"""What files that are named after a collection begin with."""

from __future__ import annotations

import re

from deckbuild.report.headline import printable

_LONGEST = 200
"""Bytes of an output's name before its ending: systems take names of 255."""


def file_stem(name: str) -> str:
    """What the output files of a collection of this name begin with: without signs that a system refuses."""
    stem = re.sub(r"[\s/\\:*?\"<>|]+", "-", printable(name))
    return stem.encode()[:_LONGEST].decode(errors="ignore")
