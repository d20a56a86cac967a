"""A language that nobody speaks: extraction with none of its words, as if all of a document's were made up."""

from __future__ import annotations

import sys

from deckbuild.extract import words as lists


def forget_words() -> None:
    """Empty all lists of words for the rest of this process, and what was concluded from them."""
    known, unknown = lists.words, lists.Words()
    for module in [module for name, module in sys.modules.items() if name.startswith("deckbuild.")]:
        for name, value in list(vars(module).items()):
            if value is known and module is not lists:
                setattr(module, name, lambda: unknown)
            elif module is not lists and hasattr(value, "cache_clear"):
                value.cache_clear()
