"""One-line pairs: term and meaning, question and answer, parted by a sign that most lines of a family share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from deckbuild.extract.page.asking import asks
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import CLOZE, Page
from deckbuild.extract.page.roles import is_glossary
from deckbuild.extract.page.signature import marked_start
from deckbuild.extract.records.cutting import Part, Record
from deckbuild.machine.regex import regex
from deckbuild.model import CodeSpan, Emphasis, Inlines, Link, Strong
from deckbuild.model.text import inline_text

Cut = tuple[int, int, int]
"""Where the term of a line begins, and where what parts it from the rest begins and ends."""

Hits = Sequence[tuple[int, Cut]]
"""Lines that a separator parts."""

Splitter = Callable[[str, int, int], tuple[int, int] | None]
"""From a text, where its body begins and where its strong start ends: where a separator begins and ends."""

_STRONG = ("\t", ";;", ":::", "::", "↔", "⇔", "⟷", "→", "⇒", "|", ">>")
_DASH = regex(r"\s[-–—―]{1,3}\s+|\s?[—―]\s?")
_COLON = regex(r"(?<=\S)\s?[:：](?=\s|[^\x00-\x7f])\s*")
_COLON_BEHIND = regex(r"\s*[:：]\s*")
_GLUED = regex(r"[^\s\W][^-–—.;:]{0,30}(?P<dash>[-–—])(?=[^\W\d_])")
"""A dash without blanks behind a short term: `break-Ends a loop.`"""

_ARROW = regex(r"(?<![<=-])[=-]+>(?!>)")
"""An arrow of any length."""

_ASKED = regex(r"(?<=[?？؟])[\"»”)\]*_]*\s*[,;|/]\s*(?=\S)")
"""A comma or the like right behind the sign of a question."""

ASKED = "sign of a question and another"

_EQUALS = regex(r"\s=\s*(?=\s|$)")
_RARE = regex(
    r"[^\w\s。、，；：！？（）「」『』【】《》·.,;:!?()\[\]\"'`*_/#<>&%+«»“”„’‘…\-–—={}$^~\\@|\ufe0f\u200d]{1,3}|\|\||//|~|@@|==|\^\^"
)
_RARE_ASCII = regex(r"\|\||//|~|@@|==|\^\^|[\0-\x08\x0e-\x1b\x7f]{1,3}")
"""The same in plain text, where no other is rare."""

_FEWEST = 2
_LABEL = 3
"""Lines of a family that begin with one word from which that word is a label."""

_BY_SECTION = 5
"""Parts of the name of a family whose members share a section."""

_BRACKETS = {" (": ")", " [": "]"}
_BRACKETED = 0.8
"""Share of lines that end with a meaning in brackets, from which all of them do."""

_COLONS = frozenset(("::", ":::"))
"""Signs that names of program code hold as well, without blanks around them."""

_FREQUENT = frozenset(("dash", "colon", ","))
"""Signs that stand in sentences."""

_SENTENCE = regex(r"(?<=[.!?])\s+(?=[^\W\d_a-zà-ÿа-яё])|(?<=[。！？])")
_ASKS = 0.4
_LONGEST_LEFT = 80
_MOST_WORDS = 10
"""Words of a term, those in brackets with it."""

_DISTINCT = 0.8
"""Share of different left sides from which those that come back are no labels."""

_FURTHER = 40
"""Lines that one answer may go on over."""


class Separated(Struct, frozen=True):
    """Lines of one family with the records that a separator makes of them; `cover` is the share of lines it parts."""

    name: tuple[str | int, ...]
    separator: str
    records: tuple[Record, ...]
    lines: int
    cover: float
    once: float


def separated(page: Page) -> Iterator[Separated]:
    """All families of lines with all separators that part three or more of their lines."""
    families = _families(page)
    lines = {at: _Line(page, at) for at in {at for members in families.values() for at in members}}
    for name, members in families.items():
        twin = families.get(("section", *name[1:]))
        if len(members) < _FEWEST or (name[0] == "any" and len(name) == _BY_SECTION and members == twin):
            continue
        family = [lines[at] for at in members]
        if len(members) < _FEWEST_RARE and sum(bool(line.cuts) for line in family) < _FEWEST:
            continue
        own = frozenset(members)
        for separator, parted_at in _parted(family):
            hits = _without_labels(page, parted_at)
            if separator in _COLONS:
                glued = [hit for hit in hits if _is_glued(page, hit)]
                hits = hits if len(glued) >= _LABEL else [hit for hit in hits if hit not in glued]
            if separator in _BRACKETS:
                hits = [(at, cut) for at, cut in hits if not _goes_on(page, at, own)]
            if separator in _FREQUENT:
                hits = [(at, cut) for at, cut in hits if _is_left(page.units[at].text[cut[0] : cut[1]])]
            if separator == ",":
                hits = [(at, cut) for at, cut in hits if _is_right(page.units[at].text[cut[2] :])]
                hits = [(at, cut) for at, cut in hits if not _goes_on(page, at, own)]
            if len(hits) < _FEWEST or _are_speakers(page, hits) or _are_links(page, hits):
                continue
            texts = [page.units[at].text for at, _ in hits]
            exact = separator in _STRONG or not separator.isalpha()
            once = sum(text.count(separator) == 1 for text in texts) / len(texts) if exact else 1.0
            block = name[0] != "any"
            parted = frozenset(at for at, _ in hits)
            records = tuple(_record(page, at, cut, own if block else parted, block) for at, cut in hits)
            count = len(members)
            if separator in ("bold", "code"):
                count = max(1, sum(not _whole(page, at) for at in members))
            yield Separated(name, separator, records, count, min(1.0, len(hits) / count), once)


def _is_left(text: str) -> bool:
    """Whether the left side of a sign that sentences hold as well is a term, or asks in its last sentence."""
    last = _SENTENCE.split(text.strip())[-1]
    if asks(last) >= _ASKS:
        return True
    return last == text.strip() and len(last) <= _LONGEST_LEFT and len(last.split()) <= _MOST_WORDS


def _is_right(text: str) -> bool:
    return len(text) <= _LONGEST_LEFT and not text.rstrip().endswith((".", "!", "?", "。", ":", ";", ","))


def _is_glued(page: Page, hit: tuple[int, Cut]) -> bool:
    """Whether a sign stands between two letters, as in `std::vector`."""
    text, (_, start, end) = page.units[hit[0]].text, hit[1]
    return text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()


def _are_speakers(page: Page, hits: Hits) -> bool:
    """Whether left sides differ by their numbers alone, as names behind the times of a conversation."""
    left = ["".join(filter(str.isalpha, page.units[at].text[start:end])) for at, (start, end, _) in hits]
    named = [name for name in left if name]
    return len(named) > _LABEL and len(set(named)) <= 0.5 * len(named)


def _are_links(page: Page, hits: Hits) -> bool:
    """Whether most lines outside of glossaries begin with a link to another place, as lists of reading do."""
    if page.is_glossary:
        return False
    apart = [at for at, _ in hits if not is_glossary(page.title(page.sections[at]))]
    linked = sum(_begins_linked(page.units[at].content) for at in apart)
    return linked > 0.5 * len(hits)


def _begins_linked(content: Inlines) -> bool:
    first = next((e for e in content if inline_text((e,)).strip()), None)
    if isinstance(first, Strong | Emphasis):
        return _begins_linked(first.content)
    return isinstance(first, Link) and "://" in first.url


def _goes_on(page: Page, at: int, members: frozenset[int]) -> bool:
    """Whether a line that is no member follows at once, so that the brackets are not its end."""
    return at + 1 < len(page.units) and not page.units[at + 1].gap and at + 1 not in members


def _without_labels(page: Page, hits: Hits) -> list[tuple[int, Cut]]:
    """The lines whose left side is no word that comes back as labels do, where many of them do."""
    left = [letters(page.units[at].text[start:end]) for at, (start, end, _) in hits]
    times = Counter(left)
    if len(times) >= _DISTINCT * len(left):
        return list(hits)
    return [hit for hit, word in zip(hits, left, strict=True) if times[word] < _LABEL]


def _families(page: Page) -> dict[tuple[str | int, ...], list[int]]:
    """Lines of one marker at one depth: all, those that begin a block, those with a strong start; by section too."""
    found: defaultdict[tuple[str | int, ...], list[int]] = defaultdict(list)
    before = -1
    for at, (unit, sign) in enumerate(zip(page.units, page.signs, strict=True)):
        if unit.kind != "text" or at in page.listed or at in page.in_group:
            continue
        begins = before < at - 1 or unit.gap > 0 or bool(sign.mark or sign.style) or before < 0
        before = at
        depth = min(unit.indent // 2, 4)
        mark = sign.mark or ("1" if sign.style else "")
        found["any", sign.mark, depth, unit.quote].append(at)
        if page.sections[at] >= 0:
            found["any", sign.mark, depth, unit.quote, page.sections[at]].append(at)
        if begins:
            found["first", mark, depth, unit.quote].append(at)
            if sign.emphasis == "start":
                found["bold", mark, depth, unit.quote].append(at)
            if page.sections[at] >= 0:
                found["section", mark, depth, unit.quote, page.sections[at]].append(at)
    return found


class _Line:
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
        for sign in _STRONG:
            if sign in self.text:
                self.try_sign(sign, _at_sign(sign))
        for name, (signs, splitter) in _SPLITTERS.items():
            for sign in signs:
                if sign in self.text:
                    self.try_sign(name, splitter)
                    break
        if self.strong > self.start:
            self.try_sign(_BOLD, _behind_strong)

    def try_sign(self, name: str, splitter: Splitter) -> None:
        """Keep the start of the term, and start and end of the separator, where both sides say something."""
        found = None if self.is_cloze else splitter(self.text, self.start, self.strong)
        if not found:
            return
        left, right = self.text[self.start : found[0]].strip(" *_`"), self.text[found[1] :].strip()
        if self.text[slice(*found)] in _BRACKETS and self.text[-1] not in ")]":
            return
        if left and "http" not in left[-6:] and any(c.isalnum() or c in "![" for c in right):
            self.cuts[name] = self.start, found[0], found[1]

    def has_once(self, sign: str) -> bool:
        """Whether a sign stands once in the line, one that opens brackets with its counterpart at the end."""
        return self.text.count(sign) == 1 and self.text.endswith(_BRACKETS.get(sign, ""))


def _once(signs: Sequence[str]) -> list[str]:
    return [sign for sign in dict.fromkeys(signs) if signs.count(sign) == 1] if signs else []


_FEWEST_RARE = 5
"""Lines that a rare sign must part once each."""


def _parted(lines: Sequence[_Line]) -> Iterator[tuple[str, Hits]]:
    """The separators that part two or more lines of a family, with these lines."""
    found: defaultdict[str, list[tuple[int, Cut]]] = defaultdict(list)
    induced = _induced(lines) if len(lines) >= _FEWEST_RARE else []
    for line in lines:
        for sign in induced:
            if sign in line.text:
                line.try_sign(sign, _at_sign(sign))
        for sign, cut in line.cuts.items():
            found[sign].append((line.at, cut))
    for sign in (*_STRONG, *induced, *_SPLITTERS, _BOLD):
        if len(found.get(sign, ())) >= _FEWEST and _is_usual(lines, sign):
            coded = sign == _BOLD and sum(line.code > 0 for line in lines) > 0.5 * len(lines)
            yield "code" if coded else sign, found[sign]


def _induced(lines: Sequence[_Line]) -> list[str]:
    """Signs seldom seen in sentences that stand once in most of the lines."""
    rare = Counter(sign for line in lines for sign in line.rare)
    enough = max(_FEWEST_RARE, 0.8 * len(lines))
    return [s for s, n in rare.items() if n >= enough and s not in _STRONG and s not in "“”„"]


def _is_usual(lines: Sequence[_Line], sign: str) -> bool:
    """Whether so many lines have a sign that sentences have as well that it may part them."""
    if sign == _GLUED_DASH:
        return sum(bool(_GLUED.match(line.text)) for line in lines) >= _BRACKETED * len(lines)
    share = _BRACKETED if sign in _BRACKETS else 0.5 if sign in _SINGLE else 0.0
    return not share or sum(line.has_once(sign) for line in lines) >= share * len(lines)


def _at_sign(sign: str) -> Splitter:
    def split(text: str, start: int, strong: int) -> tuple[int, int] | None:
        at = text.find(sign, start)
        return (at, at + len(sign)) if at > start else None

    return split


def _at_glued(text: str, start: int, strong: int) -> tuple[int, int] | None:
    match = _GLUED.match(text, start)
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
        if text.count(sign) != 1:
            return None
        at = text.index(sign)
        return (at, at + len(sign)) if at > start else None

    return split


def _behind_strong(text: str, start: int, strong: int) -> tuple[int, int] | None:
    """No sign at all: the strong or code start of the line is the term."""
    if strong <= start or not text[strong:].strip() or text[strong:].lstrip()[:1] in ":：–—-=→⇒>|":
        return None
    return strong, strong


_BOLD = "bold"
_GLUED_DASH = "glued dash"
_SINGLE = (";", " / ", ",")
"""Signs that stand in sentences, and part lines that have one of them each."""

_SPLITTERS: dict[str, tuple[str, Splitter]] = {
    "->": (">", _at_pattern(_ARROW)),
    "dash": ("-–—―", _at_pattern(_DASH)),
    "colon": (":：", _colon),
    _GLUED_DASH: ("-–—", _at_glued),
    "=": ("=", _at_pattern(_EQUALS)),
    ASKED: ("?？؟", _at_pattern(_ASKED)),
    **{sign: (sign.strip(), _single(sign)) for sign in (*_SINGLE, *_BRACKETS)},
}
"""What parts lines besides strong signs: the characters of which such a line has one, and how."""


def _whole(page: Page, at: int) -> bool:
    return page.signs[at].emphasis == "whole"


def _record(page: Page, at: int, cut: Cut, members: frozenset[int], block: bool) -> Record:
    start, end, behind = cut
    unit = page.units[at]
    last = at
    for i in range(at + 1, min(len(page.units), at + _FURTHER)):
        other = page.units[i]
        if other.kind not in ("text",) or other.gap or i in members or other.quote != unit.quote:
            break
        if page.signs[i].mark and other.indent <= unit.indent:
            break
        if not block and other.indent <= unit.indent:
            break
        last = i
    told = Part(at, behind, len(unit.text) - 1 if unit.text[end:behind] in _BRACKETS else None)
    if block and told.end is None:
        last = _with_list(page, at, last, members)
    further = [] if told.end is not None else [Part(i) for i in range(at + 1, last + 1)]
    record = Record(at, last + 1, [Part(at, start, end)], answer=[told, *further])
    record.answered = True
    record.asks = asks(unit.text[start:end])
    return record


def _with_list(page: Page, at: int, last: int, members: frozenset[int]) -> int:
    """The last unit of an answer with the list or code below it, up to the next member behind a blank line.

    Below an item that is what is indented further, below a paragraph what is marked; text in between ends neither
    answer nor list.
    """
    units, signs = page.units, page.signs
    item = bool(signs[at].mark or signs[at].style)
    for i in range(last + 1, min(len(units), at + _FURTHER)):
        unit, sign = units[i], signs[i]
        if i in members:
            return i - 1 if unit.gap else last
        nested = unit.indent > units[at].indent
        held = nested if item else bool(sign.mark or sign.style or nested) or unit.kind == "code"
        if unit.kind not in ("text", "code") or unit.quote != units[at].quote or unit.gap > 1 or not held:
            return last
    return last
