"""The segments of running text, each judged as a whole.

Words part a line into segments, unless a sign binds them to what stands beside them: `accuracy = TP/n` is one
segment, `so w is small` none. A piece of a formula would be wrong and yet well set, which is worse than no
formula at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.maths.find.classes import classes_of
from deckbuild.maths.find.edges import (
    is_cut,
    is_factor,
    is_parenthesis,
    is_torn,
    reach,
    surroundings,
    with_name,
)
from deckbuild.maths.find.line import TokenLine, tokenised
from deckbuild.maths.find.neighbours import is_conjunction
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tokens.words import CONNECTIVES
from deckbuild.maths.weigh.recognise import judge
from deckbuild.maths.weigh.verdict import Evidence, Span

_JOINING = CONNECTIVES - {"if", "when", "for", "mod", "unless", "otherwise", "else", "until"}
"""Words that part two statements."""

_SUBSTANCES = regex(
    r"(?:\d+\s*)?(?:[A-Z][a-z]?|[()\[\]\d₀-₉⁰-⁹²³¹⁺⁻^{}]|[+-](?!\s))+(?:\s*\+\s*(?:\d+\s*)?"
    r"(?:[A-Z][a-z]?|[()\[\]\d₀-₉⁰-⁹²³¹⁺⁻^{}]|[+-](?!\s))+)*"
)
"""One side of a reaction: counts, elements with theirs, charges."""


def is_several(text: str) -> bool:
    """Whether commas or semicolons part several statements: `v = βv + ∇L; w = w - ηv`."""
    depth, related, statements = 0, False, 0
    previous: Token | None = None
    line = tokenised(text)
    found = line.tokens
    if any(token.text in ("otherwise", "else") for token in found):
        return False
    if any(is_conjunction(line, at) for at in range(len(found))):
        return True
    for token in (*found, Token(Role.COMMA, ",", False, 0, 0)):
        depth += (token.role is Role.OPEN) - (token.role is Role.CLOSE)
        joins = token.role is Role.WORD and token.text in _JOINING
        if depth == 0 and (joins or token.role in (Role.COMMA, Role.SEMICOLON)):
            statements += related
            related = False
        if depth == 0 and token.text == ":" and previous is not None and previous.role is Role.WORD:
            return True
        previous = token
        related = related or token.role is Role.RELATION or token.text in ("←", "<-")
    return statements > 1


def spans(text: str, symbols: Iterable[str], context: Sequence[Evidence]) -> Iterator[Span]:
    """The formulas of a text, and near misses, in order and apart."""
    line = tokenised(text)
    classes = classes_of(line)
    return _Scan(line, classes, reach(line, classes), frozenset(symbols), tuple(context)).spans()


class _Scan(Struct, frozen=True):
    """Takes the segments of a line out of its classes and judges them."""

    line: TokenLine
    classes: str
    reach: Sequence[int]
    symbols: frozenset[str]
    context: tuple[Evidence, ...]

    def spans(self) -> Iterator[Span]:
        stop = 0
        for start, end in self.segments():
            if start < stop:
                continue
            for candidate in (self.piecewise(start, end), (start, end)):
                if candidate is None:
                    continue
                span = self.judged(*candidate)
                if span is not None and (span.verdict.accepted or candidate == (start, end)):
                    yield span
                    stop = candidate[1]
                    break

    def segments(self) -> Iterator[tuple[int, int]]:
        """Runs of tokens that belong together, first and behind the last, trimmed to operands."""
        at = 0
        while at < len(self.line.tokens):
            if self.classes[at] not in "mo":
                at += 1
                continue
            end = at
            while end < len(self.line.tokens) and self.classes[end] in "mo":
                end += 1
            yield at, end
            at = end

    def piecewise(self, start: int, end: int) -> tuple[int, int] | None:
        """The segment with its alternatives: `x if x > 0, 0 otherwise`."""
        word = self.line.token(end)
        if word is None or word.text not in ("if", "for", "when"):
            return None
        stop = None
        for at in range(end, len(self.line.tokens)):
            token = self.line.tokens[at]
            if token.role is Role.OTHER:
                break
            if token.text == "otherwise":
                stop = at + 1
                if self.line.tokens[at - 1].role in (Role.COMMA, Role.SEMICOLON):
                    while stop < len(self.line.tokens) and self.classes[stop] in "mo":
                        stop += 1
                break
            if token.text == "else" and at + 1 < len(self.line.tokens):
                stop = at + 1
                while stop < len(self.line.tokens) and self.classes[stop] in "mo":
                    stop += 1
                break
        return (start, stop) if stop else None

    def judged(self, start: int, end: int) -> Span | None:
        """The span of a segment; None where an operand of it stands outside."""
        start, end = with_name(self.line, self.classes, start), self.with_factors(end)
        while end > start and self.line.tokens[end - 1].role is Role.ARROW:
            end -= 1
        while end > start and self.line.tokens[start].role is Role.ARROW:
            start += 1
        if (
            end > start
            and start == 0
            and self.line.tokens[start].text in "-+*–"
            and end > 1
            and self.line.tokens[1].spaced
        ):
            start += 1
        first = self.line.tokens[start]
        if end - start > 1 and first.text in "~≈∼" and start and not self.line.tokens[start + 1].spaced:
            start += 1
        if end <= start or is_cut(self.line, start, end) or is_torn(self.line, self.classes, start, end):
            return None
        if start > 0 and self.reach[start - 1] > start:
            return None  # in a bracket of a larger formula: its words are no part of one, or it never closes
        if self.is_half_reaction(start, end):
            return None
        if self.line.tokens[end - 1].role is Role.COMMA:
            end -= 1
        if self.line.partner.get(start) == end - 1 and is_parenthesis(self.line, start, end):
            start, end = start + 1, end - 1
        place, stop = self.line.tokens[start].start, self.line.tokens[end - 1].end
        context = [*self.context, *surroundings(self.line, self.classes, start, end)]
        return Span(place, stop, judge(self.line.text[place:stop], self.symbols, context))

    def is_half_reaction(self, start: int, end: int) -> bool:
        """Whether substances stand beside an arrow that is no part of the segment: `Mg + 2HCl → …`."""
        tokens = self.line.tokens
        beside = (self.line.token(start - 1), self.line.token(end))
        if not any(token is not None and token.role is Role.ARROW for token in beside):
            return False
        return _SUBSTANCES.fullmatch(self.line.text, tokens[start].start, tokens[end - 1].end) is not None

    def with_factors(self, end: int) -> int:
        """The end moved right over capitals that the document knows: `(α/r) BA`."""
        return end + (is_factor(self.line, end) and set(self.line.tokens[end].text) <= self.symbols)
