"""What each token of a running text is: a part of mathematics, an operator, a word, or a barrier.

Words and punctuation are ambiguous: a comma parts a sentence or two arguments, an arrow two steps or a limit,
a slash two words or a fraction. The neighbours decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.maths.evidence import is_sign
from deckbuild.maths.letters import UNITS
from deckbuild.maths.lexer import Kind, Token, tokens
from deckbuild.maths.signs import BARE_FUNCTIONS, BRACKETS, CONNECTIVES, FUNCTIONS, WORDS_OF_LANGUAGE

OPERATORS = frozenset(
    {Kind.RELATION, Kind.ARROW, Kind.SUM, Kind.PRODUCT, Kind.SLASH, Kind.CARET, Kind.UNDERSCORE}
)

_DIFFERENTIAL = re.compile(r"d(?![oBCb])[a-zA-Z]")


class Classified:
    """The tokens of a text with their classes: `m` mathematics, `o` operator, `w` word, `b` barrier."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.partner = _partners(self.tokens)
        self.classes: list[str] = []
        for at in range(len(self.tokens)):
            self.classes.append(self.classify(at))
        self.close_brackets()
        self.attach()

    def token(self, at: int) -> Token | None:
        """The token at a place; None outside of the text."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def glued(self, at: int) -> bool:
        """Whether no white space stands before the token."""
        return 0 < at < len(self.tokens) and not self.tokens[at].spaced

    def classify(self, at: int) -> str:
        """The class of a token, from its neighbours."""
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
                return "o" if token.kind in OPERATORS else "m"

    def classify_word(self, at: int) -> str:
        """The class of a word."""
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
        """Whether nothing stands against the token behind it."""
        after = self.token(at + 1)
        return after is None or after.kind not in (Kind.LETTER, Kind.WORD) or after.spaced

    def is_hyphen(self, at: int) -> bool:
        """Whether a minus joins two words, or a word and what counts it."""
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
        return not any(token is not None and token.kind in OPERATORS for token in outer)

    def is_article(self, at: int) -> bool:
        """Whether the letter is the article of an English sentence."""
        before, after = self.token(at - 1), self.token(at + 1)
        if (
            after is None
            or not after.spaced
            or after.kind in OPERATORS
            or after.kind in (Kind.CLOSE, Kind.COMMA)
        ):
            return False
        return before is None or (self.tokens[at].spaced and before.kind not in OPERATORS)

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
        return after.spaced and after.kind not in OPERATORS

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
        """Whether a bracket belongs to what stands against it: as argument, base, exponent or divisor."""
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
            or before.kind in OPERATORS
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
        left = before.kind in OPERATORS or (before.kind in edges and (called or after.kind in OPERATORS))
        right = after.kind in OPERATORS or (after.kind in edges and (called or before.kind in OPERATORS))
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
