"""Groups of notes that ask the same, found without comparing all pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from deckbuild.identity.duplicates.acronyms import acronyms
from deckbuild.identity.duplicates.asking import asking
from deckbuild.identity.duplicates.comparing import Asking, Compared, Read, Weigh, compared, weighed
from deckbuild.identity.duplicates.languages import language_of
from deckbuild.identity.found import answered, asked
from deckbuild.identity.words import words
from deckbuild.model import Duplicates, Entry, Kind
from deckbuild.model.text import normalise

LINKED = 0.7
"""Share of the pairs of two groups that must ask the same for the groups to be one."""
NEARLY = 0.5
"""What a pair that asks nearly the same counts among these."""
RAREST = 2
"""Words of a topic by which a note is looked up: the rarest ones that another note has."""
FAINT = 0.2
"""Of what the most telling word tells: words that tell less, as those that say where in a further clause, are rare by
chance, and no note is looked up by them."""
MOST = 50
"""Notes with a rare word, from which it is no longer looked up by: their pairs would be too many."""

TWICE = 2
"""Times that a list may ask the same by mistake."""

Pair = tuple[int, int]


def duplicates(entries: Sequence[Entry]) -> tuple[Duplicates, ...]:
    """Groups of question notes that ask the same, then pairs that ask nearly the same, in the library's order."""
    places = [place for place, entry in enumerate(entries) if entry.note.kind is Kind.QA]
    notes, likeness = _askings([entries[place] for place in places])
    found = {
        (at, other): result
        for at, other in _candidates(notes)
        if (result := compared(notes[at], notes[other], likeness))
    }
    groups = list(_joined(len(notes), found))
    within = {pair for group in groups for pair in combinations(group, 2)}
    same = [
        _group(group, "same", [found[pair] for pair in combinations(group, 2) if pair in found])
        for group in groups
    ]
    related = [_group(pair, "related", [result]) for pair, result in found.items() if pair not in within]
    return tuple(
        Duplicates(tuple(places[at] for at in group.members), group.verdict, group.score, group.why)
        for group in sorted((*same, *related), key=lambda group: (group.members, group.verdict))
    )


def _group(members: Sequence[int], verdict: str, results: Sequence[Compared]) -> Duplicates:
    least = min(results, key=lambda result: result.score)
    return Duplicates(tuple(members), verdict, round(least.score, 2), least.why)


def _askings(entries: Sequence[Entry]) -> tuple[list[Asking], Weigh]:
    """The notes as they are compared, and how alike their answers are.

    What one source asks often in the same words must be about something beside it, such as a picture or code.
    """
    questions = [asked(entry.note) for entry in entries]
    wordings = [
        (entry.source, normalise(question)) for entry, question in zip(entries, questions, strict=True)
    ]
    answers = [answered(entry.note) for entry in entries]
    by_source: defaultdict[str, list[str]] = defaultdict(list)
    for (source, _), question in zip(wordings, questions, strict=True):
        by_source[source].append(question)
    languages = {source: language_of(texts) for source, texts in by_source.items()}
    long_forms = acronyms((*questions, *answers))
    times = Counter(wordings)
    read = []
    for key, question, answer in zip(wordings, questions, answers, strict=True):
        language = languages[key[0]]
        said = tuple(language.stem(word) for word in words(answer) if word not in language.passing)
        parsed = asking(question, language, long_forms)
        read.append(Read(parsed, key[1], parsed.points or times[key] > TWICE, said))
    return weighed(read)


def _candidates(notes: Sequence[Asking]) -> Iterator[Pair]:
    """Pairs of notes that share one of the rarest words of their topics, or all of a topic, in order."""
    counts = Counter(word for note in notes for word in note.topic)
    having: defaultdict[object, list[int]] = defaultdict(list)
    keys: list[tuple[object, ...]] = []
    for at, note in enumerate(notes):
        least = FAINT * max(note.topic.values(), default=0.0)
        shared = (word for word, told in note.topic.items() if counts[word] > 1 and told >= least)
        rare = sorted(shared, key=lambda word: (counts[word], word))
        known: list[object] = [note.wording, *((word,) for word in rare[:RAREST]), tuple(sorted(note.topic))]
        keys.append(tuple(dict.fromkeys(known)))
        for key in keys[-1]:
            having[key].append(at)
    few = {key: some for key, some in having.items() if 1 < len(some) <= MOST}
    for at, looked_up in enumerate(keys):
        others = {other for key in looked_up if key in few for other in few[key] if other > at}
        yield from ((at, other) for other in sorted(others))


def _joined(count: int, found: dict[Pair, Compared]) -> Iterator[tuple[int, ...]]:
    """Groups of the pairs that ask the same, the surest first.

    Two groups become one only if most of their pairs ask the same; one that asks nearly the same is half of one.
    """
    same = {pair: result for pair, result in found.items() if result.same}
    group: dict[int, tuple[int, ...]] = {at: (at,) for at in range(count)}
    for pair in sorted(same, key=lambda pair: (-same[pair].score, pair)):
        one, other = (group[at] for at in pair)
        if one is other:
            continue
        across = list(product(one, other))
        pairs = ((min(a, b), max(a, b)) for a, b in across)
        linked = sum(1.0 if two in same else NEARLY if two in found else 0.0 for two in pairs)
        if linked >= LINKED * len(across):
            whole = tuple(sorted((*one, *other)))
            group |= dict.fromkeys(whole, whole)
    return (members for members in sorted(set(group.values())) if len(members) > 1)
