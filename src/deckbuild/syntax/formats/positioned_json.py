"""JSON whose values know the lines that they stand on, which the module of the standard library doesn't tell."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.model.text import whole
from deckbuild.syntax.formats.reading import Unreadable

DEEPEST = 100
"""Lists and objects inside each other."""

MOST = 2_000_000
"""Signs and values of one file, which take some five seconds: a bank of 100,000 questions has fewer."""

_TOKEN = regex(r"\s*([{}\[\],:]|\"[^\"\\]*+(?:\\.[^\"\\]*+)*+\"|[^\s{}\[\],:\"]+)")
_NAMED = {"true": True, "false": False, "null": None}

Value: TypeAlias = "str | float | bool | list[JsonNode] | dict[str, JsonNode] | None"


class JsonNode(Struct, frozen=True):
    """A value with the first and the last line that it is written on."""

    value: Value
    line: int
    end_line: int

    @property
    def text(self) -> str:
        """A string or number as text; nothing for all else."""
        if isinstance(self.value, bool):
            return str(self.value)
        if isinstance(self.value, float):
            return f"{self.value:g}"
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> list[JsonNode]:
        """The items of a list; none of all else."""
        return self.value if isinstance(self.value, list) else []

    @property
    def fields(self) -> dict[str, JsonNode]:
        """The values of an object by name; none of all else."""
        return self.value if isinstance(self.value, dict) else {}


def parse(text: str, first: int = 1) -> JsonNode:
    """The value that a text holds, which begins at line `first`. Raises `Unreadable` for what is no JSON."""
    reader = _Reader(text, first)
    node = reader.value(0)
    if (left := reader.next()) is not None:
        raise Unreadable(f"something follows its end: {left[:20]}", reader.line)
    return node


class _Reader:
    def __init__(self, text: str, first: int) -> None:
        self._ends = [at for at, char in enumerate(text) if char == "\n"]
        self._first = first
        self._tokens = self._read(text)
        self._count = 0
        self.line = first

    def _read(self, text: str) -> Iterator[tuple[str, int]]:
        at, end = 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if not match:
                while text[at].isspace():
                    at += 1
                line = self._first + bisect_right(self._ends, at)
                raise Unreadable("a string is never closed", line)
            yield match[1], match.start(1)
            at = match.end()

    def next(self) -> str | None:
        token, at = next(self._tokens, (None, 0))
        self._count += 1
        if self._count > MOST:
            raise Unreadable(f"it has more than {MOST:,} values", self.line)
        if token is not None:
            self.line = self._first + bisect_right(self._ends, at - 1)
        return token

    def value(self, depth: int, token: str | None = None) -> JsonNode:
        token = token or self.next()
        line = self.line
        if token is None or token in ("}", "]", ",", ":"):
            raise Unreadable(f"a value is missing before {token or 'its end'}", line)
        if depth > DEEPEST:
            raise Unreadable(f"it is more than {DEEPEST} levels deep", line)
        if token == "[":
            return JsonNode(list(self._list(depth)), line, self.line)
        if token == "{":
            return JsonNode(dict(self._object(depth)), line, self.line)
        return JsonNode(self._plain(token), line, line)

    def _plain(self, token: str) -> str | float | bool | None:
        if token in _NAMED:
            return _NAMED[token]
        try:
            return whole(str(json.loads(token, strict=False))) if token[0] == '"' else float(token)
        except ValueError as error:
            raise Unreadable(f"{token[:20]} is not a value", self.line) from error

    def _list(self, depth: int) -> Iterator[JsonNode]:
        token = self.next()
        while token != "]":
            yield self.value(depth + 1, token or "")
            token = self._sign(",", "]")
            token = self.next() if token == "," else token

    def _object(self, depth: int) -> Iterator[tuple[str, JsonNode]]:
        token = self.next()
        while token != "}":
            if token is None or token[0] != '"':
                raise Unreadable(f"a name is missing before {token or 'its end'}", self.line)
            name = str(self._plain(token))
            self._sign(":")
            yield name, self.value(depth + 1)
            token = self._sign(",", "}")
            token = self.next() if token == "," else token

    def _sign(self, *signs: str) -> str:
        token = self.next()
        if token not in signs:
            raise Unreadable(f"{' or '.join(signs)} is missing before {(token or 'its end')[:20]}", self.line)
        return token
