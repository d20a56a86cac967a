"""Documents of tests that build the same texts again and again."""

from __future__ import annotations

from functools import lru_cache

from deckbuild.decode.source import decode
from deckbuild.model import Document
from deckbuild.read import extract


@lru_cache(maxsize=500)
def read_once(text: str, name: str = "a.md") -> Document:
    """The document in a text, a frozen value: read for the first build that has it, and the same for the others."""
    return extract(decode(text.encode(), name))
