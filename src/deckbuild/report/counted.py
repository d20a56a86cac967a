"""Numbers with the nouns that they count, in messages for people."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """`1 note`, `2 notes`, `1,200 removed notes`: a number and the noun, whose plural ends in s."""
    return f"{number:,} {plural(number, noun)}"


def plural(number: int, noun: str) -> str:
    """A noun as it stands behind a number."""
    return noun if number == 1 else f"{noun}s"
