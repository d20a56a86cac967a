"""Calculations told in words, as a line or a part of one: `Cardiac output = stroke volume × heart rate`.

A quantity has several words here, which anywhere else are a sentence; so a line, what stands behind a colon, or a
clause is read as a whole, and a calculation without an equals sign has to look like one by its signs and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckbuild.machine.regex import regex
from deckbuild.maths.find.segments import is_several
from deckbuild.maths.tokens.embedded import OPEN
from deckbuild.maths.tokens.words import SENTENCE_WORDS
from deckbuild.maths.weigh.in_words import BRACKETED, CALCULATION, CLAUSE, IN_WORDS, WEAK
from deckbuild.maths.weigh.recognise import judge
from deckbuild.maths.weigh.verdict import Evidence, Span

_HINT = regex(
    r"\s=\s|[^\W\d_]{3}=\s?[(A-Za-z]|\)=|[=＝]\s?[\u3040-\u9fff\uac00-\ud7af（]|[×÷√]|\d\s?[*/]\s?[\w(]|\d\s[-+−–xX]\s[\w(]"
    r"|[\w)]\s?[*/]\s?\d|[\w)]\s[-+−–xX]\s\d|\w\sx\d|\)\s?/\s|\s/\s\("
)
"""Something that every calculation has."""

_WORD = regex(r"[^\W\d_]{3,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_OPERATOR = regex(
    r"[×÷*/√／＋－]|\s[·⋅]\s|(?<=[\w)])\s?[xX]\s?(?=\d|\(|(?<=\s)\w)|\s[-+−–]\s|(?<=[\w)])\+(?=[\w(])"
)
_EQUALS = regex(r"[=＝]")
_APART = regex(
    r"\s=\s|[^\W\d_]{3}=\s?(?=\(?[^\W\d_]+\s[^\W\d_]{2,})|\)=(?=.*[×÷])|[\u3040-\u9fff\uac00-\ud7af）]\s?[=＝]\s?[\u3040-\u9fff\uac00-\ud7af（(]"
)
_RELATION = regex(r"[=＝≈≠<>≤≥∝≡]")
_NAME = regex(r"[^\W\d_]{2,}\s[^\W\d_]{3,}")
"""A name of several words."""

_JOINED = regex(r"\\text\{ \w+ \}")
"""Words between two formulas, which are no calculation."""

_DOSE = regex(r"[\d.,–-]+\s?[^\W\d_]+(?:/[^\W\d_]+)+")
"""A quantity with its unit: `30 mg/kg/day`."""

_ALTERNATIVE = regex(r"[^\s=]+/[^\s=]+\s=\s[^-+*/×÷·−–]*$")
"""Names with a slash between and what they are: `MQL/PromQL = tools`."""

_TIMES = regex(r"[×÷*/√·]|\s[xX]\s")
"""What a clause has that is an equation: a mere sum of names may be a manner of speaking."""

_SAID = regex(rf"(?<!\S)(?:{'|'.join(sorted(SENTENCE_WORDS))})(?=[\s,.])")
"""Words of a sentence, which no calculation holds."""

_SIGN = regex(r"[×÷√]")
_DIVIDED = regex(r"[-+*/×÷−][^()]*\)\s?/\s|\s/\s\([^()]*[-+*×÷−]|/\s.*[²³^]")
_NUMBER = regex(r"(?<![\w.])\d")
_FACTOR = regex(r"[*/]|\s?[xX]\s?(?=\d)|(?<=\d)\s[xX]\s")
_ENDS_IN_NAME = regex(r"\s[A-Z]\w*$")
_REMARK = regex(r"(?<![-/÷×*·+−=])\s+[\[(][^()\[\]=×÷*+]*[^\W\d_][^()\[\]=×÷*+]*[\])]$|(?<=\S)\s+\(%\)$")
"""A unit or a remark behind a calculation."""

_IN_REMARKS = regex(r"[^\W\d_]\s?\([^()=×÷*+\d]*\)\S*\s")
_BORDER = regex(
    r"[()（）\[\]{}]|[;:.,!?](?=\s)|[，。；：！？]|\s(?:—|--|→|←|⇒)(?=\s)|(?<!\S)(?:where|when|if|so|then|thus|or|for|with|but|which|"
    r"oder|wobei|mit|donde|o|où|ou|avec|onde|com|dove|или|где|lub|gdzie)(?=\s)"
)
"""What parts a sentence, and brackets, in which nothing does."""

_PARTS = frozenset((":", ";", ".", "!", "?", "：", "，", "。", "；", "！", "？", "—", "--", "→", "←", "⇒"))
"""The borders that nothing goes on over."""

_DEFINED = regex(r"[^=]*[^\W\d_]{3,}\s(?=[A-Za-zα-ωΑ-Ω](?:[\w₀-₉ₐ-ₜ]{0,2}|\w{0,3}_\w+)\s=\s)")
"""What stands before a symbol that an equation defines: `Constant K = …`."""

_BRACKETS = regex(r"(?<![\w)\]])\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)(?![\w(])")
"""Brackets that no name stands against: `3 to 10 years (22.7 × weight + 505)`."""

_SAYING = regex(r"\s+[-–]\s(?:[^\W\d_]+\s){2,}[^\W\d_]+$")
"""A dash and words that say something of the equation before it."""

_DASHES = regex(r"[^-–×÷*/+√=]*(?:\s[-–]\s[^-–×÷*/+√=]*)+(?:=.*)?")
"""Names that nothing but dashes part."""

_LONG_NAME = regex(r"(?:[^\W\d_]+\s){3}[^\W\d_]+")
_NAMED = regex(r"(?:[^\W\d_]+\s)*[^\W\d_]{3,}\s+[-–]\s(?=(?:(?![^\W\d_]{4})[^=])+=\s(?![^\W\d_]{4}))")
"""Words, a dash, and an equation of symbols that they name."""

_LONG = regex(r"[^\W\d_]{4,}")
_RESULT = regex(r"[-+×·*].*=(?:\s[a-zà-ÿ]+){5,}$")
"""What several things together are, told in many words, without a name."""

_LONGEST, _SENTENCE = 260, 600
"""Characters of a calculation, and of a text that is looked through for some, at most: what is longer is prose."""


def told(text: str, symbols: frozenset[str], context: tuple[Evidence, ...]) -> list[Span]:
    """The calculations in words in a text, in order and apart."""
    if OPEN in text or len(text) > _SENTENCE or not (_HINT.search(text) and _WORD.search(text)):
        return []
    found: list[Span] = []
    for start, end, labelled in _candidates(text):
        if any(start < one.end and one.start < end for one in found):
            continue
        span = _judged(text, *_trimmed(text, start, end), labelled, symbols, context)
        if span is not None:
            found.append(span)
    return sorted(found, key=lambda span: span.start)


def _candidates(text: str) -> Iterator[tuple[int, int, bool]]:
    """The whole of a text, the rest behind a colon, and clauses: their places, and whether each is labelled."""
    borders = list(_borders(text))
    last = max((start for start, _, sign in borders if sign in _PARTS), default=-1)
    if last < 0:
        yield 0, len(text), False
    starts = [(0, False), *((end, sign in ":：") for _, end, sign in borders)]
    stops = [*(start for start, _, _ in borders), len(text)]
    labelled = False
    for (start, label), stop in zip(starts, stops, strict=True):
        alternative = labelled and text[:start].rstrip().endswith((" or", " o", " ou", " oder"))
        labelled = label or alternative
        if label and last < start:
            yield start, len(text), True
        yield start, stop, labelled
    for match in _BRACKETS.finditer(text):
        yield match.start(), match.end(), False


def _borders(text: str) -> Iterator[tuple[int, int, str]]:
    depth = 0
    for match in _BORDER.finditer(text):
        sign = match[0].strip()
        if sign in "([{（":
            depth += 1
        elif sign in ")]}）":
            depth = max(0, depth - 1)
        elif depth == 0:
            yield match.start(), match.end(), sign


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The ends moved over blanks, a stop, and a remark in brackets that says nothing of a name in the formula."""
    body = text[start:end]
    start += len(body) - len(body.lstrip())
    body = body.strip()
    if body.endswith((".", ",", ";")) and not body.endswith(".."):
        body = body[:-1].rstrip()
    remark = _REMARK.search(body)
    if remark and not _IN_REMARKS.search(body[: remark.start()]) and _calculated_last(body[: remark.start()]):
        body = body[: remark.start()]
    saying = _SAYING.search(body)
    if saying and "=" in body[: saying.start()] and not _LONG.search(body, 0, saying.start()):
        body = body[: saying.start()]
    return start, start + len(body)


def _calculated_last(body: str) -> bool:
    """Whether a text ends with the calculation and not with what it gives: `√(h × w / 3600) = BSA`."""
    result = body.rpartition(" = ")[2]
    return _OPERATOR.search(result) is not None


def _judged(
    text: str, start: int, end: int, labelled: bool, symbols: frozenset[str], context: tuple[Evidence, ...]
) -> Span | None:
    """The calculation between two places; None where there is none."""
    if named := _DEFINED.match(text, start, end):
        start = named.end()
    body = text[start:end]
    if not (5 <= len(body) <= _LONGEST and _WORD.search(body) and _OPERATOR.search(body)):
        return None
    if _SAID.search(body):
        return None
    whole = start == 0 or labelled
    count = len(_EQUALS.findall(body))
    if _APART.search(body) and (count == 1 or (count == 2 and len(_APART.findall(body)) == 2)):
        reason = IN_WORDS if whole else CLAUSE
        if is_several(body) or not (whole or (_NAME.search(body) and _TIMES.search(body))):
            return None
        if ", " in _EQUALS.split(body)[0]:
            return None
    elif _RELATION.search(body):
        return None
    elif not labelled and text[:start].strip():
        if not (_BRACKETS.fullmatch(body) and _looks(body, labelled) >= 3):
            return None
        start, end, body, reason = start + 1, end - 1, body[1:-1], BRACKETED
    else:
        weight = _looks(body, labelled)
        if weight <= 0:
            return None
        reason = Evidence(weight, CALCULATION, in_words=True)
    if _DASHES.fullmatch(body) and ("=" not in body or _LONG_NAME.search(body)):
        return None
    if _ALTERNATIVE.match(body) or _NAMED.match(body) or _RESULT.search(body) or "[...]" in body:
        return None
    verdict = judge(body, symbols, (*context, reason), told=True)
    if verdict.tex is None or verdict.score < WEAK or _JOINED.search(verdict.tex):
        return None
    return Span(start, end, verdict)


def _looks(body: str, labelled: bool) -> float:
    """How much a text without an equals sign looks like a calculation by its signs: nothing at all is 0.

    By itself it doesn't end in a name with a capital, as hybrids of plants and works of two brands do.
    """
    if _DOSE.fullmatch(body):
        return 0
    if _DIVIDED.search(body) or (_SIGN.search(body) and (labelled or not _ENDS_IN_NAME.search(body))):
        return 4
    if not _NUMBER.search(body):
        return 0
    count = len(_OPERATOR.findall(body))
    if count > 1:
        return 3
    return 2 if _FACTOR.search(body) else 0
