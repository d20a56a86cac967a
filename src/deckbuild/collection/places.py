"""Where in a TOML text each key and value stands, which the standard library doesn't tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TypeAlias

from msgspec import Struct

from deckbuild.machine.regex import regex

Keys: TypeAlias = tuple[str | int, ...]
"""The way from the top of a text down to a value: keys of tables, and numbers of items in lists."""


class Place(Struct, frozen=True):
    """Line and column in a text, counted from 1."""

    line: int
    column: int


class KeyAndValue(Struct, frozen=True):
    """Where a key and its value stand; an item of a list is its own key."""

    key: Place
    value: Place


_TOKEN = regex(
    r"""(?P<skipped>[ \t\r\ufeff]+|\#[^\n]*)|(?P<end>\n)
    |(?P<string>\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    |(?P<sign>[\[\]{},=.])|(?P<bare>[^\s\[\]{},=."'\#]+)""",
    re.DOTALL | re.VERBOSE,
)


DEEPEST = 8
"""Keys of the longest way that is noted, twice as many as ours have."""


def places(text: str) -> dict[Keys, KeyAndValue]:
    """Every key and value of a text, which must be TOML: it is not looked for mistakes again."""
    return _Reader(text).found


class _Reader:
    """Goes once through the tokens, as the grammar of TOML goes."""

    def __init__(self, text: str) -> None:
        self.found: dict[Keys, KeyAndValue] = {}
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.tokens = [match for match in _TOKEN.finditer(text) if match.lastgroup != "skipped"]
        self.at = 0
        tables: dict[Keys, int] = {}
        table: Keys = ()
        while self.at < len(self.tokens):
            if self.next_is("\n"):
                self.at += 1
            elif self.next_is("["):
                table = self.header(tables)
            else:
                self.pair(table)

    def next_is(self, *signs: str) -> bool:
        """Whether one of the signs comes next."""
        return self.at < len(self.tokens) and self.tokens[self.at][0] in signs

    def place(self) -> Place:
        """Where the next token stands."""
        start = self.tokens[min(self.at, len(self.tokens) - 1)].start()
        line = bisect_right(self.starts, start)
        return Place(line, start - self.starts[line - 1] + 1)

    def keys(self, above: Keys) -> Keys:
        """`a."b".c`: the way to the value, each part of it noted where it is first written."""
        way = above
        while self.at < len(self.tokens) and not self.next_is("=", "]", "\n"):
            token = self.tokens[self.at]
            if token.lastgroup != "sign" and len(way) < DEEPEST:
                text = token[0]
                way = (*way, _unquoted(text) if token.lastgroup == "string" else text)
                self.found.setdefault(way, KeyAndValue(self.place(), self.place()))
            self.at += 1
        return way

    def header(self, tables: dict[Keys, int]) -> Keys:
        """`[a.b]`, or `[[a.b]]`, which begins the next item of a list."""
        is_list = self.tokens[self.at + 1][0] == "["
        self.at += 1 + is_list
        way = self.keys(())
        self.at += 1 + is_list
        if not is_list:
            return way
        tables[way] = tables.get(way, -1) + 1
        return (*way, tables[way])

    def pair(self, table: Keys) -> None:
        """`key = value`."""
        key = self.place()
        way = self.keys(table)
        self.at += 1
        self.found[way] = KeyAndValue(self.found[way].key if way in self.found else key, self.place())
        self.value(way)

    def value(self, way: Keys) -> None:
        """A list, a table in braces, or anything up to where a value ends."""
        if self.next_is("["):
            self.at += 1
            number = 0
            while not self.over("]"):
                if not self.next_is("\n", ","):
                    self.found[(*way, number)] = KeyAndValue(self.place(), self.place())
                    self.value((*way, number))
                    number += 1
                else:
                    self.at += 1
        elif self.next_is("{"):
            self.at += 1
            while not self.over("}"):
                if self.next_is(",", "\n"):
                    self.at += 1
                else:
                    self.pair(way)
        else:
            while self.at < len(self.tokens) and not self.next_is(",", "]", "}", "\n"):
                self.at += 1

    def over(self, sign: str) -> bool:
        """Whether a list or table ends here, by its sign; then it is passed."""
        if self.next_is(sign):
            self.at += 1
            return True
        return self.at >= len(self.tokens)


def _unquoted(text: str) -> str:
    import tomllib

    return str(tomllib.loads(f"key = {text}")["key"])
