"""How long the slow formulas of a document may take together; the engine stops each by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

EACH, MORE = 0.02, 150e-6
"""Seconds of processor that a formula may take, and how much more for each of its characters.

Real ones take a half of that or less: 60 to 110 µs a character (matrices, fractions, long sums).
"""

PATIENCE = 3.0
"""Seconds that formulas may take beyond that, all together: two that the engine stops."""

SHORT = 24
"""Characters of a formula that is set even when the patience is over; none of them is known to take 10 ms."""

OVER = "the formulas before it took too long"
"""The reason to give where the patience `refuses`."""


class Patience:
    """The time that is left for slow formulas: at reading of one document, in print of one process."""

    def __init__(self) -> None:
        self.left = PATIENCE

    def refuses(self, tex: str) -> bool:
        """Whether a formula shall not be tried any more."""
        return self.left < 0 and len(tex) > SHORT

    @contextmanager
    def tried(self, tex: str) -> Iterator[None]:
        """Counts the time that a formula takes of the whole process, as the engine's own limit does."""
        start = time.process_time()
        try:
            yield
        finally:
            self.left -= max(0.0, time.process_time() - start - EACH - len(tex) * MORE)
