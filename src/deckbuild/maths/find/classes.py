"""What each token of a running text is: a part of mathematics, an operator, a word, or a barrier."""

from __future__ import annotations

from deckbuild.maths.find.neighbours import OPERATORS, Neighbours
from deckbuild.maths.tokens.token import Role
from deckbuild.maths.tokens.words import BARE_FUNCTIONS, CONNECTIVES, WORDS_OF_LANGUAGE

_ARGUMENTS = frozenset(
    {Role.LETTER, Role.NUMBER, Role.OPEN, Role.PREFIX, Role.BIG, Role.BAR, Role.ROOT, Role.CONSTANT}
)
"""What the argument of a function begins with where it has no bracket."""

_BINDS_BEHIND = _ARGUMENTS - {Role.OPEN, Role.BAR} | {
    Role.UNDERSCORE,
    Role.CARET,
    Role.SUB,
    Role.SUP,
    Role.CLOSE,
    Role.PRIME,
}
"""What makes a word that stands against it a part of mathematics."""


class Classified(Neighbours):
    """The tokens of a text with their classes: `m` mathematics, `o` operator, `w` word, `b` barrier."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.classes: list[str] = []
        for at in range(len(self.tokens)):
            self.classes.append(self.classify(at))
        self.close_brackets()
        self.attach()

    def classify(self, at: int) -> str:
        """The class of a token, from its neighbours."""
        token, before = self.tokens[at], self.token(at - 1)
        match token.role:
            case Role.OTHER:
                return "b"
            case Role.COMMA | Role.SEMICOLON:
                return "m" if self.enumerates(at) else "b"
            case Role.RELATION if token.text == ":":
                return "o" if self.is_signature(at) else "b"
            case Role.ARROW:
                return "o" if self.is_limit(at) else "b"
            case Role.WORD:
                return self.classify_word(at)
            case Role.SUM if token.text in "-–" and self.is_hyphen(at):
                return "w"
            case Role.SLASH if self.is_alternative(at):
                return "w"
            case Role.LETTER if token.text in ("a", "A", "I") and self.is_article(at):
                return "w"
            case Role.NUMBER if before and before.role is Role.WORD and token.spaced and self.is_counted(at):
                return "w"
            case Role.POSTFIX if before and before.role is Role.NUMBER and self.classes[-1] == "w":
                return "w"
            case Role.OPEN | Role.CLOSE if self.partner.get(at) is None:
                return "b"
            case _:
                return "o" if token.role in OPERATORS else "m"

    def classify_word(self, at: int) -> str:
        """The class of a word."""
        token, before, after = self.tokens[at], self.token(at - 1), self.token(at + 1)
        if before and not token.spaced and before.role is Role.NUMBER and len(token.text) < 4:
            return "m"
        if token.text in CONNECTIVES:
            return "m" if token.text == "mod" else "w"
        if self.is_differential(at) or self.is_index_label(at):
            return "m"
        if (
            after
            and not after.spaced
            and (after.role in (Role.UNDERSCORE, Role.SUB, Role.SUP, Role.CARET) or after.text == "(")
        ):
            return "m"
        if before and not token.spaced and before.role in _BINDS_BEHIND:
            return "m"
        if (
            token.text in BARE_FUNCTIONS
            and after
            and after.role in _ARGUMENTS
            and not (after.text == "(" and after.spaced and before is not None and before.role is Role.WORD)
        ):
            return "m"
        return "w"

    def close_brackets(self) -> None:
        """Brackets around prose are barriers; those around mathematics hide the words in them."""
        for start, end in sorted(self.partner.items(), key=lambda pair: pair[1] - pair[0]):
            if start > end:
                continue
            inner = range(start + 1, end)
            called = self.is_called(start, end)
            for at in inner:
                if self.tokens[at].role in (Role.COMMA, Role.SEMICOLON) or self.tokens[at].text == ":":
                    self.classes[at] = "o"
            holds = not any(self.classes[at] == "b" for at in inner) and (
                self.is_probability(start)
                or all(
                    self.is_bound(at, called or self.tokens[start].text != "(")
                    for at in inner
                    if self.classes[at] == "w"
                )
            )
            holds = holds and not self.is_aside(start, inner)
            if not holds:
                self.classes[start] = self.classes[end] = "b"
                for at in inner:
                    if self.tokens[at].role in (Role.COMMA, Role.SEMICOLON) or self.tokens[at].text == ":":
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
            and before.role in (Role.SLASH, Role.PRODUCT)
            and self.classes[start - 1] == "o"
        ):
            return True
        bound = (Role.SUB, Role.SUP, Role.CARET, Role.UNDERSCORE, Role.SLASH, Role.PRIME)
        return after is not None and not after.spaced and after.role in bound

    def is_bound(self, at: int, called: bool) -> bool:
        """Whether a word in brackets stands between signs, or alone as an argument."""
        token, before, after = self.tokens[at], self.token(at - 1), self.token(at + 1)
        if token.text in CONNECTIVES:
            return True
        if token.role is not Role.WORD or before is None or after is None:
            return False
        if called and len(token.text) < 3 and token.text not in WORDS_OF_LANGUAGE:
            return True
        edges = (Role.OPEN, Role.CLOSE, Role.COMMA, Role.BAR, Role.SEMICOLON)
        left = before.role in OPERATORS or (before.role in edges and (called or after.role in OPERATORS))
        right = after.role in OPERATORS or (after.role in edges and (called or before.role in OPERATORS))
        return left and right

    def attach(self) -> None:
        """Words beside an operator are operands."""
        for at, token in enumerate(self.tokens):
            if self.classes[at] != "w" or token.role is not Role.WORD or token.text in CONNECTIVES:
                continue
            before, after = self.token(at - 1), self.token(at + 1)
            left = before is not None and self.classes[at - 1] == "o" and before.role is not Role.ARROW
            right = after is not None and self.classes[at + 1] == "o" and after.role is not Role.ARROW
            if after is not None and after.text in "-−+±" and after.spaced and self.glued(at + 2):
                right = False  # a sign in front of what follows
            ends = after is None or after.text in (".", ",", ";")
            if token.text in WORDS_OF_LANGUAGE and not (left and (right or ends)):
                continue
            if left or right:
                self.classes[at] = "m"
