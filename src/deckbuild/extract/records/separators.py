"""One-line pairs: term and meaning, question and answer, parted by a sign that most lines of a family share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from deckbuild.extract.page.asking import asks
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.records.glosses import GLOSS, glossed
from deckbuild.extract.records.line_cuts import BRACKETS, NAMED, OF_PROGRAMS, STRONG, Cut, Hits, Line
from deckbuild.extract.records.line_families import DEEP, line_families
from deckbuild.extract.records.marked_terms import MARKED, marked_terms
from deckbuild.extract.records.no_pairs import are_links, are_people, are_speakers
from deckbuild.extract.records.pairs import pair, several
from deckbuild.extract.records.partings import FEWEST, FEWEST_RARE, cuts_of
from deckbuild.extract.records.separated import Separated, together
from deckbuild.extract.records.word_cuts import SCRIPT
from deckbuild.machine.regex import regex

_LABEL = 3
"""Lines of a family that begin with one word from which that word is a label."""

_BY_SECTION = 5
"""Parts of the name of a family whose members share a section."""

_ANNOUNCED = frozenset(("question", "answer"))

_COLONS = frozenset(("::", ":::"))
"""Signs that names of program code hold as well, without blanks around them."""

_FREQUENT = frozenset(("dash", "colon", ","))
"""Signs that stand in sentences."""

_IN_SENTENCES = frozenset(("dash", "colon", "=", "->", "→", "↔"))
"""Signs of which a line may have several, each in a pair of its own."""

_OF_VALUES = frozenset(("dash", "=", "->", "→", " / ", ","))
"""Signs that values behind labels hold, too."""

_OF_LABELS = frozenset(("colon", "bold"))
"""What stands behind labels: those of one section can't be told from terms by it alone."""

_IN_ANSWERS = frozenset(("dash", ";", " / ", ",", "="))

_SENTENCE = regex(r"(?<=[.!?])\s+(?=[^\W\d_a-zà-ÿа-яё])|(?<=[。！？])")
_ASKS = 0.4
_LONGEST_LEFT = 80
_MOST_WORDS = 10
"""Words of a term, those in brackets with it."""

_DISTINCT = 0.8
"""Share of different left sides from which those that come back are no labels."""


def separated(page: Page) -> Iterator[Separated]:
    """All families of lines with all separators that part two or more of their lines."""
    families = line_families(page)
    lines = {at: Line(page, at) for at in {at for members in families.values() for at in members}}
    for name, members in families.items():
        twin = families.get(("section", *name[1:]))
        if len(members) < FEWEST or (name[0] == "any" and len(name) == _BY_SECTION and members == twin):
            continue
        found = list(_of_family(page, name, members, lines))
        yield from found
        if len(found) > 1 and len(name) < _BY_SECTION and (whole := together(found)):
            yield whole
    for way, told, count in glossed(page):
        lines_told = len({record.at for record in told})
        yield Separated(("any", *way), GLOSS, tuple(told), count, lines_told / count, 1.0)
    if marked := marked_terms(page):
        told, cover = marked
        yield Separated(("bold", "all"), MARKED, tuple(told), len(told), cover, 1.0)


def _of_family(
    page: Page, name: tuple[str | int, ...], members: Sequence[int], lines: Mapping[int, Line]
) -> Iterator[Separated]:
    """What each separator parts of one family."""
    family = [lines[at] for at in members]
    if len(members) < FEWEST_RARE and sum(bool(line.cuts) for line in family) < FEWEST:
        return
    own = frozenset(members)
    for parting in cuts_of(family):
        separator, count = parting.separator, parting.count
        if separator == NAMED and name[0] == "any":
            continue
        if separator in OF_PROGRAMS and not (page.is_glossary or page.holds_terms):
            continue
        hits = _without_labels(page, parting.hits)
        if separator in _COLONS:
            glued = [hit for hit in hits if _is_glued(page, hit)]
            hits = hits if len(glued) >= _LABEL else [hit for hit in hits if hit not in glued]
        if separator in BRACKETS:
            hits = [(at, cut) for at, cut in hits if not _goes_on(page, at, own)]
        if separator in _FREQUENT:
            hits = [
                (at, cut)
                for at, cut in hits
                if lines[at].is_marked(cut) or _is_left(page.units[at].text[cut[0] : cut[1]])
            ]
        if separator == ",":
            hits = [(at, cut) for at, cut in hits if _is_right(page.units[at].text[cut[2] :])]
            hits = [(at, cut) for at, cut in hits if not _goes_on(page, at, own)]
        if separator in _OF_VALUES:
            hits = [hit for hit in hits if not _is_value(page, hit)]
        if separator in _OF_LABELS and len(name) == _BY_SECTION:
            hits = [(at, cut) for at, cut in hits if not _is_labelled(page, at)]
        if separator in _IN_ANSWERS and _are_answers(page, hits):
            continue
        if name[0] == "any":
            hits = _numbered(page, hits)
        if len(hits) < FEWEST or are_speakers(page, hits) or are_links(page, hits):
            continue
        if _name_people(page, separator, hits):
            continue
        if name[:2] == DEEP and not _is_deep(page, hits, len(members)):
            continue
        texts = [page.units[at].text for at, _ in hits]
        exact = separator in STRONG or not separator.isalpha()
        once = sum(text.count(separator) == 1 for text in texts) / len(texts) if exact else 1.0
        block = name[0] != "any"
        parted = frozenset(at for at, _ in hits)
        records = several(page, hits) if separator in _IN_SENTENCES else ()
        ending = own if block and name[:2] != DEEP else parted
        records = records or tuple(pair(page, at, cut, ending, block) for at, cut in hits)
        if separator in ("bold", "code"):
            count = max(1, sum(page.signs[at].emphasis != "whole" for at in members))
        yield Separated(name, separator, records, count, min(1.0, len(hits) / count), once)


_NUMBERED = 0.8
"""Share of lines with a number from which those without one are titles and remarks."""


def _name_people(page: Page, separator: str, hits: Hits) -> bool:
    """Whether lines are names of people with brackets behind, which are in another script where `SCRIPT` parts them."""
    bracketed = separator == SCRIPT and all(page.units[at].text[cut[2] :].startswith("(") for at, cut in hits)
    if separator not in BRACKETS and not bracketed:
        return False
    return are_people([page.units[at].text[cut[0] : cut[1]] for at, cut in hits])


def _numbered(page: Page, hits: list[tuple[int, Cut]]) -> list[tuple[int, Cut]]:
    """The lines without those that have no number, where nearly all have one."""
    told = [hit for hit in hits if page.signs[hit[0]].style]
    return told if _NUMBERED * len(hits) <= len(told) < len(hits) else hits


def _is_value(page: Page, hit: tuple[int, Cut]) -> bool:
    """Whether a label that comes back stands before a line: what follows is its value, and no pair."""
    at, (_, end, _) = hit
    return _is_labelled(page, at) and page.signs[at].value <= end


def _is_labelled(page: Page, at: int) -> bool:
    """Whether a line begins with a label that comes back in the document and names no question."""
    key = page.keys[at]
    return key is not None and key.form == "label" and key.role != "question"


_CONTINUED = 0.8
"""Share of lines right below items from which all of a family are what these items say."""


def _are_answers(page: Page, hits: Hits) -> bool:
    """Whether lines without a mark stand right below items, indented further: they tell what the items ask."""
    below = sum(_is_below(page, at) for at, _ in hits)
    return below >= max(FEWEST, _CONTINUED * len(hits))


def _is_below(page: Page, at: int) -> bool:
    unit, above, sign = page.units[at], page.units[at - 1], page.signs[at - 1]
    marked = page.signs[at].mark or page.signs[at].style
    item = bool(sign.mark or sign.style) and above.kind == "text"
    return bool(at) and item and not marked and not unit.gap and unit.indent > above.indent


def _is_deep(page: Page, hits: Hits, items: int) -> bool:
    """Whether a separator parts most items of all depths, more than one of two depths at least."""
    depths = Counter(page.units[at].indent // 2 for at, _ in hits)
    return 2 * len(hits) >= items and len(depths) > 1 and sorted(depths.values())[-2] >= FEWEST


def _is_left(text: str) -> bool:
    """Whether the left side of a sign that sentences hold as well is a term, or asks in its last sentence."""
    last = _SENTENCE.split(text.strip())[-1]
    if asks(last) >= _ASKS:
        return True
    return last == text.strip() and len(last) <= _LONGEST_LEFT and len(last.split()) <= _MOST_WORDS


def _is_right(text: str) -> bool:
    return len(text) <= _LONGEST_LEFT and not text.rstrip().endswith((".", "!", "?", "。", ":", ";", ","))


def _is_glued(page: Page, hit: tuple[int, Cut]) -> bool:
    """Whether a sign stands between two letters, as in `std::vector`."""
    text, (_, start, end) = page.units[hit[0]].text, hit[1]
    return text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()


def _goes_on(page: Page, at: int, members: frozenset[int]) -> bool:
    """Whether a line that is no member follows at once, so that the brackets are not its end."""
    return at + 1 < len(page.units) and not page.units[at + 1].gap and at + 1 not in members


def _without_labels(page: Page, hits: Hits) -> list[tuple[int, Cut]]:
    """The lines whose left side is no word that comes back as labels do, where many of them do.

    None where most left sides announce a question or its answer.
    """
    announced = sum(role(page.units[at].text[start:end]) in _ANNOUNCED for at, (start, end, _) in hits)
    if 2 * announced > len(hits):
        return []
    left = [letters(page.units[at].text[start:end]) for at, (start, end, _) in hits]
    times = Counter(left)
    if len(times) >= _DISTINCT * len(left):
        return list(hits)
    return [hit for hit, word in zip(hits, left, strict=True) if times[word] < _LABEL]
