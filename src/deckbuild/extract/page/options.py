"""Options of multiple choice: runs of units whose letters or numbers go up from the first, wherever they stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import LETTER, LETTERS, ROMAN, Signature, marked_start
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model import CodeSpan, Mark, Strike
from deckbuild.model.text import inline_text
from deckbuild.model.trim import drop, strip
from deckbuild.syntax.units import Unit

Group = tuple[int, ...]
"""The units of one question's options, in order."""

_MOST = 8
"""Options of one question."""

_BETWEEN = 6
"""Units that the options of one question may have between them: wrapped lines, code."""

_FEWEST = 3
"""Lists of one kind that are compared."""

_WRAPS = 40
"""Characters from which a line may be wrapped."""

_KEY_LENGTH = 5
"""Letters in a row without order are a key of answers from here on."""

ALL_BUT_RIGHT = frozenset({"struck", "cross"})
"""Marks of wrong options."""

_TICKS = "✅✓✔☑🟢"
_SHORT_CODE = regex(r":(?:white_check_mark|heavy_check_mark|ballot_box_with_check|check):")
_TAIL = regex(r"\((?P<word>[^()]{2,24})\)\W*$")
_UNDERLINED = regex(r"==.+==|<mark>|<u>")
_END = regex(r"(?P<sign>[✅✓✔☑🟢⭐]|\*+|<--+|←|<-)\s*$")


def part_options(units: Sequence[Unit]) -> dict[int, tuple[int, ...]]:
    """Where units hold options side by side (`A) x  B) y  C) z`): the offsets to cut them at, by unit."""
    found = {}
    for at, unit in enumerate(units):
        if unit.kind == "text" and len(unit.text) < 400:
            cuts = _side_by_side(unit.text)
            if cuts:
                found[at] = cuts
    return found if len(found) >= 2 else {}


_INSIDE = regex(
    r"(?:^|(?<=\s))(?P<open>\(?)(?P<letter>[A-HＡ-Ｈa-hА-Еа-е])(?P<close>[.)．、:]|\s-(?=\s))\s*(?=\S)|(?P<hash>#)(?P<number>[1-8])\)\s*(?=\S)"
)
_TOLD = regex(r"\|\s*[1-8]$")
"""The number of the right option at the end of the line that holds all of them."""


def _side_by_side(text: str) -> tuple[int, ...]:
    run: list[re.Match[str]] = []
    for match in _INSIDE.finditer(text):
        place = int(match["number"]) - 1 if match["number"] else LETTERS.get(match["letter"].casefold())
        same = not run or match.group("open", "close", "hash") == run[0].group("open", "close", "hash")
        if place == len(run) and same:
            run.append(match)
    if len(run) >= 3 or (len(run) == 2 and not text[: run[0].start()].strip()):
        told = _TOLD.search(text)
        return (*(match.start() for match in run if match.start()), *((told.start(),) if told else ()))
    return ()


def answer_runs(units: Sequence[Unit], signs: Sequence[Signature]) -> frozenset[int]:
    """Runs of lines with letters of options but without their order: keys of answers, no options."""
    found: set[int] = set()
    run: list[int] = []
    for at in range(len(units) + 1):
        if (
            at < len(units)
            and signs[at].letter
            and signs[at].letter[0] not in ROMAN
            and signs[at].box is None
        ):
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

    A style of letters counts where it comes twice; lists and bare lines only where one of each group is told from its
    sisters, or named behind it.
    """
    kept: list[Group] = []
    for roman in (False, True):
        runs = [] if kept else list(_lettered(units, signs, keys, roman))
        styles = Counter(style for style, _ in runs)
        kept += [
            group
            for style, group in runs
            if len(group) <= _MOST and (styles[style] >= 2 or len(runs) == 1 or _asked(group, units, signs))
        ]
    boxes = list(_boxed(units, signs))
    asked = [
        group
        for group in boxes
        if _asked(group, units, signs) and sum(bool(signs[at].box) for at in group) == 1
    ]
    kept += boxes if (len(boxes) >= 2 or (boxes and kept)) and not _are_tasks(boxes, signs) else asked
    taken = {at for group in kept for at in range(group[0], group[-1] + 1)}
    more = [group for group in _told_apart(units, signs) if not taken & set(group)]
    if len(more) <= len(kept):
        more = [group for group in more if _asked(group, units, signs)]
    return tuple(sorted({group[0]: group for group in (*more, *kept)}.values()))


_TICKED = 0.5
"""Share of groups with boxes of which some are ticked and some are not, from which they are choices and no tasks."""


def _are_tasks(boxes: Sequence[Group], signs: Sequence[Signature]) -> bool:
    """Whether boxes are of tasks: in most groups all are ticked, or none, and no letters count them."""
    lettered = any(signs[at].letter for group in boxes for at in group)
    told = sum(len({bool(signs[at].box) for at in group}) == 2 for group in boxes)
    return not lettered and told < _TICKED * len(boxes)


def held(
    units: Sequence[Unit], signs: Sequence[Signature], found: Sequence[Group]
) -> dict[int, tuple[int, ...]]:
    """What else belongs to options: the further lines of wrapped ones, code and images below them."""
    belongs: dict[int, tuple[int, ...]] = {}
    for group in found:
        for at, end in pairwise(group):
            own = [i for i in range(at + 1, end) if units[i].kind not in ("hidden", "tag", "rule")]
            own = [i for i in own if units[i].quote <= units[at].quote]
            mark = next((i for i in own if role(signs[i].label) in ("answer", "explanation")), end)
            if own := [i for i in own if i < mark]:
                belongs[at] = tuple(own)
        if last := _held_by_last(units, signs, group, belongs):
            belongs[group[-1]] = last
    return belongs


def _held_by_last(
    units: Sequence[Unit], signs: Sequence[Signature], group: Group, belongs: dict[int, tuple[int, ...]]
) -> tuple[int, ...]:
    """What the last option holds: code where its sisters hold code, text that is indented or wrapped as theirs is."""
    kinds = {units[i].kind for at in group[:-1] for i in belongs.get(at, ())}
    wrapped = "text" in kinds
    coded = (
        sum(any(units[i].kind == "code" for i in belongs.get(at, ())) for at in group[:-1]) >= len(group) / 2
    )
    own: list[int] = []
    fences = 0
    last = group[-1]
    for i in range(last + 1, len(units)):
        unit, sign = units[i], signs[i]
        if unit.kind == "code" and coded and fences < 2:
            fences += unit.text.startswith(("```", "~~~"))
            own.append(i)
            continue
        inside = unit.indent > units[last].indent + (2 if units[last].marker else 0)
        if (
            unit.kind != "text"
            or unit.gap
            or coded
            or sign.mark
            or sign.style
            or sign.letter
            or sign.emphasis
        ):
            break
        long_before = len(units[i - 1].text) >= _WRAPS and wrapped and unit.indent == units[last].indent
        if role(sign.label) or sign.emoji or len(unit.text) <= _KEY_LENGTH or not (inside or long_before):
            break
        own.append(i)
    return tuple(own)


def _lettered(
    units: Sequence[Unit], signs: Sequence[Signature], keys: frozenset[int], roman: bool
) -> Iterator[tuple[str, Group]]:
    """Runs of letters; small Roman numbers count only by themselves, as they mostly count statements to judge."""
    current: list[int] = []
    style = ""
    filled = 0
    for at, (unit, sign) in enumerate(zip(units, signs, strict=True)):
        if at in keys or unit.kind in ("hidden", "tag"):
            continue
        place = _place(units, signs, at, roman)
        if place is None or sign.box is not None:
            filled += unit.kind != "code"
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


def _place(units: Sequence[Unit], signs: Sequence[Signature], at: int, roman: bool) -> int | None:
    """The place of an option by its letter, or by its number in `…?#1) x#2) y`; None for other units."""
    unit, sign = units[at], signs[at]
    if sign.style == "#1)" and at and units[at - 1].line == unit.line:
        return (sign.number or 1) - 1
    if not sign.letter or unit.kind != "text" or (sign.letter[0] in ROMAN) != roman:
        return None
    return LETTERS.get(sign.letter.casefold())


def _boxed(units: Sequence[Unit], signs: Sequence[Signature]) -> Iterator[Group]:
    """Items with boxes in a row, with what is wrapped, indented or code between them."""
    current: list[int] = []
    for at in range(len(units) + 1):
        if at < len(units):
            unit = units[at]
            if signs[at].box is not None:
                current.append(at)
                continue
            inside = (
                unit.kind == "text" and current and (not unit.gap or unit.indent > units[current[-1]].indent)
            )
            if current and (inside or unit.kind in ("code", "hidden", "tag")):
                continue
        if 2 <= len(current) <= _MOST:
            yield tuple(current)
        current = []


def _told_apart(units: Sequence[Unit], signs: Sequence[Signature]) -> Iterator[Group]:
    """Lists and bare lines as options, where a sign or a line behind tells one of most of them."""
    families: defaultdict[str, list[Group]] = defaultdict(list)
    for run in (*_lists(units, signs, False), *_lists(units, signs, True)):
        families[signs[run[0]].style or "items"].append(run)
    families["bare"] = list(_bare(units, signs))
    taken: set[int] = set()
    for runs in families.values():
        if len(runs) < _FEWEST:
            continue
        telling = _telling(runs, units, signs)
        named = [run for run in runs if _named_behind(run, units, signs)]
        if telling:
            found = [run for run in runs if any(apart(units[at], signs[at]) & telling for at in run)]
        elif len(named) >= 0.6 * len(runs):
            found = named
        else:
            continue
        yield from (run for run in found if not taken & set(run))
        taken |= {at for run in found for at in run}


def _telling(runs: Sequence[Group], units: Sequence[Unit], signs: Sequence[Signature]) -> set[str]:
    """Marks that stand on one option of most groups; on several as well where most groups are asked for."""
    asked = sum(
        _asked(run, units, signs) or units[run[0] - 1].text.endswith((":", "：")) for run in runs if run[0]
    )
    count: Counter[str] = Counter()
    for run in runs:
        marks = Counter(mark for at in run for mark in apart(units[at], signs[at]))
        for mark, number in marks.items():
            right = number == 1 or (number < len(run) and (asked >= 0.4 * len(runs) or mark in ALL_BUT_RIGHT))
            count[mark] += 1 if right else -1
    return {mark for mark, number in count.items() if number >= 0.6 * len(runs)}


def _asked(run: Group, units: Sequence[Unit], signs: Sequence[Signature]) -> bool:
    """Whether the text above a run asks."""
    if (
        signs[run[0] - 1].label_sign == signs[run[0]].label_sign == ":"
        and role(signs[run[0] - 1].label) == "question"
    ):
        return False
    return any(signs[at].asks >= 0.5 for at in range(max(0, run[0] - 2), run[0]))


def _lists(units: Sequence[Unit], signs: Sequence[Signature], numbered: bool) -> Iterator[Group]:
    """Lists of items that stand line below line: of one kind of bullet or of two, or with numbers from 1.

    Quotes between items are what authors say of the one above.
    """
    run: list[int] = []
    last = -1
    for at in range(len(units) + 1):
        if run and at < len(units) and units[at].kind == "text" and units[at].quote > units[run[-1]].quote:
            last = at
            continue
        fits = at < len(units) and units[at].kind == "text" and signs[at].box is None
        if fits:
            sign = signs[at]
            item = bool(sign.mark) or units[at].tag == "li"
            fits = bool(sign.style) and not sign.mark if numbered else item and not sign.style
            fits = fits and role(sign.label) != "answer"
        below = fits and run and at == last + 1 and units[at].indent == units[run[-1]].indent
        last = at
        if below and (not numbered or _counts_on(signs[run[-1]], signs[at])):
            run.append(at)
            continue
        if 2 <= len(run) <= _MOST:
            yield tuple(run)
        run = [at] if fits and (not numbered or signs[at].number == 1) else []


def _counts_on(before: Signature, sign: Signature) -> bool:
    return sign.style == before.style and sign.number == (before.number or 0) + 1


def _bare(units: Sequence[Unit], signs: Sequence[Signature]) -> Iterator[Group]:
    """Lines without bullet or number below a line that asks or counts, up to the next gap."""
    run: list[int] = []
    for at in range(len(units) + 1):
        fits = at < len(units) and units[at].kind == "text"
        sign = signs[at] if fits else None
        if sign and run and not units[at].gap and not (sign.style or sign.number or role(sign.label)):
            run.append(at)
            continue
        if 3 <= len(run) <= _MOST + 1:
            yield tuple(run[1:])
        run = [at] if sign and (sign.asks >= 0.5 or sign.style or units[at].text.endswith("{")) else []


def _named_behind(run: Group, units: Sequence[Unit], signs: Sequence[Signature]) -> bool:
    """Whether the text behind a run is labelled as an answer and names or repeats one of the options."""
    near = range(run[-1] + 1, min(len(units), run[-1] + 4))
    behind = next(
        (at for at in near if units[at].kind in ("text", "heading") and units[at].tag != "summary"), None
    )
    if behind is None:
        return False
    label = signs[behind].label
    if role(label) != "answer" and not set(label.split()) & (words().correct | words().answer_with):
        return False
    told = units[behind].text[signs[behind].value :]
    if match := re.match(rf"\W*(?:(?P<number>\d)|(?P<letter>{LETTER}))(?![^\W_])", told):
        place = int(match["number"]) - 1 if match["number"] else LETTERS[match["letter"].casefold()]
        return place < len(run)
    said = letters(told)
    return bool(said) and any(said == letters(units[at].text[signs[at].body :]) for at in run)


def apart(unit: Unit, sign: Signature) -> set[str]:
    """What may set one option apart from its sisters, by name."""
    text = unit.text
    found = set()
    if sign.box:
        found.add("box")
    if sign.mark in ("+", "*"):
        found.add(f"mark {sign.mark}")
    if match := _TAIL.search(text):
        found.add(f"tail {letters(match['word'])[:8]}")
    if match := _END.search(text):
        found.add(f"end {match['sign'][:2]}")
    if any(tick in text for tick in _TICKS) or _SHORT_CODE.search(text):
        found.add("tick")
    if any(isinstance(e, Mark) for e in unit.content) or _UNDERLINED.search(text):
        found.add("high")
    shown = marked_start(unit.content)
    behind = text[sign.behind_letter :]
    if (shown and not text[shown:].strip(" .:")) or (
        sign.letter and behind.strip() and _strong_behind(unit, sign.behind_letter)
    ):
        found.add("bold")
    if any(isinstance(e, Strike) for e in unit.content):
        found.add("struck")
    if "❌" in text or "✗" in text or "✘" in text:
        found.add("cross")
    if match := re.match(r"[*+#=>✓✔✅~]", text) or re.match(r"[*+#=>✓✔✅]", behind):
        found.add(f"lead {match[0]}")
    if (
        (rest := strip(drop(unit.content, sign.behind_letter)))
        and len(rest) == 1
        and isinstance(rest[0], CodeSpan)
    ):
        found.add("code")
    match = re.search(r"(?:\s[-–—]\s|\s)(?P<word>[^\W\d_]{4,14})\W*$", text)
    if match and match["word"].casefold() in words().correct:
        found.add("word")
    return found


def _strong_behind(unit: Unit, offset: int) -> bool:
    """Whether all of an option behind its letter is strong."""
    rest = strip(drop(unit.content, offset))
    return bool(rest) and marked_start(rest) >= len(inline_text(rest).rstrip(" ."))
