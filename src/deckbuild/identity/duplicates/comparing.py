"""Whether two notes ask the same, and why."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct
from rapidfuzz.distance import Indel

from deckbuild.identity.duplicates.asking import Ways, agree

SAME = 0.7
"""Score from which two notes ask the same: the share of the topics they have in common, and `ANSWERS` times how much
their answers are alike. Eight labelled collections set it, with the figures below: 222 of 329 pairs found, 8 wrong."""
ANSWERS = 0.3
RELATED = 0.5
APART = 0.15
"""Of what the rarest word tells: what each of two topics may have for itself at most."""
BEYOND = 0.6
"""Of the same: what one may have for itself where the other has nothing."""
ELSEWHERE = 0.8
"""Of the same: what one may say for itself of where something is looked at."""
TELLS = 0.3
"""Of the same: what a shared topic must tell where two topics aren't equal."""
AGREEING = 0.8
"""Cosine of two answers from which they say the same, whatever is asked."""
MOST_WEIGHED = 20_000
"""Answers whose weighed words are kept at once: some 60 MB."""
_SPELLED = 0.88
_LONG = 5


class Asking(Struct, frozen=True):
    """A note as it is compared: its question, its question's wording, and the words of its answer.

    `points` is whether the question is about something beside it, so that only the answer tells what.
    """

    asked: Ways
    wording: str
    points: bool
    topic: dict[str, float]
    standing: dict[str, float]
    answer: tuple[str, ...]


Weigh: TypeAlias = Callable[[Asking, Asking], float]


class Compared(Struct, frozen=True):
    """How much alike two notes are, 0 to 1, whether they ask the same, and a reason to read."""

    score: float
    same: bool
    why: str


class Read(Struct, frozen=True):
    """A note as it is read: its question, the wording of it, whether it points, and the words of its answer."""

    asked: Ways
    wording: str
    points: bool
    answer: tuple[str, ...]


def weighed(notes: Sequence[Read]) -> tuple[list[Asking], Weigh]:
    """Notes with each word weighed by how few of the questions, or notes, have it; and how alike answers are.

    Answers are weighed when they are first compared: most never are.
    """
    count = len(notes)
    asking: Counter[str] = Counter()
    saying: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    for note in notes:
        asking.update(note.asked.topic.keys())
        saying.update(set(note.answer))
        anywhere.update({*note.asked.topic, *note.answer})

    def rarity(counts: Mapping[str, int], word: str) -> float:
        return math.log((count + 2) / (counts[word] + 1)) / math.log((count + 2) / 2)

    found = []
    for note in notes:
        topic = {
            word: value * rarity(anywhere if word in note.asked.scope else asking, word)
            for word, value in note.asked.topic.items()
        }
        standing = {word: value * rarity(asking, word) for word, value in note.asked.standing.items()}
        found.append(Asking(note.asked, note.wording, note.points, topic, standing, note.answer))

    @lru_cache(maxsize=MOST_WEIGHED)
    def answer(words: tuple[str, ...]) -> dict[str, float]:
        told = {word: (1 + math.log(n)) * rarity(saying, word) for word, n in Counter(words).items()}
        length = math.hypot(*told.values()) or 1.0
        return {word: value / length for word, value in told.items()}

    return found, lambda one, other: cosine(answer(one.answer), answer(other.answer))


def compared(one: Asking, other: Asking, likeness: Weigh) -> Compared | None:
    """How two notes compare; None if they ask about different things, or ask something else about one.

    `likeness` says how alike their answers are, 0 to 1.
    """
    points = one.points or other.points
    if one.wording == other.wording and not points:
        return Compared(1.0, True, "same question")
    if one.asked.signs != other.asked.signs or not agree(one.asked, other.asked):
        return None
    pairs = _pairs(one.topic, other.topic)
    both = sum(min(one.topic[word], other.topic[pair]) for word, pair in pairs.items())
    either = sum(one.topic.values()) + sum(other.topic.values()) - both
    more, more_scope = _beyond(one, pairs.keys())
    less, less_scope = _beyond(other, pairs.values())
    if not both or min(more, less) > APART or min(more_scope, less_scope) > APART:
        return None
    share = both / either
    if share + ANSWERS < RELATED:
        return None
    said = likeness(one, other)
    if points or (share < 1 and both < TELLS):
        same = said >= AGREEING and share >= RELATED
        return Compared(said, same, "same answer") if same else None
    if min(more, less) < APART / 2 and max(more, less) < BEYOND and share > RELATED:
        share = max(share, SAME - 0.05)
    score = min(1.0, share + ANSWERS * said)
    if score < RELATED:
        return None
    named = {*_named(one, pairs.keys()), *_named(other, pairs.values())}
    return Compared(
        score,
        score >= SAME and (max(more_scope, less_scope) < ELSEWHERE or _contrasts(one, other)) and not named,
        _reason(one, other, pairs),
    )


def _contrasts(one: Asking, other: Asking) -> bool:
    """Whether two things are compared; in which aspects, doesn't part two such questions."""
    return all("contrast" in note.asked.facets[0] for note in (one, other))


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other.get(word, 0.0) for word, value in one.items())


def _pairs(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, str]:
    """The words of one topic with those of the other that are the same, or nearly the same long word.

    Prefixes such as "un" and "не" turn a meaning round, so the beginning must be equal.
    """
    pairs = {word: word for word in one if word in other}
    left = [word for word in other if word not in pairs and len(word) >= _LONG and word.isalpha()]
    for word in one:
        if word not in pairs and len(word) >= _LONG and word.isalpha():
            near = (
                w
                for w in left
                if w[:2] == word[:2] and Indel.normalized_similarity(word, w, score_cutoff=_SPELLED)
            )
            if (match := next(near, None)) is not None:
                pairs[word] = match
                left.remove(match)
    return pairs


def _beyond(note: Asking, shared: Iterable[str]) -> tuple[float, float]:
    """What the rarest word tells that only this note asks about, and the rarest that only it says where."""
    own = note.topic.keys() - set(shared)
    scope = note.asked.scope
    return (
        max((note.standing[word] for word in own - scope), default=0.0),
        max((note.standing[word] for word in own & scope), default=0.0),
    )


def _named(note: Asking, shared: Iterable[str]) -> set[str]:
    """Names that only this note asks about, where few others do."""
    return {name for name in note.asked.names.difference(shared) if note.standing[name] > BEYOND}


def _reason(one: Asking, other: Asking, pairs: Mapping[str, str]) -> str:
    words = sorted(pairs, key=lambda word: -one.topic[word])[:3]
    facets = sorted(one.asked.facets[0] | other.asked.facets[0])
    kind = f" ({', '.join(facets)})" if facets else ""
    return f"both ask about {', '.join(words)}{kind}"
