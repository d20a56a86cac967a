"""What the fields of a record mean, by their names."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from unicodedata import normalize

from deckbuild.syntax.formats.positioned_json import JsonNode


@lru_cache(maxsize=1)
def keys() -> dict[str, dict[str, int]]:
    """Names of fields by their meaning, each with its rank: where a record has several, the first counts."""
    import tomllib

    raw = files("deckbuild.syntax.formats").joinpath("record_keys.toml").read_text(encoding="utf-8")
    return {
        role: {bare(n): at for at, n in enumerate(names.split())}
        for role, names in tomllib.loads(raw).items()
    }


def field(node: JsonNode, role: str) -> JsonNode | None:
    """The field of a record that has a meaning."""
    ranks = keys()[role]
    known = [key for key in node.fields if bare(key) in ranks]
    return node.fields[min(known, key=lambda key: ranks[bare(key)])] if known else None


def all_of(node: JsonNode, role: str) -> list[JsonNode]:
    """All fields of a record that have a meaning, in their order."""
    return [value for key, value in node.fields.items() if bare(key) in keys()[role]]


@lru_cache(maxsize=4096)
def bare(key: str) -> str:
    """The name of a field without case, accents and signs."""
    return "".join(char for char in normalize("NFKD", key.casefold()) if char.isalnum())
