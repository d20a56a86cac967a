"""What is wrong with settings: where, why, and the word that was probably meant."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from deckbuild.collection.places import KeyAndValue, Keys, Place, places
from deckbuild.machine.regex import regex
from deckbuild.report.diagnostics import Code, Failure


class Mistake(Struct, frozen=True):
    """What is wrong at the end of a way through the settings: its key, or else its value."""

    way: Keys
    why: str
    of_key: bool = False


def mistakes(value: object, kind: type[Struct]) -> Iterator[Mistake]:
    """All that keeps a value, as TOML gives it, from being a `kind`."""
    yield from _of(value, kind, ())


def meant(word: str, known: Iterable[str]) -> str:
    """`; did you mean name?`, or nothing where no known word is near."""
    from difflib import get_close_matches

    plain = {other.casefold(): other for other in known}
    near = get_close_matches(word.casefold(), list(plain), 1)
    return f"; did you mean {plain[near[0]]}?" if near else ""


def refused(file: Path, text: str, found: Iterable[Mistake]) -> Failure:
    """The mistakes in a file of settings that holds `text`, each told at its place."""
    known = places(text)

    def place(mistake: Mistake) -> Place:
        entry = known.get(mistake.way) or KeyAndValue(Place(1, 0), Place(1, 0))
        return entry.key if mistake.of_key else entry.value

    placed = ((place(one), one.why) for one in found)
    return Failure(*(Code.BAD_SETTINGS.at(str(file), at.line, at.column, why=why) for at, why in placed))


def _of(value: object, kind: Any, way: Keys) -> Iterator[Mistake]:
    if isinstance(kind, type) and issubclass(kind, Struct) and isinstance(value, Mapping):
        fields = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
        kinds = get_type_hints(kind, include_extras=True)
        for key, inner in value.items():
            if key in fields:
                yield from _of(inner, kinds[fields[key]], (*way, key))
            else:
                yield Mistake((*way, key), f"there is no setting {key}{_known(key, fields)}", of_key=True)
    elif get_origin(kind) is dict and isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _of(inner, get_args(kind)[1], (*way, key))
    elif get_origin(kind) is tuple and isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _of(inner, get_args(kind)[0], (*way, number))
    elif isinstance(value, str) and "\0" in value:
        yield Mistake(way, "it contains a NUL character")
    elif choice := _choice(kind):
        if value not in choice or isinstance(value, bool):
            known = ", ".join(map(str, choice))
            yield Mistake(way, f"{value!r} is not one of {known}{meant(str(value), map(str, choice))}")
    else:
        try:
            msgspec.convert(value, kind)
        except (msgspec.ValidationError, ValueError, OverflowError) as error:
            yield Mistake(way, _described(kind) or _plain(str(error)))


def _described(kind: Any) -> str:
    """What `Meta` says that a value must be."""
    told = (extra.description for extra in get_args(kind)[1:] if isinstance(extra, Meta))
    return next(filter(None, told), "") if get_origin(kind) is Annotated else ""


_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text in quotes",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date",
    "datetime": "a date",
    "time": "a time",
}
"""What msgspec's names of kinds are called in TOML."""

_EXPECTED = regex(r"Expected `([^`]+)`(?: ([<>]=) (-?[\d.]+))?(?:, got `([^`]+)`)?")


def _plain(error: str) -> str:
    """What msgspec says of a value, in words of people."""
    found = _EXPECTED.match(error)
    if not found:
        return error[:1].lower() + error[1:].replace("`", "")
    kinds = [_KINDS.get(name, name) for name in found[1].split(" | ") if name != "null"]
    bound = {"<=": " of at most", ">=": " of at least"}.get(found[2] or "", "")
    limit = f"{bound} {found[3].removesuffix('.0')}" if bound else ""
    got = f", not {_KINDS.get(found[4], found[4])}" if found[4] else ""
    return f"it must be {' or '.join(kinds)}{limit}{got}"


def _known(key: str, fields: Mapping[str, str]) -> str:
    return meant(key.replace("_", "-"), fields) or f"; there are {', '.join(sorted(fields))}"


def _choice(kind: Any) -> tuple[object, ...]:
    """The values of a `Literal`, also of one that may be left out; nothing for other kinds."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    if get_origin(kind) in (Union, types.UnionType):
        return next(filter(None, map(_choice, get_args(kind))), ())
    return _choice(get_args(kind)[0]) if get_origin(kind) is Annotated else ()
