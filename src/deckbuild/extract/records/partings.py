"""Which separators part the lines of a family: signs that most of them share, or runs of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from deckbuild.extract.records.line_cuts import (
    BOLD,
    BRACKETS,
    GLUED,
    GLUED_DASH,
    LEADER,
    NAMED,
    SINGLE,
    SPLITTERS,
    STRONG,
    Cut,
    Hits,
    Line,
    at_sign,
)
from deckbuild.extract.records.word_cuts import (
    ABBREVIATED,
    FRAMED,
    SCRIPT,
    WIDE,
    are_sorts,
    are_words,
    is_untold,
)

FEWEST = 2
"""Lines that a separator must part."""

FEWEST_RARE = 5
"""Lines that a rare sign must part once each."""

_FEWEST_TOLD = 5
_TOLD = 0.2
"""Lines, and their share, that ask and have brackets right behind, from which these answer; the others lack answers."""

_BRACKETED = 0.8
"""Share of lines that end with a meaning in brackets, from which all of them do."""

_IN_A_ROW = 6
"""Lines in a row that one sign parts, from which it does so whatever stands above and below them."""

_WORDED = frozenset((WIDE, SCRIPT, ABBREVIATED, FRAMED, LEADER))
"""What parts word lists without a sign."""

_IN_RUNS = frozenset((*SINGLE, WIDE))


class Parting(Struct, frozen=True):
    """A separator with the lines that it parts; `count` are the lines among which it does so."""

    separator: str
    hits: Hits
    count: int


def cuts_of(lines: Sequence[Line]) -> Iterator[Parting]:
    """The separators that part two or more lines of a family, with these lines."""
    found: defaultdict[str, list[tuple[int, Cut]]] = defaultdict(list)
    induced = _induced(lines) if len(lines) >= FEWEST_RARE else []
    for line in lines:
        for sign in induced:
            if sign in line.text:
                line.try_sign(sign, at_sign(sign))
        for sign, cut in line.cuts.items():
            found[sign].append((line.at, cut))
    for sign in (*STRONG, *induced, *SPLITTERS, BOLD, NAMED):
        if len(found.get(sign, ())) < FEWEST:
            continue
        among = _told(lines) if sign == SCRIPT else lines
        if _is_usual(among, sign):
            coded = sign == BOLD and sum(line.code > 0 for line in lines) > 0.5 * len(lines)
            yield Parting("code" if coded else sign, found[sign], len(among))
        elif sign in _IN_RUNS and (rows := list(_runs(lines, sign))):
            yield Parting(sign, [(line.at, line.cuts[sign]) for line in rows], len(rows))


_MANY = 10
"""Lines of a word list with a translation, from which further words may lack theirs."""


def _told(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a word list without those that are nothing but words, where enough others are translated."""
    told = [line for line in lines if SCRIPT in line.cuts or not is_untold(line.text[line.start :])]
    return told if sum(SCRIPT in line.cuts for line in told) >= _MANY else lines


def _runs(lines: Sequence[Line], sign: str) -> Iterator[Line]:
    """The lines in runs of a list whose author took another sign elsewhere."""
    run: list[Line] = []
    for line in lines:
        if sign in line.cuts:
            run.append(line)
            continue
        if len(run) >= _IN_A_ROW:
            yield from run
        run = []
    if len(run) >= _IN_A_ROW:
        yield from run


def _induced(lines: Sequence[Line]) -> list[str]:
    """Signs seldom seen in sentences that stand once in most of the lines."""
    rare = Counter(sign for line in lines for sign in line.rare)
    enough = max(FEWEST_RARE, 0.8 * len(lines))
    return [s for s, n in rare.items() if n >= enough and s not in STRONG and s not in "“”„"]


def _is_usual(lines: Sequence[Line], sign: str) -> bool:
    """Whether so many lines have a sign that sentences have as well that it may part them."""
    if sign == GLUED_DASH:
        return sum(bool(GLUED.match(line.text)) for line in lines) >= _BRACKETED * len(lines)
    if sign in _WORDED:
        parted = [line for line in lines if sign in line.cuts]
        return len(parted) >= max(FEWEST_RARE, _BRACKETED * len(lines)) and _is_worded(parted, sign)
    if sign in BRACKETS and sum(line.tells(sign) for line in lines) >= max(_FEWEST_TOLD, _TOLD * len(lines)):
        return True
    share = _BRACKETED if sign in BRACKETS else 0.5 if sign in SINGLE else 0.0
    return not share or sum(line.has_once(sign) for line in lines) >= share * len(lines)


def _is_worded(parted: Sequence[Line], sign: str) -> bool:
    if sign == ABBREVIATED:
        return are_sorts([line.text[line.cuts[sign][2] :] for line in parted])
    return sign != SCRIPT or are_words([line.text[line.start : line.cuts[sign][1]] for line in parted])
