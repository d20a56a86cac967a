"""Takes the marks of note programs off the lines of a document, and keeps what they said, by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.reading import Asked
from deckbuild.syntax.vaults import attributes, hashtags, hidden, links, logseq
from deckbuild.syntax.vaults.blocks import Announces, take_blocks
from deckbuild.syntax.vaults.cards import holds_cards, is_reviewed, take_cards
from deckbuild.syntax.vaults.front_matter import Values, front_matter
from deckbuild.syntax.vaults.holes import take_holes
from deckbuild.syntax.vaults.own_tags import ids_below, with_own_tags
from deckbuild.syntax.vaults.prose import front_matter_end, prose_lines
from deckbuild.syntax.vaults.signs import PARTED, pairs, take_between
from deckbuild.syntax.vaults.taken import Taken

_HEADING = regex(r"\s{0,3}(?P<level>#{1,6})\s")
_BARE = regex(r"[\s>*+-]*(?:#{1,6})?\s*$")
_DECK_KEYS = ("deck", "target deck", "cards-deck", "anki deck", "anki-deck", "deckname")
_TAG_KEYS = ("tags", "tag", "file tags", "keywords")
_TARGET = regex(r"\s*(?P<what>TARGET DECK|FILE TAGS)(?::\s*(?P<value>\S.*?))?\s*$")
_DECK_TAG = regex(r"#flashcards/(?P<deck>[\w/+-]*\w)", re.IGNORECASE)
_BOTH_WAYS = regex(r"\S\s*(?<!:):::(?!:)\s*\S")
"""What parts question and answer of a card that asks both ways."""

DECK_TAGS = frozenset(("flashcards", "flashcard", "card", "cards", "anki", "review", "spaced"))
"""Hashtags that tell a program where cards are, and a learner nothing."""


class _Taker(Struct):
    """What has been found so far; lines count from 0 here."""

    lines: list[str]
    original: Sequence[str]
    prose: Sequence[bool]
    head: int = 0
    ids: dict[int, str] = field(default_factory=dict)
    anki: dict[int, str] = field(default_factory=dict)
    tags: dict[int, tuple[str, ...]] = field(default_factory=dict)
    everywhere: list[str] = field(default_factory=list)
    deck: str = ""
    missing: list[tuple[int, str]] = field(default_factory=list)
    unshown: list[tuple[int, str]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    both_ways: set[int] = field(default_factory=set)

    def home(self, at: int) -> int:
        """The line that a mark in line `at` belongs to: its own, or the last one above with text; -1 for none."""
        return next((n for n in range(at, -1, -1) if self.lines[n].strip() and n >= self.head), -1)

    def tag(self, at: int, found: Iterable[str]) -> None:
        kept = tuple(tag for tag in found if tag and tag.casefold() not in DECK_TAGS)
        home = self.home(at)
        if home < 0:
            self.everywhere += kept
        elif kept:
            self.tags[home] = (*self.tags.get(home, ()), *kept)


def take(lines: Sequence[str], announces: Announces) -> Taken:
    """The lines of Markdown without the marks of note programs; `announces` tells what labels mean."""
    values = front_matter(lines)
    prose = prose_lines(lines)
    taker = _Taker([*lines], lines, prose, front_matter_end(lines))
    taker.everywhere += tags_of(values)
    taker.deck = next((v[0] for key in _DECK_KEYS if (v := values.get(key))), "")
    with_own_tags(taker.lines, prose)
    flashcards = holds_cards(taker.lines, values)
    ids = ids_below(taker.lines)
    _take_targets(taker)
    _take_blocks(taker, announces)
    for at, id in hidden.without_comments(taker.lines, prose):
        taker.anki[at] = id
    taker.unshown += ((at + 1, name) for at, name in hidden.without_queries(taker.lines, prose))
    attributes.without_kramdown(taker.lines, prose)
    attributes.without_divs(taker.lines, prose)
    graph = logseq.is_graph(taker.lines)
    blocks = logseq.blocks(taker.lines)
    for at, key, value in logseq.without_properties(taker.lines, prose, graph):
        _take_property(taker, at, key, value)
    attributes.with_captions(taker.lines, prose)
    attributes.with_verses(taker.lines, prose)
    taker.asked += take_holes(taker.lines, prose)
    for found in (
        take_cards(taker.lines, prose, _inside(taker.asked), values, graph, ids),
        take_between(taker.lines, prose, _inside(taker.asked), flashcards),
    ):
        taker.asked = sorted((*taker.asked, *found.asked), key=lambda one: one.span)
        taker.both_ways |= found.both_ways
    vault = graph or bool(taker.everywhere) or any("[[" in line for line in lines)
    for at, line in enumerate(taker.lines):
        if prose[at] and line.strip():
            _take_line(taker, at, line, blocks, flashcards)
    if vault:
        for at, line in enumerate(taker.lines):
            if prose[at] and "#" in line:
                taker.lines[at], tags = hashtags.inside(line)
                taker.tag(at, tags)
    return _taken(taker, values, flashcards)


def _inside(asked: Iterable[Asked]) -> set[int]:
    """The lines of cards, from 0."""
    return {n - 1 for one in asked for n in range(one.span.line, one.span.end_line + 1)}


def _take_blocks(taker: _Taker, announces: Announces) -> None:
    found = take_blocks(taker.lines, taker.prose, announces)
    taker.asked += found.asked
    taker.anki |= found.anki
    for at, tags in found.tags.items():
        taker.tag(at, map(hashtags.as_tag, tags))
    taker.both_ways |= {at + 1 for at in found.both_ways}


def _take_line(taker: _Taker, at: int, line: str, blocks: Mapping[str, str], flashcards: bool) -> None:
    line, anki, block = hidden.without_ids(hidden.without_fields(line))
    line = links.without_links(line, blocks, lambda name: taker.missing.append((at + 1, name)))
    line = logseq.with_clozes(line, flashcards)
    line, macros = logseq.without_macros(line)
    taker.unshown += ((at + 1, name) for name in macros)
    line = attributes.without_attributes(line)
    if "#" in line:
        if not taker.deck and (deck := _DECK_TAG.search(line)):
            taker.deck = deck["deck"].replace("/", "::")
        line, found = hashtags.tags_behind(line)
        line = "" if found and _BARE.match(line) else line
        taker.lines[at] = line
        taker.tag(at, (tag for tag in found if not tag.lower().startswith("flashcards::")))
    taker.lines[at] = line
    home = taker.home(at)
    if anki and home >= 0:
        taker.anki.setdefault(home, anki)
    if block and home >= 0:
        taker.ids.setdefault(home, block)


def _take_targets(taker: _Taker) -> None:
    """`TARGET DECK` and `FILE TAGS`, with their value on the same line or the next."""
    for at, line in enumerate(taker.lines):
        match = _TARGET.match(line) if taker.prose[at] and line.strip()[:6] in ("TARGET", "FILE T") else None
        if match is None:
            continue
        below = at + 1 if not match["value"] and at + 1 < len(taker.lines) else at
        value = match["value"] or taker.lines[below].strip()
        taker.lines[at] = taker.lines[below] = ""
        if match["what"] == "TARGET DECK":
            taker.deck = taker.deck or value
        else:
            taker.everywhere += map(hashtags.as_tag, value.replace(",", " ").split())


def _take_property(taker: _Taker, at: int, key: str, value: str) -> None:
    home = taker.home(at)
    if key in _TAG_KEYS:
        found = map(hashtags.as_tag, value.split(","))
        taker.tag(at, found)
    elif key == "deck":
        taker.deck = taker.deck or value.strip("[]")
    elif key == "id" and home >= 0:
        taker.ids.setdefault(home, value)


def tags_of(values: Values) -> list[str]:
    """The tags of front matter: a list, or words parted by commas or blanks."""
    found: list[str] = []
    for key in _TAG_KEYS:
        for value in values.get(key, ()):
            parts = value.split(",") if "," in value else value.split() if len(values[key]) == 1 else [value]
            found += (hashtags.as_tag(part) for part in parts)
    return [tag for tag in found if tag and tag.partition("::")[0].casefold() not in DECK_TAGS]


def _sections(taker: _Taker) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The headings, each with its tags and those of the headings above it."""
    above: dict[int, tuple[str, ...]] = {}
    for at, line in enumerate(taker.lines):
        if taker.prose[at] and "#" in line and (heading := _HEADING.match(line)):
            level = len(heading["level"])
            above = {outer: tags for outer, tags in above.items() if outer < level}
            above[level] = taker.tags.get(at, ())
            yield at + 1, tuple(tag for tags in above.values() for tag in tags)


def _taken(taker: _Taker, values: Values, flashcards: bool) -> Taken:
    found = list(pairs(taker.lines, taker.prose, _inside(taker.asked), flashcards))
    taker.both_ways |= {at + 1 for at, *_, both in found if both}
    taker.both_ways |= {
        n + 1 for n, line in enumerate(taker.lines) if taker.prose[n] and _BOTH_WAYS.search(line)
    }
    for at, question, answer, _ in found:
        taker.lines[at] = taker.lines[at].replace(PARTED, " ") if question and answer else taker.lines[at]
    emptied = (n + 1 for n, line in enumerate(taker.lines) if not line.strip() and taker.original[n].strip())
    return Taken(
        tuple(taker.lines),
        values,
        {n + 1: id for n, id in taker.ids.items()},
        {n + 1: id for n, id in taker.anki.items()},
        {n + 1: tags for n, tags in taker.tags.items()},
        tuple(_sections(taker)) if taker.tags else (),
        tuple(dict.fromkeys(taker.everywhere)),
        taker.deck,
        frozenset(emptied),
        tuple(taker.missing),
        tuple(taker.unshown),
        tuple(taker.asked),
        tuple((at + 1, question, answer) for at, question, answer, _ in found),
        frozenset(taker.both_ways),
        is_reviewed(taker.original, values),
    )
