"""Trees of values with some of them replaced."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_not
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.model import AnyBlock, Note, Section

Value = TypeVar("Value")

_PLAIN = frozenset({str, int, bool, float, bytes, type(None)})
"""What holds no other values, and is never replaced by itself."""


def with_parts(section: Section, change: Callable[[Note | AnyBlock], Note | AnyBlock]) -> Section:
    """The section and all below it, `change` applied to each note and block of their bodies, in document order."""
    body = tuple(map(change, section.body))
    return replace(
        section, body=body, sections=tuple(with_parts(inner, change) for inner in section.sections)
    )


def changed(value: Value, change: Callable[[object], object | None]) -> Value:
    """A tree of values with those replaced for which `change` gives something; it is asked of no plain ones."""
    if value.__class__ in _PLAIN:
        return value
    new: Any = change(value)
    if new is not None:
        return new  # type: ignore[no-any-return]
    if isinstance(value, tuple):
        parts = tuple([part if part.__class__ in _PLAIN else changed(part, change) for part in value])
        return parts if any(map(is_not, parts, value)) else value  # type: ignore[return-value]
    if isinstance(value, Struct):
        fields = {}
        for name in value.__struct_fields__:
            part = getattr(value, name)
            if part.__class__ not in _PLAIN and (other := changed(part, change)) is not part:
                fields[name] = other
        return replace(value, **fields) if fields else value
    return value
