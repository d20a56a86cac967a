"""How likely patterns are right, and layouts that nobody writes by chance: labelled pairs, `?` between, `::`.

One record is enough for them, and answers of others end where they begin.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckbuild.extract.page.roles import is_faq
from deckbuild.extract.patterns.choose import THRESHOLD
from deckbuild.extract.patterns.pattern import LINKED, Pattern
from deckbuild.extract.patterns.pooled import of_records
from deckbuild.extract.patterns.weigh import probability
from deckbuild.extract.records.families import CALLOUT
from deckbuild.extract.records.further_families import spelled
from deckbuild.extract.records.line_cuts import NAMED
from deckbuild.extract.records.record import Record
from deckbuild.extract.records.word_cuts import SCRIPT
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model.text import block_text

Judged = tuple[float, Pattern]

SURE = 0.75
"""Probability of such a layout at least, and that from which labels and titled tables end answers of others."""

_MOST = 0.8
"""Share of records that must be laid out so."""

_FEWEST_RECORDS = 3
"""Records from which a layout is no chance."""

_ASKED = 0.5
"""Share of records that must ask where labels of answers alone would tell them."""

_FEW = 1 / 3
"""Share of a pattern's records that may hold the other layout; where more do, it is a part of them."""


def judged(patterns: Sequence[Pattern]) -> list[Judged]:
    """The patterns with their probabilities, answers cut where notes of a sure layout begin in one or few of them."""
    weighed = [(_chance(p), p) for p in patterns]
    sure = [
        (p, sorted(note.span.line for note in p.notes))
        for chance, p in weighed
        if is_sure(p) or (chance >= SURE and _is_told(p))
    ]
    return list(_ended(weighed, sure)) if sure else weighed


_DISTINCT = 0.7
"""Share of rows that must ask something of their own; measurements and logs repeat what they are about."""


def exported(patterns: Sequence[Pattern]) -> list[Judged]:
    """The rows of a file that holds nothing but rows, if they are to be learnt: words, and each asks its own."""
    return [(SURE, p) for p in patterns if p.features.get("exported") and _is_learnt(p)]


_LETTERS = 0.5
"""Share of letters in what a number asks for; what is measured at a time or place has more digits."""

_SUM = regex(r"\d\s*[×·*÷+^√²³]|\d\s+[-−/:]\s+\d|√\d")
"""A sum to be done in the head, `7 × 8`."""


def _is_learnt(pattern: Pattern) -> bool:
    asked = [block_text(note.question).strip().casefold() for note in pattern.notes]
    told = [block_text(note.answer).strip().casefold() for note in pattern.notes]
    worded = sum(any(map(str.isalpha, text)) or bool(_SUM.search(text)) for text in asked)
    dated = sum(len(text) == 4 and text.isdecimal() for text in asked) >= _DISTINCT * len(asked)
    if (dated or pattern.features["two columns"] > 0) and len(set(told)) >= _DISTINCT * len(told):
        worded = max(worded, sum(sum(map(str.isalpha, text)) > _LETTERS * len(text) for text in told))
    wordless = pattern.features.get("wordless answers", 0.0)
    titled = pattern.features["question title"] or pattern.features.get("term title")
    return bool(asked) and (
        (worded >= _DISTINCT * len(asked) or bool(titled))
        and (len(set(asked)) >= _DISTINCT * len(asked))
        and (wordless < 1 - _DISTINCT or pattern.features["two columns"] > 0 or bool(titled))
    )


def may_give_notes(pattern: Pattern) -> bool:
    """Whether a pattern is likely enough to be looked at once more, as notes or as what looks like some."""
    return bool(pattern.features.get("by ::")) or probability(pattern.kind, pattern.features) >= THRESHOLD


def _chance(pattern: Pattern) -> float:
    chance = probability(pattern.kind, pattern.features)
    if is_sure(pattern):
        return max(chance, SURE)
    return max(chance, _LIKELY) if _is_announced(pattern) or _is_word_list(pattern) else chance


_LIKELY = 0.5
"""Probability at least of questions that each have a label of an answer below them, and of word lists."""

_FEWEST_WORDS = 10
"""Lines of a word list; fewer are a list of names with remarks."""


def _is_word_list(pattern: Pattern) -> bool:
    """Whether nearly all lines of a document are words with a translation into another script, each its own."""
    features = pattern.features
    shares = (features.get(name, 0.0) for name in ("cover of family", "cover of text", "distinct answers"))
    return (
        bool(features.get(f"by {SCRIPT}")) and len(pattern.records) >= _FEWEST_WORDS and min(shares) >= _MOST
    )


def _is_announced(pattern: Pattern) -> bool:
    """Whether most of three records or more ask, and nearly each has its answer below a word that says so."""
    features = pattern.features
    marked = len(pattern.records) >= _FEWEST_RECORDS and features.get("answer marker", 0.0) >= _MOST
    return marked and features.get("ask", 0.0) >= _ASKED


def _ended(judged: Sequence[Judged], sure: Sequence[tuple[Pattern, list[int]]]) -> Iterator[Judged]:
    for chance, pattern in judged:
        records = pattern.records
        for other, heads in sure:
            if other is not pattern and not _shares(pattern, heads):
                records = _cut(pattern, records, heads, 1.0 if _is_classed(other) else _FEW)
        if records == pattern.records:
            yield chance, pattern
        elif records:
            features = pattern.features | of_records(pattern.page, records)
            shorter = replace(pattern, records=records, features=features)
            yield _chance(shorter), shorter


def is_sure(pattern: Pattern) -> bool:
    """Whether signs that mean nothing else part what asks from its answer: a `?` on its line, or `::` with blanks.

    As sure are labels of which one says that a question stands behind it and the other an answer (`Q:`, `A:`), where
    hardly anything stands beside them, statements that two words judge, one of which says right, definitions that are
    labelled or boxed and named, rows of which one column names the right one of the options in others, and questions
    that link to their answers.
    """
    features = pattern.features
    parted = features.get("parted", 0.0) >= _MOST and features.get("ask", 0.0) >= _MOST
    spaced = features.get("by ::", 0.0) > 0 and features.get("spaced", 0.0) >= _MOST
    spaced = spaced and features.get("once", 0.0) >= _MOST
    told = parted or spaced or bool(features.get("judged")) or features.get(f"by {NAMED}", 0.0) > 0
    labelled = features.get("both labelled", 0.0) >= _MOST and _is_all(pattern)
    told = told or labelled or _is_quiz_of_rows(pattern) or _is_faq(pattern) or pattern.name == LINKED
    told = told or _are_statements(pattern)
    return told and bool(pattern.notes)


def _are_statements(pattern: Pattern) -> bool:
    """Whether the records are boxes with a name, nearly all of them of definitions, theorems and the like."""
    if pattern.name != spelled(CALLOUT):
        return False
    kinds = [pattern.page.units[record.at].tag[2:-1] for record in pattern.records]
    return sum(kind in words().statement for kind in kinds) >= _MOST * len(kinds)


def _is_all(pattern: Pattern) -> bool:
    """Whether the records hold most of the document."""
    held = {p.at for record in pattern.records for p in (*record.question, *record.answer)}
    return len(held) >= _MOST * len(pattern.page.units)


def _is_quiz_of_rows(pattern: Pattern) -> bool:
    """Whether three rows or more hold options and name the right one."""
    rows = pattern.kind in ("table", "tabbed") and len(pattern.notes) >= _FEWEST_RECORDS
    return rows and pattern.features.get("options", 0.0) > 0


def _is_faq(pattern: Pattern) -> bool:
    """Whether all headings of a document below a title that announces questions asked often are of one pattern."""
    features = pattern.features
    whole = min(features.get(name, 0.0) for name in ("all headings", "cover", "answered", "distinct"))
    return whole >= _MOST and pattern.name.startswith("heading") and any(map(is_faq, pattern.page.titles))


def _is_told(pattern: Pattern) -> bool:
    """Whether words tell both parts: labels, a table whose rows ask, or elements of questions that ask."""
    features = pattern.features
    labelled = features.get("both labelled", 0.0) >= _MOST
    parted = pattern.kind == "table" or _is_classed(pattern)
    return labelled or (parted and features.get("ask", 0.0) >= _ASKED)


def _is_classed(pattern: Pattern) -> bool:
    """Whether the heads stand in elements that say by their class that they are questions."""
    return pattern.name.startswith("tag, <") and pattern.features["question key"] > 0


def _shares(pattern: Pattern, heads: Sequence[int]) -> bool:
    """Whether a pattern has heads of its own among those of the other."""
    own = {pattern.page.units[record.at].line for record in pattern.records}
    return not own.isdisjoint(heads)


def _cut(
    pattern: Pattern, records: tuple[Record, ...], heads: Sequence[int], most: float
) -> tuple[Record, ...]:
    held = {n: line for n, record in enumerate(records) if (line := _first_held(pattern, record, heads))}
    if not held or (len(held) > 1 and len(held) > most * len(records)):
        return records
    kept = []
    for n, record in enumerate(records):
        if n in held:
            units = pattern.page.units
            answer = [p for p in record.answer if units[p.at].line < held[n]]
            while answer and units[answer[-1].at].kind == "row" and units[answer[-1].at + 1].kind == "row":
                answer.pop()
            while answer and units[answer[-1].at].kind == "tag":
                answer.pop()
            if not any(units[p.at].text.strip() for p in answer):
                continue
            record = replace(record, answer=answer)
        kept.append(record)
    return tuple(kept)


def _first_held(pattern: Pattern, record: Record, heads: Sequence[int]) -> int:
    """The first line in a record's answer, below its question, where a note of the other begins; 0 if none does."""
    units = pattern.page.units
    if not record.answer:
        return 0
    asked = max((units[p.at].line for p in record.question), default=units[record.at].line)
    held = heads[bisect_right(heads, asked) : bisect_right(heads, units[record.answer[-1].at].line)]
    if not held:
        return 0
    lines = {units[p.at].line for p in record.answer}
    return next((line for line in held if line in lines), 0)
