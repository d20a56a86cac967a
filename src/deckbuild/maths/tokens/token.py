"""The pieces that a text is cut into, and their roles."""

from __future__ import annotations

from enum import StrEnum, auto

from msgspec import Struct


class Role(StrEnum):
    """What a token is to the parser."""

    NUMBER = auto()
    LETTER = auto()
    WORD = auto()
    SUP = auto()
    SUB = auto()
    CARET = auto()
    UNDERSCORE = auto()
    RELATION = auto()
    ARROW = auto()
    SUM = auto()
    PRODUCT = auto()
    SLASH = auto()
    PREFIX = auto()
    BIG = auto()
    ROOT = auto()
    CONSTANT = auto()
    OPEN = auto()
    CLOSE = auto()
    BAR = auto()
    COMMA = auto()
    SEMICOLON = auto()
    PRIME = auto()
    POSTFIX = auto()
    UNIT = auto()
    OTHER = auto()


class Token(Struct, frozen=True):
    r"""A token and where it stands.

    `text` is decoded: a letter as LaTeX (`\alpha`), a run of superscripts as plain characters. `spaced` tells
    whether white space stands before it; `start` and `end` are places in the text that was read.
    """

    role: Role
    text: str
    spaced: bool
    start: int
    end: int
