"""The options of a record, and which of them are right, in the ways that banks of questions tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.positioned_json import JsonNode
from deckbuild.syntax.formats.record_keys import all_of, field, is_aside, tellers, tells

_LETTERED = regex(r"(?:option|choice|answer|opt)?[_\s-]*(?P<letter>[a-h1-8])", re.IGNORECASE)

_TYPED = regex(r"\(?(?P<letter>[A-Ha-h1-8])(?:[.):]|\s*-)+\s*(?=\S)")


_PLACE = regex(r"[A-Ha-h]|[0-9]")
"""What names an option of a list by its place."""


class JsonChoice(Struct, frozen=True):
    """Options with their lines, the places of the right ones, and the line that tells them."""

    options: tuple[tuple[str, int], ...]
    right: tuple[int, ...]
    line: int


class _Option(Struct, frozen=True):
    name: str
    text: str
    line: int
    right: bool | None = None


def choice_of(record: JsonNode, answer: JsonNode | None, from_zero: bool) -> JsonChoice | None:
    """The choice of a record with this answer; None where it has no options. Numbers count from 0 or from 1."""
    options, answer = _options(record, answer, from_zero)
    if len(options) < 2:
        return None
    shown = tuple((option.text, option.line) for option in options)
    if any(option.right is not None for option in options):
        right = tuple(n for n, option in enumerate(options) if option.right)
        return JsonChoice(shown, right, options[right[0]].line if right else record.line)
    for told in tellers(record, answer):
        found = _told(options, told, from_zero)
        if found and (told is answer or len(found) < len(options)):
            return JsonChoice(shown, found, told.line)
    for told in _others(record):
        if same := [n for n, option in enumerate(options) if option.text.casefold() == _bare(told)]:
            return JsonChoice(shown, tuple(same[:1]), told.line)
    return JsonChoice(shown, (), answer.line if answer else record.line)


def _told(options: list[_Option], told: JsonNode, from_zero: bool) -> tuple[int, ...]:
    """The places of the options that a value, or the values in it, name."""
    parts = told.items or list(told.fields.values()) or [told]
    found = chain.from_iterable(_places(options, one, from_zero) for one in parts)
    return tuple(sorted(set(found)))


def _bare(told: JsonNode) -> str:
    return told.text.strip().casefold()


def counts_from_zero(records: Iterable[JsonNode]) -> bool:
    """Whether numbers of right options count from 0, as they do unless the highest is that of an option behind all."""
    for record in records:
        options, answer = _options(record, field(record, "answer"), True)
        told = (node for one in tellers(record, answer) for node in (one.items or [one]))
        numbers = [node.value for node in told if isinstance(node.value, float)]
        if options and 0 in numbers:
            return True
        if options and len(options) in numbers:
            return False
    return True


def _options(
    record: JsonNode, answer: JsonNode | None, from_zero: bool
) -> tuple[list[_Option], JsonNode | None]:
    """The options of a record, and the answer that tells the right ones, if they don't."""
    told = field(record, "options")
    if told is None and (among := _among_answers(record, from_zero)):
        return among
    told = told or _that_holds(record, answer)
    if told is None and (wrong := field(record, "wrong")) and answer and answer.text:
        listed = [*_listed(wrong), _Option("", answer.text.strip(), answer.line, True)]
        return sorted(listed, key=lambda o: o.text.casefold()), None
    if told is None:
        found = {key: m["letter"] for key in record.fields if (m := _LETTERED.fullmatch(key))}
        if "b" in map(
            str.casefold, found.values()
        ):  # `a` is the first of these, and no short name of the answer
            named = [
                node
                for node in all_of(record, "answer")
                if not any(node is record.fields[key] for key in found)
            ]
            answer = named[0] if named else answer
        lettered = [
            _Option(letter.casefold(), value.text.strip(), value.line)
            for key, letter in found.items()
            if (value := record.fields[key]).text and value is not answer
        ]
        return (lettered, answer) if len(lettered) > 1 else ([], answer)
    options = _unlettered(_listed(told))
    if told is not answer or any(option.right is not None for option in options):
        return options, answer
    others = [node for node in tellers(record, None) if node is not told]
    return (options, others[0] if others else None) if others or _others(record) else ([], told)


def _among_answers(record: JsonNode, from_zero: bool) -> tuple[list[_Option], JsonNode | None] | None:
    """The options of a record that calls them answers, and what tells the right ones; None where it has none."""
    named = all_of(record, "answer")
    for one in sorted(named, key=lambda node: -len(node.items or node.fields)):
        options = _unlettered(_listed(one))
        if len(options) < 2:
            return None
        if all(option.right is not None for option in options):
            return options, None
        others = [node for node in tellers(record, None) if node is not one]
        same = [told for told in _others(record) if any(_bare(told) == o.text.casefold() for o in options)]
        resolved = [other for other in others if _told(options, other, from_zero)] + same
        if resolved or (others and field(record, "answer") is one):
            return options, resolved[0] if resolved else None
    return None


def _that_holds(record: JsonNode, answer: JsonNode | None) -> JsonNode | None:
    """The list of texts that has the answer in it, or of which it gives the number or letter, whatever it is called."""
    told = tellers(record, answer)
    listed = [
        value
        for key, value in record.fields.items()
        if len(value.items) > 2
        and all(item.text for item in value.items)
        and not (tells(key) or is_aside(key))
    ]
    holds = [one for one in listed if any(_bare(t) and _bare(t) in map(_bare, one.items) for t in told)]
    placed = any(isinstance(t.value, float) or _PLACE.fullmatch(t.text.strip()) for t in told)
    return next(iter(holds), None) or (listed[0] if placed and len(listed) == 1 else None)


def _others(record: JsonNode) -> list[JsonNode]:
    """The texts of a record, the question and what explains the answer aside; one may repeat the right option."""
    lettered = (
        value for key, value in record.fields.items() if not (_LETTERED.fullmatch(key) or is_aside(key))
    )
    return [value for value in lettered if value.text.strip() and value is not field(record, "question")]


def _listed(told: JsonNode) -> list[_Option]:
    """The options of a list of texts or objects, or of an object of texts by letter."""
    if told.fields:
        return [_Option(k.casefold(), v.text.strip(), v.line) for k, v in told.fields.items() if v.text]
    found = []
    for item in told.items:
        text = field(item, "option_text") if item.fields else item
        name = field(item, "option_name") if item.fields else None
        flag = field(item, "right") if item.fields else None
        right = flag.value in (True, 1.0, "true", "True") if flag else None
        if text and text.text.strip():
            named = name.text.casefold() if name and name is not text else ""
            found.append(_Option(named, text.text.strip(), item.line, right))
    if any(option.right is not None for option in found):
        found = [_Option(o.name, o.text, o.line, bool(o.right)) for o in found]
    return found


def _unlettered(options: list[_Option]) -> list[_Option]:
    """The options without letters or numbers that their texts begin with, `a) Rome`; they are their names."""
    signs = [_TYPED.match(option.text) for option in options]
    letters = "".join(sign["letter"].lower() for sign in signs if sign)
    if len(letters) < len(options) or not ("abcdefgh".startswith(letters) or "12345678".startswith(letters)):
        return options
    return [
        _Option(
            option.name or (letter if letter.isalpha() else ""),
            option.text[sign.end() :],
            option.line,
            option.right,
        )
        for option, sign, letter in zip(options, signs, letters, strict=True)
        if sign
    ]


def _places(options: list[_Option], told: JsonNode, from_zero: bool) -> list[int]:
    """The places of the options that a value names: by their text, letter, name or number."""
    text = told.text.strip()
    bare = _TYPED.sub("", text, count=1) if _TYPED.match(text) else text
    same = [n for n, o in enumerate(options) if o.text.casefold() in (text.casefold(), bare.casefold())]
    if same and not (isinstance(told.value, float) and len(same) > 1):
        return same[:1]
    named = [n for n, o in enumerate(options) if o.name and o.name == text.casefold()]
    if named:
        return named[:1]
    if isinstance(told.value, float) or text.isdigit():
        place = int(float(text)) - (0 if from_zero else 1)
        return [place] if 0 <= place < len(options) else []
    letters = re.findall(r"\b[a-h]\b", text.casefold()) if len(text) < 12 else []
    found = [ord(letter) - ord("a") for letter in letters]
    if found and max(found) < len(options):
        return found
    begins = re.match(r"([A-Ha-h])[.):]\s", text)
    if begins and ord(begins[1].lower()) - ord("a") < len(options):
        return [ord(begins[1].lower()) - ord("a")]
    return []
