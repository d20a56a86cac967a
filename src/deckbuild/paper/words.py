"""What prints say beside the documents' own text, in the language of the documents."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


def words(language: str) -> dict[str, str]:
    """The words for a language, given as a BCP 47 tag, by their names; English for one that has none."""
    known, name = _known(), language.partition("-")[0].lower()
    return known.get("nb" if name in ("no", "nn") else name, known["en"])


@cache
def _known() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
