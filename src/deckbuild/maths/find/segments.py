"""The segments of running text, each judged as a whole.

Words part a line into segments, unless a sign binds them to what stands beside them: `accuracy = TP/n` is one
segment, `so w is small` none. A piece of a formula would be wrong and yet well set, which is worse than no
formula at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from deckbuild.maths.find.edges import Edges
from deckbuild.maths.tokens.lexer import tokens
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.weigh.recognise import judge
from deckbuild.maths.weigh.verdict import Evidence, Span

_SUBSTANCES = re.compile(
    r"(?:\d+\s*)?(?:[A-Z][a-z]?|[()\[\]\d₀-₉⁰-⁹²³¹⁺⁻^{}]|[+-](?!\s))+(?:\s*\+\s*(?:\d+\s*)?"
    r"(?:[A-Z][a-z]?|[()\[\]\d₀-₉⁰-⁹²³¹⁺⁻^{}]|[+-](?!\s))+)*"
)
"""One side of a reaction: counts, elements with theirs, charges."""


def is_several(text: str) -> bool:
    """Whether commas or semicolons part several statements: `v = βv + ∇L; w = w - ηv`."""
    depth, related, statements = 0, False, 0
    previous: Token | None = None
    found = tokens(text)
    if any(token.text in ("otherwise", "else") for token in found):
        return False
    for token in (*found, Token(Role.COMMA, ",", False, 0, 0)):
        depth += (token.role is Role.OPEN) - (token.role is Role.CLOSE)
        if depth == 0 and token.role in (Role.COMMA, Role.SEMICOLON):
            statements += related
            related = False
        if depth == 0 and token.text == ":" and previous is not None and previous.role is Role.WORD:
            return True
        previous = token
        related = related or token.role is Role.RELATION or token.text in ("←", "<-")
    return statements > 1


class Scan(Edges):
    """Takes the segments of a text out of its classes and judges them."""

    def __init__(self, text: str, symbols: Iterable[str], context: Sequence[Evidence]) -> None:
        super().__init__(text)
        self.symbols = tuple(symbols)
        self.context = context

    def spans(self) -> Iterator[Span]:
        """The formulas of the text, and near misses, in order and apart."""
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
        while at < len(self.tokens):
            if self.classes[at] not in "mo":
                at += 1
                continue
            end = at
            while end < len(self.tokens) and self.classes[end] in "mo":
                end += 1
            yield at, end
            at = end

    def piecewise(self, start: int, end: int) -> tuple[int, int] | None:
        """The segment with its alternatives: `x if x > 0, 0 otherwise`."""
        word = self.token(end)
        if word is None or word.text not in ("if", "for", "when"):
            return None
        stop = None
        for at in range(end, len(self.tokens)):
            token = self.tokens[at]
            if token.role is Role.OTHER:
                break
            if token.text == "otherwise":
                stop = at + 1
                if self.tokens[at - 1].role in (Role.COMMA, Role.SEMICOLON):
                    while stop < len(self.tokens) and self.classes[stop] in "mo":
                        stop += 1
                break
            if token.text == "else" and at + 1 < len(self.tokens):
                stop = at + 1
                while stop < len(self.tokens) and self.classes[stop] in "mo":
                    stop += 1
                break
        return (start, stop) if stop else None

    def judged(self, start: int, end: int) -> Span | None:
        """The span of a segment; None where an operand of it stands outside."""
        start, end = self.with_name(start), self.with_factors(end)
        while end > start and self.tokens[end - 1].role is Role.ARROW:
            end -= 1
        while end > start and self.tokens[start].role is Role.ARROW:
            start += 1
        if (
            end > start
            and start == 0
            and self.tokens[start].text in "-+*–"
            and end > 1
            and self.tokens[1].spaced
        ):
            start += 1
        first = self.tokens[start]
        if end - start > 1 and first.text in "~≈∼" and start and not self.tokens[start + 1].spaced:
            start += 1
        if end <= start or self.is_cut(start, end) or self.is_torn(start, end):
            return None
        if self.is_half_reaction(start, end):
            return None
        if self.tokens[end - 1].role is Role.COMMA:
            end -= 1
        if self.partner.get(start) == end - 1 and self.is_parenthesis(start, end):
            start, end = start + 1, end - 1
        place, stop = self.tokens[start].start, self.tokens[end - 1].end
        context = [*self.context, *self.surroundings(start, end)]
        return Span(place, stop, judge(self.text[place:stop], self.symbols, context))

    def is_half_reaction(self, start: int, end: int) -> bool:
        """Whether substances stand beside an arrow that is no part of the segment: `Mg + 2HCl → …`."""
        beside = (self.token(start - 1), self.token(end))
        if not any(token is not None and token.role is Role.ARROW for token in beside):
            return False
        return (
            _SUBSTANCES.fullmatch(self.text[self.tokens[start].start : self.tokens[end - 1].end]) is not None
        )

    def with_factors(self, end: int) -> int:
        """The end moved right over capitals that the document knows: `(α/r) BA`."""
        return end + (self.is_factor(end) and set(self.tokens[end].text) <= set(self.symbols))
