"""Cards that a sign parts, as programs that review read them: `Question::Answer`, or `?` in a line between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Asked
from deckbuild.syntax.vaults.cards import COLONS, ITEM, Cards
from deckbuild.syntax.vaults.prose import replaced

_ASKED = regex(r"(?<=[?？؟])\s*:::?(?!:)\s*(?=\S)")
"""Right behind the sign of a question, whatever names of programs stand before."""

_LABEL = regex(r"[*_]*Q\d*[:.][*_]*\s+(?=\S)")
_NO_PAIR = regex(r"^[ >]*\||\{\{c\d+::")
_ENDS = regex(r"\s*<!--(?:SR:|ID:)|\s{0,3}#{1,6}\s|(?:-{3,}|\*{3,}|_{3,})\s*$")
_GLUED = regex(r"[\s>*-]*(?:std|boost|self|Self|crate|super)::\S+\s*")
"""A name of a program by itself."""
_TAGS = regex(r"\s*(?:#[\w/-]+\s*)+$")
_OUTLINED = regex(
    r"(?:[ \t]*(?:[-*+•]|\d+[.)])[ \t]+)?(?P<first>[^\s>|](?:(?! (?:::|;;|>>|<<|<>) ).)*)"
    r" (?P<sign>:::?|;;|>>|<<|<>) (?P<second>(?:(?! (?:::|;;|>>|<<|<>) ).)*\S)[ \t]*"
)
"""A line that one sign of RemNote parts, blanks around it."""

_FEWEST_OUTLINED = 3
"""Lines parted so, by two signs at least, from which they are RemNote's: each sign alone has other uses."""

_OUTLINED_SHARE = 0.3
"""Share of the lines of such a document that are parted."""

PARTED = "\ufdd0"
"""Stands between question and answer of a line that a block of one line was; no text has it."""


def take_between(lines: list[str], prose: Sequence[bool], taken: set[int], flashcards: bool) -> Cards:
    """The cards whose lines above and below a `?` of its own are question and answer; `??` asks both ways.

    In a document of `flashcards` an answer ends at a blank line, as programs that review read it; elsewhere it goes
    on to the next question, heading or rule. Where such a document has no `??`, all is left to what comes back in it.
    """
    found = Cards([], set())
    parted = [
        n for n, line in enumerate(lines) if prose[n] and n not in taken and line.strip() in ("?", "??")
    ]
    if not flashcards and not any(lines[n].strip() == "??" for n in parted):
        return found
    starts = {n: _first_of_block(lines, prose, n) for n in parted}
    parted = [n for n in parted if starts[n] < n]
    for at, after in zip(parted, [*parted[1:], None], strict=False):
        stop = len(lines) if after is None else starts[after]
        end = at + 1
        while end < stop and end not in taken and (not prose[end] or not _ENDS.match(lines[end])):
            if flashcards and prose[end] and not lines[end].strip() and end > at + 1:
                break
            end += 1
        told = [n for n in range(at + 1, end) if lines[n].strip()]
        if told:
            both = lines[at].strip() == "??"
            lines[at] = ""
            found.asked.append(Asked(SourceSpan(starts[at] + 1, at), SourceSpan(told[0] + 1, told[-1] + 1)))
            found.both_ways.update([starts[at] + 1] if both else [])
    return found


def _first_of_block(lines: Sequence[str], prose: Sequence[bool], sign: int) -> int:
    """The first of the lines that stand above a sign without a blank one between.

    Where these begin behind the sign of another card, its answer is among them, and one line is left to ask.
    """
    at = sign
    while at > 0 and lines[at - 1].strip() and prose[at - 1] and not _TAGS.match(lines[at - 1]):
        if lines[at - 1].strip() in ("?", "??"):
            return sign - 1
        at -= 1
    return at


def pairs(
    lines: Sequence[str], prose: Sequence[bool], taken: set[int], flashcards: bool
) -> Iterator[tuple[int, str, str, bool]]:
    """Line (from 0), question, answer, and whether both are asked, of the lines that a sign parts.

    `PARTED` does everywhere, `::` and `:::` where the document is one of `flashcards`, and the signs of RemNote
    where the document uses several of them.
    """
    outlined = dict(_outlined(lines, prose, taken)) if not flashcards else {}
    for at, line in enumerate(lines):
        if at in outlined:
            yield outlined[at]
            continue
        if PARTED in line:
            question, _, answer = line.partition(PARTED)
            yield at, question.strip(), answer.strip(), False
        elif flashcards and prose[at] and at not in taken and "::" in line and not _NO_PAIR.search(line):
            sign = _ASKED if _ASKED.search(line) else COLONS
            marked = replaced(sign, lambda match: f"\0{match[0].strip()}\0", line)
            question, *rest = marked.split("\0", 2)
            item = ITEM.match(question)
            question = _LABEL.sub("", item["text"] if item else question.strip())
            if len(rest) == 2 and question and rest[1].strip() and not _GLUED.fullmatch(line.strip()):
                yield at, question, rest[1].replace("\0", ""), rest[0] == ":::"


def _outlined(
    lines: Sequence[str], prose: Sequence[bool], taken: set[int]
) -> Iterator[tuple[int, tuple[int, str, str, bool]]]:
    """The lines that signs of RemNote part, by their number, where the document shows that they are meant so."""
    said = [at for at, line in enumerate(lines) if prose[at] and at not in taken and line.strip()]
    found = {
        at: match
        for at in said
        if (match := _OUTLINED.fullmatch(lines[at]))
        and not _NO_PAIR.search(lines[at])
        and match["first"].count("`") % 2 == 0
    }
    signs = {match["sign"] for match in found.values()}
    few = len(found) < max(_FEWEST_OUTLINED, _OUTLINED_SHARE * len(said))
    if few or len(signs) < 2 or signs.isdisjoint((";;", ">>")):
        return
    for at, match in found.items():
        sides = match["first"].strip(), match["second"].strip()
        question, answer = sides if match["sign"] != "<<" else sides[::-1]
        yield at, (at, question, answer, match["sign"] in ("<>", ":::"))
