"""Records of a lock that version control has merged: of two for one thing, the one that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from msgspec.structs import replace


class _Dated(Protocol):
    @property
    def modified(self) -> int: ...


Dated = TypeVar("Dated", bound=_Dated)


def merged(
    records: Iterable[Dated], key: Callable[[Dated], Any], content: Callable[[Dated], object]
) -> tuple[Dated, ...]:
    """One record for each key, sorted: of two, the one that changed or was removed later.

    Where both sides changed in the same second, the time rises above both: who has imported the package of
    either side must take what comes of the merge.
    """
    found: dict[Any, Dated] = {}
    for record in records:
        other = found.setdefault(key(record), record)
        if other.modified == record.modified and content(other) != content(record):
            record = replace(record, modified=record.modified + 1)  # type: ignore[type-var]  # a Struct
        found[key(record)] = max(
            other, record, key=lambda r: (max(r.modified, getattr(r, "removed", 0)), r.modified)
        )
    return tuple(found[name] for name in sorted(found))
