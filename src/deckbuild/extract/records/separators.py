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

Splitter = Callable[[str, int, int], tuple[int, int] | None]
"""From a text, where its body begins and where its strong start ends: where a separator begins and ends."""

_STRONG = ("\t", ";;", ":::", "::", "↔", "⇔", "⟷", "→", "⇒", "|", ">>")
_DASH = regex(r"\s[-–—―]{1,3}\s+|\s?[—―]\s?")
_COLON = regex(r"(?<=\S)\s?[:：](?=\s|[^\x00-\x7f])\s*")
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
    for name, members in families.items():
        twin = families.get(("section", *name[1:]))
        if len(members) < _FEWEST or (name[0] == "any" and len(name) == _BY_SECTION and members == twin):
            continue
        own = frozenset(members)
        for separator, splitter in _splitters(page, members):
            hits = _without_labels(page, [(at, cut) for at in members if (cut := _cut(page, at, splitter))])
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
            lines = len(members)
            if separator in ("bold", "code"):
                lines = max(1, sum(not _whole(page, at) for at in members))
            yield Separated(name, separator, records, lines, min(1.0, len(hits) / lines), once)


def _is_left(text: str) -> bool:
    """Whether the left side of a sign that sentences hold as well is a term, or asks in its last sentence."""
    last = _SENTENCE.split(text.strip())[-1]
    if asks(last) >= _ASKS:
        return True
    return last == text.strip() and len(last) <= _LONGEST_LEFT and len(last.split()) <= _MOST_WORDS


def _is_right(text: str) -> bool:
    return len(text) <= _LONGEST_LEFT and not text.rstrip().endswith((".", "!", "?", "。", ":", ";", ","))


Hits = Sequence[tuple[int, tuple[int, int, int]]]
"""Lines that a separator parts: where the term begins, where the separator begins and ends."""


def _is_glued(page: Page, hit: tuple[int, tuple[int, int, int]]) -> bool:
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


def _without_labels(page: Page, hits: Hits) -> list[tuple[int, tuple[int, int, int]]]:
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


def _splitters(page: Page, members: Sequence[int]) -> Iterator[tuple[str, Splitter]]:
    rare: Counter[str] = Counter()
    for at in members:
        signs = Counter(_RARE.findall(page.units[at].text))
        rare.update(sign for sign, number in signs.items() if number == 1)
    induced = [
        s for s, n in rare.items() if n >= max(5, 0.8 * len(members)) and s not in _STRONG and s not in "“”„"
    ]
    for sign in (*_STRONG, *induced):
        if sum(sign in page.units[at].text for at in members) >= _FEWEST:
            yield sign, _at_sign(sign)
    if sum(bool(_ARROW.search(page.units[at].text)) for at in members) >= _FEWEST:
        yield "->", _at_pattern(_ARROW)
    yield "dash", _at_pattern(_DASH)
    yield "colon", _colon
    glued = [page.units[at].text for at in members]
    if sum(bool(_GLUED.match(text)) for text in glued) >= _BRACKETED * len(members):
        yield "glued dash", _at_glued
    yield "=", _at_pattern(_EQUALS)
    if sum(bool(_ASKED.search(page.units[at].text)) for at in members) >= _FEWEST:
        yield ASKED, _at_pattern(_ASKED)
    for sign in (";", " / ", ","):
        if sum(page.units[at].text.count(sign) == 1 for at in members) >= 0.5 * len(members):
            yield sign, _single(sign)
    for sign, close in _BRACKETS.items():
        texts = [page.units[at].text for at in members]
        if sum(text.count(sign) == 1 and text.endswith(close) for text in texts) >= _BRACKETED * len(members):
            yield sign, _single(sign)
    coded = sum(_code_start(page, at) > 0 for at in members)
    yield ("code" if coded > 0.5 * len(members) else "bold"), _behind_strong


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
        match = regex(r"\s*[:：]\s*").match(text, strong)
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


def _cut(page: Page, at: int, splitter: Splitter) -> tuple[int, int, int] | None:
    """Start of the term, and start and end of the separator; None where either side says nothing."""
    unit, sign = page.units[at], page.signs[at]
    if CLOZE.search(unit.text):
        return None
    strong = marked_start(unit.content) or _code_start(page, at)
    found = splitter(unit.text, sign.body, strong)
    if not found:
        return None
    left, right = unit.text[sign.body : found[0]].strip(" *_`"), unit.text[found[1] :].strip()
    if unit.text[slice(*found)] in _BRACKETS and unit.text[-1] not in ")]":
        return None
    if (not any(map(str.isalnum, left)) and not left) or "http" in left[-6:]:
        return None
    if not any(c.isalnum() or c in "![" for c in right):
        return None
    return sign.body, found[0], found[1]


def _code_start(page: Page, at: int) -> int:
    """Where the code ends with which a line begins; 0 if it begins otherwise."""
    content = page.units[at].content
    return len(content[0].text) if content and isinstance(content[0], CodeSpan) else 0


def _whole(page: Page, at: int) -> bool:
    return page.signs[at].emphasis == "whole"


def _record(page: Page, at: int, cut: tuple[int, int, int], members: frozenset[int], block: bool) -> Record:
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
    further = [] if told.end is not None else [Part(i) for i in range(at + 1, last + 1)]
    record = Record(at, last + 1, [Part(at, start, end)], answer=[told, *further])
    record.answered = True
    record.asks = asks(unit.text[start:end])
    return record
