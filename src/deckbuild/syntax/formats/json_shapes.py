"""Lists and objects of JSON that are rows, and records whose parts stand apart: under their terms or counted names."""

from __future__ import annotations

from collections import Counter

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.json_values import measures, texts
from deckbuild.syntax.formats.positioned_json import JsonNode
from deckbuild.syntax.formats.record_keys import bare, field, keys

_FEWEST = 3
"""Records of an object from which its names are terms."""

_COUNTED = regex(r"(?P<name>\D+?)[\s_-]*(?P<number>\d{1,4})")


def gathered(node: JsonNode) -> list[JsonNode]:
    """The records that an object holds in one of these shapes; none of others."""
    return _keyed(node) or _counted(node) or _side_by_side(node)


def _keyed(node: JsonNode) -> list[JsonNode]:
    """`"ebb": {"meaning": …}, "flow": {"meaning": …}`."""
    told = [(value, field(value, "answer")) for value in node.fields.values()]
    if len(told) < _FEWEST or not all(
        answer and _has_words(answer) and not field(value, "question") for value, answer in told
    ):
        return []
    return [
        JsonNode(
            {"question": JsonNode(key, value.line, value.line), **value.fields}, value.line, value.end_line
        )
        for key, value in node.fields.items()
    ]


def _counted(node: JsonNode) -> list[JsonNode]:
    """`"q1": …, "a1": …, "q2": …, "a2": …`."""
    groups: dict[str, dict[str, JsonNode]] = {}
    for key, value in node.fields.items():
        if not (told := _COUNTED.fullmatch(key)) or not texts(value):
            return []
        groups.setdefault(told["number"], {})[told["name"]] = value
    found = [JsonNode(dict(group), node.line, node.end_line) for group in groups.values()]
    whole = all(len(one.fields) > 1 and field(one, "question") and field(one, "answer") for one in found)
    return found if len(found) > 1 and whole else []


def _side_by_side(node: JsonNode) -> list[JsonNode]:
    """`"questions": […], "answers": […]`, lists of as many texts."""
    lists = {
        role: value.items
        for key, value in node.fields.items()
        for role in ("question", "answer")
        if bare(key).removesuffix("s") in keys()[role] and value.items and all(i.text for i in value.items)
    }
    asked, told = lists.get("question", []), lists.get("answer", [])
    if len(asked) < 2 or len(asked) != len(told):
        return []
    return [
        JsonNode({"question": one, "answer": other}, one.line, other.end_line)
        for one, other in zip(asked, told, strict=True)
    ]


def _has_words(node: JsonNode) -> bool:
    return any(any(map(str.isalpha, text)) for text, _ in texts(node))


def as_rows(node: JsonNode) -> tuple[list[str], list[tuple[list[str], SourceSpan]]] | None:
    """The titles and rows of a list of objects of the same plain fields, or of lists; None of others."""
    items = node.items
    if len(items) < _FEWEST or any(map(_is_record, items)):
        return None
    if all(len(i.items) > 1 and all(c.text for c in i.items) for i in items):
        return [], [([c.text for c in i.items], SourceSpan(i.line, i.end_line)) for i in items]
    names = Counter(tuple(k for k, v in i.fields.items() if v.text or v.value in ("", None)) for i in items)
    common, count = names.most_common(1)[0]
    if len(common) < 2 or count < 0.7 * len(items) or any(len(i.fields) > len(common) + 2 for i in items):
        return None
    if sum(not measures(k, [i.fields[k] for i in items if k in i.fields]) for k in common) < 2:
        return None
    rows = [
        ([i.fields[k].text if k in i.fields else "" for k in common], SourceSpan(i.line, i.end_line))
        for i in items
        if i.fields
    ]
    return list(common), rows


def _is_record(node: JsonNode) -> bool:
    """Whether an object asks something, and answers it or offers options."""
    return bool(field(node, "question") and any(field(node, r) for r in ("answer", "options", "wrong")))
