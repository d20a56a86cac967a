"""Options of multiple choice: runs of units whose letters or numbers go up from the first, wherever they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckbuild.extract.listings import letters
from deckbuild.extract.roles import role
from deckbuild.extract.words import words
from deckbuild.extract.signature import LETTERS, Signature, marked_start
from deckbuild.model import CodeSpan, Mark
from deckbuild.model.text import inline_text
from deckbuild.model.trim import drop, strip
from deckbuild.syntax.units import Unit

Group = tuple[int, ...]
"""The units of one question's options, in order."""

_MOST = 8
"""Options of one question."""

_BETWEEN = 6
"""Units that the options of one question may have between them: wrapped lines, code."""

_KEY_LENGTH = 5
"""Letters in a row without order are a key of answers from here on."""

_TICKS = "✅✓✔☑🟢"
_TAIL = re.compile(r"\((?P<word>[^()]{2,24})\)\W*$")
_UNDERLINED = re.compile(r"==.+==|<mark>|<u>")
_END = re.compile(r"(?P<sign>[✅✓✔☑🟢⭐]|\*+|<--+|←|<-)\s*$")


def part_options(units: Sequence[Unit], signs: Sequence[Signature]) -> dict[int, tuple[int, ...]]:
    """Where units hold options side by side (`A) x  B) y  C) z`): the offsets to cut them at, by unit."""
    found = {}
    for at, unit in enumerate(units):
        if unit.kind == "text" and len(unit.text) < 400:
            cuts = _side_by_side(unit.text)
            if cuts:
                found[at] = cuts
    return found if len(found) >= 2 else {}


_INSIDE = re.compile(r"(?:^|(?<=\s))(?P<open>\(?)(?P<letter>[A-Ha-hА-Еа-е])(?P<close>[.)])\s*(?=\S)")


def _side_by_side(text: str) -> tuple[int, ...]:
    run: list[re.Match[str]] = []
    for match in _INSIDE.finditer(text):
        place = LETTERS.get(match["letter"].casefold())
        same = not run or (match["open"], match["close"]) == (run[0]["open"], run[0]["close"])
        if place == len(run) and same:
            run.append(match)
    if len(run) >= 3 or (len(run) == 2 and not text[: run[0].start()].strip()):
        return tuple(match.start() for match in run if match.start())
    return ()


def answer_runs(units: Sequence[Unit], signs: Sequence[Signature]) -> frozenset[int]:
    """Runs of lines with letters of options but without their order: keys of answers, no options."""
    found: set[int] = set()
    run: list[int] = []
    for at in range(len(units) + 1):
        if at < len(units) and signs[at].letter and signs[at].box is None:
            run.append(at)
            continue
        if at < len(units) and units[at].kind in ("tag", "hidden"):
            continue
        if len(run) >= _KEY_LENGTH:
            places = [LETTERS[signs[i].letter.casefold()] for i in run]
            up = sum(b == a + 1 or (b == 0 and a >= 1) for a, b in pairwise(places))
            if up < 0.7 * (len(places) - 1):
                found.update(run)
        run = []
    return frozenset(found)


def groups(units: Sequence[Unit], signs: Sequence[Signature], keys: frozenset[int]) -> tuple[Group, ...]:
    """The options of each question of a document.

    A style of letters counts where it comes twice; numbers and bullets only where one of each group is told from its
    sisters, or named behind it.
    """
    runs = list(_lettered(units, signs, keys))
    styles = Counter(style for style, _ in runs)
    kept = [group for style, group in runs if (styles[style] >= 2 or len(runs) == 1) and len(group) <= _MOST]
    boxes = list(_boxed(units, signs))
    kept += boxes if len(boxes) >= 2 or (boxes and kept) else []
    taken = {at for group in kept for at in group}
    if not kept:
        kept = list(_told_apart(units, signs, taken))
    return tuple(sorted(kept))


def _lettered(
    units: Sequence[Unit], signs: Sequence[Signature], keys: frozenset[int]
) -> Iterator[tuple[str, Group]]:
    current: list[int] = []
    style = ""
    filled = 0
    for at, (unit, sign) in enumerate(zip(units, signs, strict=True)):
        if at in keys or unit.kind in ("hidden", "tag"):
            continue
        place = LETTERS.get(sign.letter.casefold()) if sign.letter and unit.kind == "text" else None
        if place is None or sign.box is not None:
            filled += 1
            if filled > _BETWEEN or unit.kind in ("heading", "rule"):
                if len(current) >= 2:
                    yield style, tuple(current)
                current = []
            continue
        same = sign.letter_style == style
        if current and place == len(current) and (same or filled == 0):
            current.append(at)
        else:
            if len(current) >= 2:
                yield style, tuple(current)
            current, style = ([at], sign.letter_style) if place == 0 else ([], "")
        filled = 0
    if len(current) >= 2:
        yield style, tuple(current)


def _boxed(units: Sequence[Unit], signs: Sequence[Signature]) -> Iterator[Group]:
    """Items with boxes in a row: options where some are ticked and some are not."""
    current: list[int] = []
    filled = 0
    for at in range(len(units) + 1):
        boxed = at < len(units) and signs[at].box is not None
        if boxed and (not current or filled == 0):
            current.append(at)
            filled = 0
            continue
        if at < len(units) and not boxed and current and units[at].indent > units[current[-1]].indent:
            continue
        if 2 <= len(current) <= _MOST:
            yield tuple(current)
        current = [at] if boxed else []
    return


def _told_apart(units: Sequence[Unit], signs: Sequence[Signature], taken: set[int]) -> Iterator[Group]:
    """Lists of bullets or numbers as options, where one sign or a line behind tells one of most of them."""
    for numbered in (False, True):
        runs = [run for run in _lists(units, signs, numbered) if not taken & set(run)]
        if len(runs) < 3:
            continue
        telling = _telling(runs, units, signs)
        if telling:
            yield from (run for run in runs if any(apart(units[at], signs[at]) & telling for at in run))
        elif numbered:
            named = [run for run in runs if _named_behind(run, units, signs)]
            if len(named) >= 0.6 * len(runs):
                yield from named


def _telling(runs: Sequence[Group], units: Sequence[Unit], signs: Sequence[Signature]) -> set[str]:
    """Marks that stand on exactly one option of most groups."""
    count: Counter[str] = Counter()
    for run in runs:
        marks = Counter(mark for at in run for mark in apart(units[at], signs[at]))
        count.update({mark: 1 if number == 1 else -1 for mark, number in marks.items()})
    return {mark for mark, number in count.items() if number >= 0.6 * len(runs)}


def _lists(units: Sequence[Unit], signs: Sequence[Signature], numbered: bool) -> Iterator[Group]:
    run: list[int] = []
    for at in range(len(units) + 1):
        fits = at < len(units) and units[at].kind == "text" and signs[at].box is None
        if fits:
            sign = signs[at]
            fits = sign.style in ("1.", "1)") and not sign.mark if numbered else bool(sign.mark)
        if fits and run:
            last, here = signs[run[-1]], signs[at]
            follows = units[at].indent == units[run[-1]].indent and here.mark == last.mark
            if follows and (not numbered or here.number == (last.number or 0) + 1) and at == run[-1] + 1:
                run.append(at)
                continue
        if 2 <= len(run) <= _MOST:
            yield tuple(run)
        run = [at] if fits and (not numbered or signs[at].number == 1) else []


def _named_behind(run: Group, units: Sequence[Unit], signs: Sequence[Signature]) -> bool:
    behind = next((at for at in range(run[-1] + 1, min(len(units), run[-1] + 3)) if units[at].kind == "text"), None)
    if behind is None or role(signs[behind].label) != "answer":
        return False
    return bool(re.match(r"\W*\d\b", units[behind].text[signs[behind].value :]))


def apart(unit: Unit, sign: Signature) -> set[str]:
    """What may set one option apart from its sisters, by name."""
    text = unit.text
    found = set()
    if sign.box:
        found.add("box")
    if match := _TAIL.search(text):
        found.add(f"tail {letters(match['word'])[:8]}")
    if match := _END.search(text):
        found.add(f"end {match['sign'][:2]}")
    if any(tick in text for tick in _TICKS):
        found.add("tick")
    if any(isinstance(e, Mark) for e in unit.content) or _UNDERLINED.search(text):
        found.add("high")
    shown = marked_start(unit.content)
    behind = text[sign.behind_letter :]
    if (shown and not text[shown:].strip(" .:")) or (
        sign.letter and behind.strip() and _strong_behind(unit, sign.behind_letter)
    ):
        found.add("bold")
    if match := re.match(r"[*+#=>✓✔✅]", text) or re.match(r"[*+#=>✓✔✅]", behind):
        found.add(f"lead {match[0]}")
    if rest := strip(drop(unit.content, sign.behind_letter)):
        if len(rest) == 1 and isinstance(rest[0], CodeSpan):
            found.add("code")
    if match := re.search(r"(?:\s[-–—]\s|\s)(?P<word>[^\W\d_]{4,14})\W*$", text):
        if match["word"].casefold() in words().correct:
            found.add("word")
    return found


def _strong_behind(unit: Unit, offset: int) -> bool:
    """Whether all of an option behind its letter is strong."""
    rest = strip(drop(unit.content, offset))
    return bool(rest) and marked_start(rest) >= len(inline_text(rest).rstrip(" ."))
