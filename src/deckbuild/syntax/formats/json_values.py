"""What the values of a record say, with their lines: texts, tags, extras, and turns of a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.positioned_json import JsonNode
from deckbuild.syntax.formats.record_keys import bare, field, keys

_ASKING = frozenset(("user", "human", "customer"))
_ANSWERING = frozenset(("assistant", "gpt", "bot", "model", "agent"))
"""Who speaks in conversations that models are trained on."""

_LANGUAGE = regex(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
"""A name of a field that is the code of a language."""

_YEARS = (1000, 2100)
"""What a whole number may be a year between."""


def one_line(text: str) -> str:
    """A text without ends of lines and rows of blanks."""
    return " ".join(text.split())


def texts(node: JsonNode) -> list[tuple[str, int]]:
    """What a value says, with its lines: a list as items, an object by its text."""
    if node.items:
        inner = list({text: (text, line) for item in node.items for text, line in texts(item)}.values())
        return inner if len(inner) < 2 else [(f"- {one_line(text)}", line) for text, line in inner]
    if node.fields and all(map(_LANGUAGE.fullmatch, node.fields)):  # one text in several
        return texts(next(iter(node.fields.values())))
    if node.fields:
        told = field(node, "option_text")
        return texts(told) if told else []
    return [(node.text.strip(), node.line)] if node.text.strip() else []


def tags(node: JsonNode) -> Iterator[str]:
    """The tags of a record: a list, or words parted by commas or blanks."""
    for role in ("tags", "tag"):
        told = field(node, role)
        for text in [item.text for item in told.items] or [told.text] if told else []:
            split = text.split() if role == "tags" and "," not in text else text.split(",")
            yield from ("-".join(tag.split()) for tag in split if tag.strip())


def extras(node: JsonNode) -> Iterator[tuple[str, str]]:
    """Hint and difficulty of a record, under the names that notes have for them."""
    for role, label in (("hint", "hint"), ("level", "difficulty")):
        if (told := field(node, role)) and told.text:
            yield label, one_line(told.text)


def turns(node: JsonNode) -> list[tuple[JsonNode, JsonNode]]:
    """Questions and answers of a conversation: what its user says, and what is said to it next."""
    told = [(field(turn, "speaker"), field(turn, "said")) for turn in node.items]
    spoken = [(who.text.casefold(), said) for who, said in told if who and said and said.text.strip()]
    return [
        (said, after)
        for (who, said), (other, after) in pairwise(spoken)
        if who in _ASKING and other in _ANSWERING
    ]


def measures(name: str, column: list[JsonNode]) -> bool:
    """Whether numbers of a column count or measure something, which answers only where it is asked for.

    Years do otherwise, and what its name calls an answer.
    """
    values = [node.value for node in column if isinstance(node.value, float)]
    if len(values) < len(column) or bare(name) in keys()["answer"]:
        return False
    return not all(value.is_integer() and _YEARS[0] <= value <= _YEARS[1] for value in values)
