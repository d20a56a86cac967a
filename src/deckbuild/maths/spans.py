"""Where formulas stand in running text.

Words part a line into segments, unless a sign binds them to what stands beside them: `accuracy = TP/n` is one
segment, `so w is small` none. A segment is judged as a whole: a piece of a formula would be wrong and yet
well set, which is worse than no formula at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from deckbuild.maths.evidence import Evidence, is_sign
from deckbuild.maths.letters import UNITS
from deckbuild.maths.lexer import Kind, Token, tokens
from deckbuild.maths.recognise import Verdict, judge
from deckbuild.maths.signs import BARE_FUNCTIONS, BRACKETS, CONNECTIVES, FUNCTIONS, WORDS_OF_LANGUAGE

_DIFFERENTIAL = re.compile(r"d(?![oBCb])[a-zA-Z]")

PROSE = Evidence(-1, "running prose")

_TRIGGER = re.compile(r"[=<>^_|*/+\-]|[A-Za-z]\(|[^\x00-\x7f]")
"""Something that every formula has."""

_OPERATORS = frozenset(
    {Kind.RELATION, Kind.ARROW, Kind.SUM, Kind.PRODUCT, Kind.SLASH, Kind.CARET, Kind.UNDERSCORE}
)
_ENDS_NAMES = WORDS_OF_LANGUAGE - {"of"} | frozenset(
    "are because becomes called computes define defined defines denotes each equals every formula gets gives given "
    "hence here implies let like means minimise minimize maximise maximize namely note now obtain recall rule set "
    "since some such these thus use uses using was were which whose why will with yields".split()
)
"""Words that no name of a quantity begins after."""


class Span(NamedTuple):
    """A formula, or what was nearly one, at `start` to `end` of a text."""

    start: int
    end: int
    verdict: Verdict


def whole(text: str, symbols: Iterable[str] = (), context: Sequence[Evidence] = ()) -> list[Span]:
    """The formulas of a text that may be one as a whole: a cell, a code span, a line of a block."""
    start = len(text) - len(text.lstrip())
    body = text.strip()
    if body.endswith((".", ",", ";")) and not body.endswith("..."):
        body = body[:-1].rstrip()
    verdict = judge(body, symbols, context)
    if verdict.accepted and not _is_several(body):
        return [Span(start, start + len(body), verdict)]
    found = within(text, symbols, context)
    return found or [Span(start, start + len(body), verdict)]


def within(text: str, symbols: Iterable[str] = (), context: Sequence[Evidence] = (PROSE,)) -> list[Span]:
    """The formulas in running text, and near misses, in order and apart."""
    if not _TRIGGER.search(text):
        return []
    return list(_Scan(text, symbols, context).spans())


def _is_several(text: str) -> bool:
    """Whether commas or semicolons part several statements: `v = βv + ∇L; w = w - ηv`."""
    depth, related, statements = 0, False, 0
    previous: Token | None = None
    found = tokens(text)
    if any(token.text in ("otherwise", "else") for token in found):
        return False
    for token in (*found, Token(Kind.COMMA, ",", False, 0, 0)):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth == 0 and token.kind in (Kind.COMMA, Kind.SEMICOLON):
            statements += related
            related = False
        if depth == 0 and token.text == ":" and previous is not None and previous.kind is Kind.WORD:
            return True
        previous = token
        related = related or token.kind is Kind.RELATION or token.text in ("←", "<-")
    return statements > 1


class _Scan:
    """One text on its way to spans. Each token is of a class: a part of formulas, a word, or a barrier."""

    def __init__(self, text: str, symbols: Iterable[str], context: Sequence[Evidence]) -> None:
        self.text = text
        self.symbols = tuple(symbols)
        self.context = context
        self.tokens = tokens(text)
        self.partner = _partners(self.tokens)
        self.classes: list[str] = []
        for at in range(len(self.tokens)):
            self.classes.append(self.classify(at))
        self.close_brackets()
        self.attach()

    def token(self, at: int) -> Token | None:
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def glued(self, at: int) -> bool:
        """Whether no white space stands before the token."""
        return 0 < at < len(self.tokens) and not self.tokens[at].spaced

    # --- classes: m mathematics, o operator, w word, b barrier -----------------------------------------

    def classify(self, at: int) -> str:
        token, before, after = self.tokens[at], self.token(at - 1), self.token(at + 1)
        match token.kind:
            case Kind.OTHER:
                return "b"
            case Kind.COMMA | Kind.SEMICOLON:
                return "m" if self.enumerates(at) else "b"
            case Kind.RELATION if token.text == ":":
                return "o" if self.is_signature(at) else "b"
            case Kind.ARROW:
                return "o" if self.is_limit(at) else "b"
            case Kind.WORD:
                return self.classify_word(at)
            case Kind.SUM if token.text in "-–" and self.is_hyphen(at):
                return "w"
            case Kind.SLASH if self.is_alternative(at):
                return "w"
            case Kind.LETTER if token.text in ("a", "A", "I") and self.is_article(at):
                return "w"
            case Kind.NUMBER if before and before.kind is Kind.WORD and token.spaced and self.is_counted(at):
                return "w"
            case Kind.POSTFIX if before and before.kind is Kind.NUMBER and self.classes[-1] == "w":
                return "w"
            case Kind.OPEN | Kind.CLOSE if self.partner.get(at) is None:
                return "b"
            case _:
                del after
                return "o" if token.kind in _OPERATORS else "m"

    def classify_word(self, at: int) -> str:
        token, before, after = self.tokens[at], self.token(at - 1), self.token(at + 1)
        if before and not token.spaced and before.kind is Kind.NUMBER and len(token.text) < 4:
            return "m"
        if token.text in CONNECTIVES:
            return "m" if token.text == "mod" else "w"
        if self.is_differential(at):
            return "m"
        if (
            after
            and not after.spaced
            and (after.kind in (Kind.UNDERSCORE, Kind.SUB, Kind.SUP, Kind.CARET) or after.text == "(")
        ):
            return "m"
        if (
            before
            and not token.spaced
            and before.kind
            in (
                Kind.UNDERSCORE,
                Kind.NUMBER,
                Kind.LETTER,
                Kind.SUB,
                Kind.SUP,
                Kind.CLOSE,
                Kind.PREFIX,
                Kind.CARET,
                Kind.CONSTANT,
                Kind.PRIME,
                Kind.BIG,
                Kind.ROOT,
            )
        ):
            return "m"
        if (
            token.text in BARE_FUNCTIONS
            and after
            and after.kind
            in (
                Kind.LETTER,
                Kind.NUMBER,
                Kind.OPEN,
                Kind.PREFIX,
                Kind.BIG,
                Kind.BAR,
                Kind.ROOT,
                Kind.CONSTANT,
            )
            and not (
                after.kind is Kind.OPEN and after.spaced and before is not None and before.kind is Kind.WORD
            )
        ):
            return "m"
        if token.text in UNITS and before and before.kind is Kind.NUMBER:
            return "m"
        return "w"

    def is_differential(self, at: int) -> bool:
        """`dx` beside mathematics."""
        if not _DIFFERENTIAL.fullmatch(self.tokens[at].text):
            return False
        before, after = self.token(at - 1), self.token(at + 1)
        if (before is not None and before.kind not in (Kind.WORD, Kind.OTHER)) or (
            before is not None and _DIFFERENTIAL.fullmatch(before.text)
        ):
            return True
        return after is not None and after.kind in (Kind.SLASH, Kind.RELATION)

    def enumerates(self, at: int) -> bool:
        """Whether a comma parts the items of `x₁, x₂, …, xₙ`."""
        if self.tokens[at].kind is Kind.SEMICOLON:
            return False
        for step in (1, -1):
            place = at + step
            while (token := self.token(place)) and token.kind in (
                Kind.LETTER,
                Kind.NUMBER,
                Kind.SUB,
                Kind.SUP,
                Kind.COMMA,
                Kind.CONSTANT,
                Kind.UNDERSCORE,
            ):
                if token.text in ("...", "…", "⋯"):
                    return True
                place += step
        return False

    def is_signature(self, at: int) -> bool:
        """`f: X → Y`."""
        before = self.token(at - 1)
        ahead = self.tokens[at + 1 : at + 6]
        return (
            before is not None
            and before.kind in (Kind.LETTER, Kind.SUB)
            and self.glued(at)
            and any(token.kind is Kind.ARROW for token in ahead)
        )

    def is_limit(self, at: int) -> bool:
        """Whether an arrow has symbols on both sides; between words it is a flow."""
        token, before, after = self.tokens[at], self.token(at - 1), self.token(at + 1)
        if before is None or after is None or before.kind in (Kind.WORD, Kind.OTHER):
            return False
        if token.text in ("<-", "->", "=>") and (not token.spaced) != (not after.spaced):
            return False
        if token.text in ("⇒", "=>", "⟹", "⇔", "⟺", "↑", "↓", "↔"):
            return token.text in "⇔⟺" and after.kind is not Kind.WORD
        if after.kind is Kind.WORD or after.kind is Kind.OTHER:
            return False
        if token.text in ("←", "<-", "↦", "⇌", "⇋"):
            return True
        target = self.token(at + 2)
        signed = after.kind is Kind.SUM and target is not None and target.kind in (Kind.NUMBER, Kind.CONSTANT)
        if after.kind is Kind.CONSTANT or signed:
            return before.kind not in (Kind.NUMBER,)
        if after.kind is Kind.NUMBER:
            return before.kind in (Kind.LETTER, Kind.SUB, Kind.CLOSE) and self.is_alone(at + 1)
        if before.kind is Kind.CLOSE or after.text in (r"\Theta", r"\Omega"):
            return False
        return is_sign(before) or is_sign(after) or before.kind in (Kind.SUB, Kind.SUP)

    def is_alone(self, at: int) -> bool:
        after = self.token(at + 1)
        return after is None or after.kind not in (Kind.LETTER, Kind.WORD) or after.spaced

    def is_hyphen(self, at: int) -> bool:
        before, after = self.token(at - 1), self.token(at + 1)
        if before is None or after is None or self.tokens[at].spaced or after.spaced:
            return False
        wordy = [token.kind is Kind.WORD and token.text not in FUNCTIONS for token in (before, after)]
        return (wordy[0] and (wordy[1] or after.kind in (Kind.LETTER, Kind.NUMBER))) or (
            wordy[1] and before.kind in (Kind.LETTER, Kind.NUMBER) and len(after.text) > 2
        )

    def is_alternative(self, at: int) -> bool:
        """`and/or`: a slash glued between two words that no other sign binds."""
        before, after = self.token(at - 1), self.token(at + 1)
        if before is None or after is None or self.tokens[at].spaced or after.spaced:
            return False
        if before.kind is not Kind.WORD or after.kind is not Kind.WORD:
            return False
        if _DIFFERENTIAL.fullmatch(before.text) and _DIFFERENTIAL.fullmatch(after.text):
            return False
        if any(re.search(r"[a-z][A-Z]", token.text) and len(token.text) < 4 for token in (before, after)):
            return False
        outer = (self.token(at - 2), self.token(at + 2))
        return not any(token is not None and token.kind in _OPERATORS for token in outer)

    def is_article(self, at: int) -> bool:
        before, after = self.token(at - 1), self.token(at + 1)
        if (
            after is None
            or not after.spaced
            or after.kind in _OPERATORS
            or after.kind in (Kind.CLOSE, Kind.COMMA)
        ):
            return False
        return before is None or (self.tokens[at].spaced and before.kind not in _OPERATORS)

    def is_counted(self, at: int) -> bool:
        """A number that belongs to the word before it: `step 2 w = …`."""
        after = self.token(at + 1)
        if after is not None and after.kind is Kind.POSTFIX:
            after = self.token(at + 2)
        before = self.token(at - 1)
        if before is not None and before.text in ("mod", *BARE_FUNCTIONS):
            return False
        if after is None or after.text in ("if", "when"):
            return False
        return after.spaced and after.kind not in _OPERATORS

    def close_brackets(self) -> None:
        """Brackets around prose are barriers; those around mathematics hide the words in them."""
        for start, end in sorted(self.partner.items(), key=lambda pair: pair[1] - pair[0]):
            if start > end:
                continue
            inner = range(start + 1, end)
            called = self.is_called(start, end)
            for at in inner:
                if self.tokens[at].kind in (Kind.COMMA, Kind.SEMICOLON) or self.tokens[at].text == ":":
                    self.classes[at] = "o"
            holds = not any(self.classes[at] == "b" for at in inner) and all(
                self.is_bound(at, called or self.tokens[start].text != "(")
                for at in inner
                if self.classes[at] == "w"
            )
            holds = holds and not self.is_aside(start, inner)
            if not holds:
                self.classes[start] = self.classes[end] = "b"
                for at in inner:
                    if self.tokens[at].kind in (Kind.COMMA, Kind.SEMICOLON) or self.tokens[at].text == ":":
                        self.classes[at] = "b"
            else:
                for at in inner:
                    self.classes[at] = "m"
                self.classes[start] = self.classes[end] = "m"

    def is_called(self, start: int, end: int) -> bool:
        """Whether a bracket belongs to what stands against it: an argument, a base, an exponent, a divisor."""
        before, after = self.token(start - 1), self.token(end + 1)
        if before is not None and self.glued(start) and self.classes[start - 1] in "mo":
            return True
        if (
            before is not None
            and before.kind in (Kind.SLASH, Kind.PRODUCT)
            and self.classes[start - 1] == "o"
        ):
            return True
        bound = (Kind.SUB, Kind.SUP, Kind.CARET, Kind.UNDERSCORE, Kind.SLASH, Kind.PRIME)
        return after is not None and not after.spaced and after.kind in bound

    def is_aside(self, start: int, inner: range) -> bool:
        """A bracket apart from the operand before it that holds numbers only or a statement of its own."""
        before = self.token(start - 1)
        if (
            before is None
            or not self.tokens[start].spaced
            or before.kind in _OPERATORS
            or before.kind is Kind.OPEN
        ):
            return False
        if (
            before.kind in (Kind.BIG, Kind.ROOT, Kind.PREFIX, Kind.COMMA, Kind.BAR)
            or before.text in FUNCTIONS
        ):
            return False
        inside = [self.tokens[at] for at in inner]
        numbers = all(token.kind in (Kind.NUMBER, Kind.COMMA, Kind.SUM, Kind.POSTFIX) for token in inside)
        words = all(token.kind in (Kind.WORD, Kind.SUM, Kind.SLASH) for token in inside)
        return numbers or words or any(token.kind is Kind.RELATION for token in inside)

    def is_bound(self, at: int, called: bool) -> bool:
        """Whether a word in brackets stands between signs, or alone as an argument."""
        token, before, after = self.tokens[at], self.token(at - 1), self.token(at + 1)
        if token.text in CONNECTIVES:
            return True
        if token.kind is not Kind.WORD or before is None or after is None:
            return False
        if called and len(token.text) < 3 and token.text not in WORDS_OF_LANGUAGE:
            return True
        edges = (Kind.OPEN, Kind.CLOSE, Kind.COMMA, Kind.BAR, Kind.SEMICOLON)
        left = before.kind in _OPERATORS or (before.kind in edges and (called or after.kind in _OPERATORS))
        right = after.kind in _OPERATORS or (after.kind in edges and (called or before.kind in _OPERATORS))
        return left and right

    def attach(self) -> None:
        """Words beside an operator are operands."""
        for at, token in enumerate(self.tokens):
            if self.classes[at] != "w" or token.kind is not Kind.WORD or token.text in CONNECTIVES:
                continue
            before, after = self.token(at - 1), self.token(at + 1)
            left = before is not None and self.classes[at - 1] == "o" and before.kind is not Kind.ARROW
            right = after is not None and self.classes[at + 1] == "o" and after.kind is not Kind.ARROW
            if after is not None and after.text in "-−+±" and after.spaced and self.glued(at + 2):
                right = False  # a sign in front of what follows
            if token.text in WORDS_OF_LANGUAGE and not (left and right):
                continue
            if left or right:
                self.classes[at] = "m"

    # --- segments --------------------------------------------------------------------------------------

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
            if token.kind is Kind.OTHER:
                break
            if token.text == "otherwise":
                stop = at + 1
                if self.tokens[at - 1].kind in (Kind.COMMA, Kind.SEMICOLON):
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
        start = self.with_name(start)
        while end > start and self.tokens[end - 1].kind is Kind.ARROW:
            end -= 1
        while end > start and self.tokens[start].kind is Kind.ARROW:
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
        if self.tokens[end - 1].kind is Kind.COMMA:
            end -= 1
        if self.partner.get(start) == end - 1 and self.is_parenthesis(start, end):
            start, end = start + 1, end - 1
        place, stop = self.tokens[start].start, self.tokens[end - 1].end
        context = [*self.context, *self.surroundings(start, end)]
        return Span(place, stop, judge(self.text[place:stop], self.symbols, context))

    def is_cut(self, start: int, end: int) -> bool:
        """Whether a sign at an end has no operand, or one beyond a barrier."""
        first, last = self.tokens[start], self.tokens[end - 1]
        if last.kind in _OPERATORS:
            return not (last.text in "*+-" and not last.spaced)
        if first.kind in (Kind.CARET, Kind.UNDERSCORE, Kind.SLASH, Kind.PRODUCT):
            return True
        if first.kind is Kind.RELATION:
            return first.text == "=" or start > 0
        unary = first.text in "-−+±" and end - start > 1 and not self.tokens[start + 1].spaced
        return first.kind is Kind.SUM and not unary

    def is_parenthesis(self, start: int, end: int) -> bool:
        """Whether brackets around a whole segment are the sentence's: `(Wx + b)`, but `(1-p)` is a factor."""
        inside = self.tokens[start + 1 : end - 1]
        wide = any(token.spaced for token in inside[1:])
        return (
            self.tokens[start].text == "("
            and (wide or len(inside) == 1)
            and Kind.COMMA not in [t.kind for t in inside]
        )

    def is_torn(self, start: int, end: int) -> bool:
        """Whether what stands against an end without white space is more than punctuation."""
        before, after = self.token(start - 1), self.token(end)
        if before is not None and not self.tokens[start].spaced:
            if before.kind in (Kind.CLOSE, Kind.WORD) or before.text in "%#@&$\\" or before.text.isalnum():
                return True
            if before.kind in (Kind.SUM, Kind.SLASH) and self.classes[start - 1] == "w":
                return True
        if after is not None and not after.spaced:
            if after.kind in (Kind.OPEN, Kind.WORD) or after.text in "#@&$\\%" or after.text.isalnum():
                return True
            follows = self.token(end + 1)
            if after.text == "." and follows is not None and not follows.spaced:
                return True
            if after.kind in (Kind.SUM, Kind.SLASH) and self.classes[end] == "w":
                return True
        return (
            "…" in (self.tokens[start].text, self.tokens[end - 1].text[:1])
            and end - start > 1
            and not any(
                token.kind in (Kind.COMMA, Kind.SUM, Kind.PRODUCT) for token in self.tokens[start:end]
            )
        )

    def with_name(self, start: int) -> int:
        """The start moved left over the other words of a name: `learning rate = …`."""
        name, after = self.tokens[start], self.token(start + 1)
        if (
            name.kind is not Kind.WORD
            or len(name.text) < 3
            or name.text.isupper()
            or after is None
            or after.text not in ("=", "≈", "∝", "≔", ":=")
        ):
            return start
        first = start
        while (word := self.token(first - 1)) and word.kind is Kind.WORD and self.classes[first - 1] == "w":
            if word.text.lower() in _ENDS_NAMES:
                return first
            first -= 1
        if start - first > 4:
            return start
        return first

    def surroundings(self, start: int, end: int) -> Iterator[Evidence]:
        last, after = self.tokens[end - 1], self.token(end)
        if last.kind is Kind.WORD and after is not None and after.kind is Kind.WORD:
            before_last = self.token(end - 2)
            named = (
                before_last is not None and self.classes[end - 2] == "o" and before_last.kind in _OPERATORS
            )
            if named and last.text not in UNITS and after.text.lower() not in _ENDS_NAMES and end - start > 1:
                yield Evidence(-4, "the words behind it go on")
        first, before = self.tokens[start], self.token(start - 1)
        if first.kind is Kind.WORD and before is not None and before.kind is Kind.WORD:
            bound = self.token(start + 1)
            long = len(first.text) > 2 and not first.text.isupper()
            if (
                long
                and bound is not None
                and bound.kind is Kind.RELATION
                and before.text.lower() not in _ENDS_NAMES
            ):
                yield Evidence(-4, "the words before it belong to it")


def _partners(found: Sequence[Token]) -> dict[int, int]:
    """Brackets and their partners, both ways; those without one are left out."""
    partners: dict[int, int] = {}
    stack: list[int] = []
    for at, token in enumerate(found):
        if token.kind is Kind.OPEN:
            stack.append(at)
        elif token.kind is Kind.CLOSE and stack:
            opening = found[stack[-1]].text
            if BRACKETS[opening] == token.text or {opening, token.text} <= {"(", "[", ")", "]"}:
                partners[stack[-1]], partners[at] = at, stack[-1]
                stack.pop()
    return partners
