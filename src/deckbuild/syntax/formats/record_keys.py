"""What the fields of a record mean, by their names."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from unicodedata import normalize

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.positioned_json import JsonNode

_WORD = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
"""A word of a name such as `rightAnswer` or `right_answer`."""


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


def tellers(node: JsonNode, first: JsonNode | None) -> list[JsonNode]:
    """The fields that may tell which option of a record is right: one that is known to, then those of such names."""
    named = all_of(node, "answer")
    named += [value for key, value in node.fields.items() if tells(key) and value not in named]
    return [*([first] if first else []), *(value for value in named if value is not first)]


@lru_cache(maxsize=4096)
def tells(key: str) -> bool:
    """Whether a name says which option is right: `goodAnswer`, `ans_idx`, `indexOfCorrect`, but not `answerCount`."""
    words = [word.casefold() for word in _WORD.findall(key)]
    known = keys()
    return (
        bool(known["telling"].keys() & set(words))
        and set(words) <= known["telling"].keys() | known["beside_telling"].keys()
        and words[0] not in ("num", "number")
    )


def is_aside(key: str) -> bool:
    """Whether a field says something about its record, and nothing that could be an answer."""
    roles = ("question", "options", "explanation", "tags", "tag", "hint", "level", "aside")
    return any(bare(key) in keys()[role] for role in roles)


@lru_cache(maxsize=4096)
def bare(key: str) -> str:
    """The name of a field without case, accents and signs."""
    return "".join(char for char in normalize("NFKD", key.casefold()) if char.isalnum())
