"""What the fields of a record mean, by their names."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from deckbuild.syntax.formats.positioned_json import JsonNode


@lru_cache(maxsize=1)
def keys() -> dict[str, dict[str, int]]:
    """Names of fields by their meaning, each with its rank: where a record has several, the first counts."""
    import tomllib

    raw = files("deckbuild.syntax.formats").joinpath("record_keys.toml").read_text(encoding="utf-8")
    return {role: {n: at for at, n in enumerate(names.split())} for role, names in tomllib.loads(raw).items()}


def field(node: JsonNode, role: str) -> JsonNode | None:
    """The field of a record that has a meaning."""
    ranks = keys()[role]
    known = [key for key in node.fields if bare(key) in ranks]
    return node.fields[min(known, key=lambda key: ranks[bare(key)])] if known else None


@lru_cache(maxsize=4096)
def bare(key: str) -> str:
    """The name of a field without case and signs."""
    return "".join(char for char in key.casefold() if char.isalnum())
