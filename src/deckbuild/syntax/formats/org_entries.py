"""The entries of an Org file: headlines with their tags, properties and text, and the entries below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.reading import Writer

_HEADLINE = regex(
    r"(?P<stars>\*+)\s+(?:(?:TODO|DONE|NEXT|WAIT|WAITING|CANCELED|CANCELLED|HOLD|STARTED)\s+)?(?:\[#\w\]\s*)?"
    r"(?P<title>.*?)\s*(?::(?P<tags>[\w@#%:]+):)?\s*$"
)
_DRAWER = regex(r"\s*:(?P<name>[\w-]+):\s*$")
_PROPERTY = regex(r"\s*:(?P<name>[\w+-]+):\s*(?P<value>.*?)\s*$")
_PLANNED = regex(r"\s*(?:SCHEDULED|DEADLINE|CLOSED):\s")
_COUNT = regex(r"\s*\[\d*(?:/\d*|%)\]")
_KEYWORD = regex(r"#\+(?P<name>\w+):\s*(?P<value>.*)", re.IGNORECASE)

_DRAWERS = frozenset(("PROPERTIES", "LOGBOOK", "RESULTS", "REVIEW_DATA", "CLOCK"))


class OrgEntry(Struct):
    """A headline with the lines below it, those of its children aside."""

    level: int
    title: str
    line: int
    tags: tuple[str, ...]
    properties: dict[str, str]
    lines: list[tuple[str, int]]
    children: list[OrgEntry]


def entries(lines: Sequence[str], out: Writer) -> tuple[OrgEntry, tuple[str, int] | None]:
    """The entry that holds all others, and the title of the file with its line; what is no text goes aside."""
    root = OrgEntry(0, "", 1, (), {}, [], [])
    path = [root]
    title: tuple[str, int] | None = None
    drawer = block = ""
    for number, line in enumerate(lines, 1):
        here = path[-1]
        lowered = line.strip().lower()
        if not block and (head := _HEADLINE.match(line)):
            level = len(head["stars"])
            while path[-1].level >= level:
                path.pop()
            tags = tuple(filter(None, (head["tags"] or "").split(":")))
            entry = OrgEntry(level, _COUNT.sub("", head["title"]), number, tags, {}, [], [])
            path[-1].children.append(entry)
            path.append(entry)
            drawer = ""
        elif drawer:
            out.aside[number] = "properties of an entry"
            if found := _PROPERTY.match(line):
                here.properties[found["name"].upper()] = found["value"]
            drawer = "" if lowered == ":end:" else drawer
        elif not block and (found := _DRAWER.match(line)) and found["name"].upper() in _DRAWERS:
            drawer = found["name"]
            out.aside[number] = "properties of an entry"
        elif not block and _PLANNED.match(line):
            out.aside[number] = "a date"
        elif (
            not block
            and (found := _KEYWORD.match(line.strip()))
            and found["name"].lower() in ("title", "filetags", "property")
        ):
            if found["name"].lower() == "property":
                name, _, value = found["value"].partition(" ")
                root.properties[name.upper()] = value.strip()
            elif found["name"].lower() == "title" and not title:
                title = (found["value"], number)
            else:
                root.tags = tuple(filter(None, found["value"].split(":")))
        else:
            block = _block(block, lowered)
            here.lines.append((line, number))
    return root, title


def _block(block: str, line: str) -> str:
    """The block that is open behind a line."""
    if not block and line.startswith("#+begin_"):
        return line[8:].split()[0] if line[8:].split() else ""
    return "" if block and line == f"#+end_{block}" else block


def all_of(entry: OrgEntry) -> Iterator[OrgEntry]:
    """An entry and all below it."""
    yield entry
    for child in entry.children:
        yield from all_of(child)
