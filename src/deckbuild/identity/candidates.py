"""Which notes are compared with which records, and what is to be known of their sources for that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from deckbuild.identity import chinese
from deckbuild.identity.duplicates.languages import Language, language_of
from deckbuild.identity.found import Found
from deckbuild.identity.hashing import back
from deckbuild.identity.likeness import Likeness, alike
from deckbuild.identity.lock import NoteRecord
from deckbuild.identity.order import Places
from deckbuild.identity.words import Rarity, hashed, hashes, words
from deckbuild.model import Kind

MOST_PAIRS = 4_000
"""Pairs that are all compared; of more, those that share a rare word or a place."""
MOST_WITH_WORD = 40
"""Records that share a word which still tells which to compare."""
MOST_TELLING = 8
"""Rare words of a note by which records are looked up."""
MOST_CANDIDATES = 8
"""Records that are compared for the words they share."""
MOST_BETWEEN = 20
"""Notes or records between two neighbours that are all compared; of more, those of nearly the same rank."""


class Pool:
    """The notes and records of the sources concerned: how rare their words are, and what stands there twice."""

    def __init__(self, found: Sequence[Found], known: Sequence[NoteRecord]) -> None:
        self.there = {note.source for note in found}
        self._words: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        notes: list[Found | NoteRecord] = [*found, *known]
        for note in notes:
            self._words[note.source].append(_telling(note))
        self._rarity: dict[str, Rarity] = {}
        self._questions_of: defaultdict[str, list[str]] = defaultdict(list)
        for note in found:
            self._questions_of[note.source].append(note.question)
        self._language: dict[str, Language] = {}
        self._known = known
        self._scripts: dict[tuple[str, str], bool] = {}
        self._alike: dict[tuple[int, str], Likeness] = {}
        sides = (found, known)
        self._questions = [Counter((n.kind, n.source, n.question) for n in side) for side in sides]
        # Copies of a note are one.
        answered = [{(n.kind, n.source, back(n), n.question) for n in side} for side in sides]
        self._answers = [Counter(key[:3] for key in side) for side in answered]

    def rarity(self, source: str) -> Rarity:
        """How rare words are in a source."""
        if source not in self._rarity:
            self._rarity[source] = Rarity(self._words[source])
        return self._rarity[source]

    def language(self, source: str) -> Language:
        """The language that a source asks in."""
        if source not in self._language:
            self._language[source] = language_of(self._questions_of[source])
        return self._language[source]

    def alike(self, place: int, note: Found, record: NoteRecord) -> Likeness:
        """How alike a note, by its place, and a record are."""
        pair = place, record.guid
        if pair not in self._alike:
            same = self.has_same_answer(note, record)
            language = self.language(note.source)
            is_converted = language.unspaced and self._is_converted(note.source, record.source)
            self._alike[pair] = alike(note, record, self.rarity(note.source), language, same, is_converted)
        return self._alike[pair]

    def _is_converted(self, source: str, before: str) -> bool:
        """Whether a source has the simplified characters that an earlier one lacked, or the traditional ones."""
        if (source, before) not in self._scripts:
            texts = (r.question for r in self._known if r.source == before)
            scripts = {chinese.script(self._questions_of[source]), chinese.script(texts)}
            self._scripts[source, before] = scripts == {chinese.SIMPLIFIED, chinese.TRADITIONAL}
        return self._scripts[source, before]

    def is_repeated(self, note: Found, record: NoteRecord) -> bool:
        """Whether another note of their sources asks, or asked, the same."""
        keys = {(n.kind, n.source, n.question) for n in (note, record)}
        return any(counts[key] > 1 for counts in self._questions for key in keys)

    def has_same_answer(self, note: Found, record: NoteRecord) -> bool:
        """Whether they have one answer that no other note of their sources has or had."""
        keys = {(n.kind, n.source, back(n)) for n in (note, record)}
        return back(note) == back(record) and all(c[key] <= 1 for c in self._answers for key in keys)


def candidates(
    places: Sequence[int],
    found: Sequence[Found],
    records: Sequence[NoteRecord],
    where: Places,
    pool: Pool,
) -> list[tuple[int, NoteRecord]]:
    """Pairs that may be one note: they share rare words, or stand between the same neighbours; all, if few."""
    if len(places) * len(records) <= MOST_PAIRS:
        return [(p, record) for p in places for record in records if record.kind is found[p].kind]
    index: defaultdict[tuple[Kind, str], list[int]] = defaultdict(list)
    between: defaultdict[object, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        for word in _telling(record):
            index[record.kind, word].append(at)
        if spot := where.records.get(record.guid):
            between[record.kind, spot.gap].append(at)
    pairs: dict[tuple[int, int], None] = {}
    for place in places:
        note = found[place]
        shared: defaultdict[int, float] = defaultdict(float)
        rarity = pool.rarity(note.source)
        rare = sorted(_telling(note), key=lambda word: (-rarity.of(word), word))
        used = 0
        for word in rare:
            having = index.get((note.kind, word), [])
            if having and len(having) <= MOST_WITH_WORD:
                used += 1
                for at in having:
                    shared[at] += rarity.of(word)
            if used == MOST_TELLING:
                break
        best = sorted(shared, key=lambda at: (-shared[at], at))[:MOST_CANDIDATES]
        pairs |= dict.fromkeys((place, at) for at in best)
        spot = where.found[place]
        group = between.get((note.kind, spot.gap), [])
        if len(group) > MOST_BETWEEN or spot.count > MOST_BETWEEN:
            rank = spot.rank * len(group) // spot.count
            group = group[max(0, rank - 4) : rank + 5]
        pairs |= dict.fromkeys((place, at) for at in group)
    return [(place, records[at]) for place, at in pairs]


def _telling(note: Found | NoteRecord) -> frozenset[str]:
    return hashes(note.sketch) | frozenset(map(hashed, words(note.question)))
