"""Where a line may be parted: by each sign that may stand between a term and its meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from deckbuild.extract.page.asking import SIGNS
from deckbuild.extract.page.page import CLOZE, Page
from deckbuild.extract.page.signature import marked_start
from deckbuild.extract.records.statements import named
from deckbuild.extract.records.word_cuts import (
    ABBREVIATED,
    FRAMED,
    SCRIPT,
    WIDE,
    at_abbreviation,
    at_frame,
    at_script,
    at_wide,
)
from deckbuild.machine.regex import regex
from deckbuild.model import CodeSpan

Cut = tuple[int, int, int]
"""Where the term of a line begins, and where what parts it from the rest begins and ends."""

Hits = Sequence[tuple[int, Cut]]
"""Lines that a separator parts."""

Splitter = Callable[[str, int, int], tuple[int, int] | None]
"""From a text, where its body begins and where its strong start ends: where a separator begins and ends."""

STRONG = ("\t", ";;", ":::", "::", "↔", "⇔", "⟷", "→", "⇒", "|", ">>")
_DASH = regex(r"\s[-–—―]{1,3}\s+|\s?[—―]\s?|\s[-–]{1,2}(?=[^\x00-\x7f])")
_COLON = regex(r"(?<=\S)\s?(?::(?=\s|[^\x00-\x7f])|：)\s*")
_STOP_BEHIND = regex(r"\s*[.,]\s+")
_COLON_BEHIND = regex(r"\s*[:：]\s*")
GLUED = regex(r"[^\s\W][^-–—.;:]{0,30}(?P<dash>[-–—])(?=[^\W\d_])")
"""A dash without blanks behind a short term: `break-Ends a loop.`"""

_ARROW = regex(r"(?<![<=-])[=-]+>(?!>)|(?<=\s)<[=-]*>(?=\s)")
"""An arrow of any length, to one side or, between blanks, to both."""

_ASKED = regex(r"(?<=[?？؟])[\"»”)\]*_]*\s*[,;|/]\s*(?=\S)")
"""A comma or the like right behind the sign of a question."""

NAMED = "statement"
"""What parts a definition or theorem, named behind its label, from what it says."""

ASKED = "sign of a question and another"

_SLASHES = " // "
_SPACED_SLASHES = regex(r"\s//\s+(?=\S)")
LEADER = "dots"
_DOTS = regex(r"(?<![\s.…])\s*(?:\.{3,}|…+)\s*(?=[^\s.…])")
"""A row of dots that leads from a word to what stands in another column."""

_EQUALS = regex(r"\s=\s*(?=\s|$)")
_RARE = regex(
    r"[^\w\s。、，；：！？（）「」『』【】《》·.,;:!?()\[\]\"'`*_/#<>&%+«»“”„’‘…\-–—={}$^~\\@|\ufe0f\u200d]{1,3}|\|\||//|~|@@|==|\^\^|&&|%%|##|\+\+|<<"
)
_RARE_ASCII = regex(r"\|\||//|~|@@|==|\^\^|&&|%%|##|\+\+|<<|[\0-\x08\x0e-\x1b\x7f]{1,3}")
"""The same in plain text, where no other is rare."""

OF_PROGRAMS = frozenset(("&&", "%%", "##", "++", "<<"))
"""Rare signs that commands and programs have as well."""

BRACKETS = {" (": ")", " [": "]"}
_ASKING = tuple(SIGNS)
"""Behind these signs brackets hold an answer, whatever brackets stand before."""


class Line:
    """A line with the places where separators part it: found once, though it belongs to several families."""

    def __init__(self, page: Page, at: int) -> None:
        content = page.units[at].content
        self.at = at
        self.text = page.units[at].text
        self.start = page.signs[at].body
        self.code = len(content[0].text) if content and isinstance(content[0], CodeSpan) else 0
        self.strong = marked_start(content) or self.code
        self.rare = _once((_RARE_ASCII if self.text.isascii() else _RARE).findall(self.text))
        self.is_cloze = "{{c" in self.text and CLOZE.search(self.text) is not None
        self.cuts: dict[str, Cut] = {}
        for sign in STRONG:
            if sign in self.text:
                self.try_sign(sign, at_sign(sign))
        for name, (signs, splitter) in SPLITTERS.items():
            for sign in signs:
                if sign in self.text:
                    self.try_sign(name, splitter)
                    break
        if self.strong > self.start and page.signs[at].emphasis != "whole":
            self.try_sign(BOLD, _behind_strong)
        if not self.is_cloze and (cut := named(content, self.text, self.strong)):
            self.cuts[NAMED] = cut

    def try_sign(self, name: str, splitter: Splitter) -> None:
        """Keep the start of the term, and start and end of the separator, where both sides say something."""
        found = None if self.is_cloze else splitter(self.text, self.start, self.strong)
        if not found:
            return
        left, right = self.text[self.start : found[0]].strip(" *_`"), self.text[found[1] :].strip()
        if self.text[slice(*found)] in BRACKETS and self.text[-1] not in ")]":
            return
        if left and "http" not in left[-6:] and any(c.isalnum() or c in "![" for c in right):
            self.cuts[name] = self.start + (name == FRAMED), found[0], found[1]

    def is_marked(self, cut: Cut) -> bool:
        """Whether all that stands before a separator is marked."""
        return self.start < self.strong == len(self.text[: cut[1]].rstrip())

    def has_once(self, sign: str) -> bool:
        """Whether a sign stands once in the line, one that opens brackets with its counterpart at the end."""
        once = self.text.count(sign) == 1 or self.tells(sign)
        return once and self.text.endswith(BRACKETS.get(sign, ""))

    def tells(self, sign: str) -> bool:
        """Whether a sign that opens brackets stands right behind what asks, the brackets at the end of the line."""
        before = self.text[: max(0, self.text.rfind(sign))]
        return before.endswith(_ASKING) and self.text.endswith(BRACKETS.get(sign, "\0"))


def _once(signs: Sequence[str]) -> list[str]:
    return [sign for sign in dict.fromkeys(signs) if signs.count(sign) == 1] if signs else []


def at_sign(sign: str) -> Splitter:
    """What parts a text at a sign."""

    def split(text: str, start: int, strong: int) -> tuple[int, int] | None:
        at = text.find(sign, start)
        return (at, at + len(sign)) if at > start else None

    return split


def _at_glued(text: str, start: int, strong: int) -> tuple[int, int] | None:
    match = GLUED.match(text, start)
    return (match.start("dash"), match.end("dash")) if match else None


def _at_pattern(pattern: re.Pattern[str]) -> Splitter:
    def split(text: str, start: int, strong: int) -> tuple[int, int] | None:
        match = pattern.search(text, start)
        return (match.start(), match.end()) if match and match.start() > start else None

    return split


def _colon(text: str, start: int, strong: int) -> tuple[int, int] | None:
    """A colon; behind a strong start the one that follows it or ends it."""
    if strong > start:
        head = text[start:strong].rstrip()
        if head.endswith((":", "：")):
            return start + len(head) - 1, strong
        match = _COLON_BEHIND.match(text, strong)
        if match:
            return match.start(), match.end()
    match = _COLON.search(text, start)
    return (match.start(), match.end()) if match and match.start() > start else None


def _single(sign: str) -> Splitter:
    def split(text: str, start: int, strong: int) -> tuple[int, int] | None:
        behind_asked = sign in BRACKETS and text[: max(0, text.rfind(sign))].endswith(_ASKING)
        if text.count(sign) != 1 and not behind_asked:
            return None
        at = text.rindex(sign)
        return (at, at + len(sign)) if at > start else None

    return split


def _behind_strong(text: str, start: int, strong: int) -> tuple[int, int] | None:
    """No sign at all, or a stop at its end: the strong or code start of the line is the term."""
    if strong <= start or not text[strong:].strip() or text[strong:].lstrip()[:1] in ":：–—-=→⇒>|":
        return None
    head = text[start:strong].rstrip()
    if head.endswith(".") and head.count(".") == 1:
        return start + len(head) - 1, strong
    match = _STOP_BEHIND.match(text, strong)
    return strong, match.end() if match else strong


BOLD = "bold"
GLUED_DASH = "glued dash"
SINGLE = (";", " / ", ",")
"""Signs that stand in sentences, and part lines that have one of them each."""


SPLITTERS: dict[str, tuple[str, Splitter]] = {
    "->": (">", _at_pattern(_ARROW)),
    "dash": ("-–—―", _at_pattern(_DASH)),
    "colon": (":：", _colon),
    GLUED_DASH: ("-–—", _at_glued),
    "=": ("=", _at_pattern(_EQUALS)),
    ASKED: ("?？؟", _at_pattern(_ASKED)),
    **{sign: (sign.strip(), _single(sign)) for sign in (*SINGLE, *BRACKETS)},
    ABBREVIATED: (".", at_abbreviation),
    LEADER: (".…", _at_pattern(_DOTS)),
    FRAMED: ("]】」", at_frame),
    _SLASHES: ("/", _at_pattern(_SPACED_SLASHES)),
    WIDE: (" ", at_wide),
    SCRIPT: (" ", at_script),
}
"""What parts lines besides strong signs: the characters of which such a line has one, and how."""
