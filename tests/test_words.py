"""The lists of words, which are read without a parser of TOML."""

from __future__ import annotations

import tomllib
from pathlib import Path

from deckbuild.extract import words as lists
from deckbuild.extract.words import Words, words


def test_the_lists_are_what_a_parser_of_toml_reads() -> None:
    found: dict[str, set[str]] = {name: set() for name in Words.__struct_fields__}
    for file in Path(lists.__file__).parent.glob("*.toml"):
        for role, text in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found[role] |= {word.replace("_", " ") for word in text.casefold().split()}
    assert words() == Words(**{role: frozenset(known) for role, known in found.items()})
