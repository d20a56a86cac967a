"""What the neighbours of a sign say of it, in a text of words and formulas.

A comma parts a sentence or two arguments, an arrow two steps or a limit, a slash two words or a fraction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.maths.tokens.letters import is_label
from deckbuild.maths.tokens.lexer import tokens
from deckbuild.maths.tokens.signs import BRACKETS, GREEK
from deckbuild.maths.tokens.token import Kind, Token
from deckbuild.maths.tokens.words import BARE_FUNCTIONS, FUNCTIONS, PROBABILITIES, SUBSTANCE
from deckbuild.maths.weigh.evidence import is_sign, is_unit

OPERATORS = frozenset(
    {Kind.RELATION, Kind.ARROW, Kind.SUM, Kind.PRODUCT, Kind.SLASH, Kind.CARET, Kind.UNDERSCORE}
)

_NAME = 20
"""Characters of the longest name of a substance that is read beside an arrow."""

_CONSUMED = re.compile(rf"(?<![A-Za-z])(?:{SUBSTANCE})+\s*$")
_PRODUCED = re.compile(rf"\s*\d*(?:{SUBSTANCE})+(?![A-Za-z])")
_DIFFERENTIAL = re.compile(r"d(?![oBCb])[a-zA-Z]")


class Neighbours:
    """The tokens of a text, their brackets, and questions about single places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.partner = _partners(self.tokens)

    def token(self, at: int) -> Token | None:
        """The token at a place; None outside of the text."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def glued(self, at: int) -> bool:
        """Whether no white space stands before the token."""
        return 0 < at < len(self.tokens) and not self.tokens[at].spaced

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
        """Whether a comma parts the items of `x₁, x₂, …, xₙ` or `0, ±1`, or belongs to an index."""
        if self.tokens[at].kind is Kind.SEMICOLON:
            return False
        after = self.token(at + 1)
        if self.is_index_label(at + 1) or (after is not None and after.text == "±"):
            return True
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

    def is_index_label(self, at: int) -> bool:
        """`post` in `Y_T,post`: a word glued to an index by a comma."""
        word, index = self.token(at), self.token(at - 3)
        return (
            word is not None
            and is_label(word)
            and all(map(self.glued, range(at - 3, at + 1)))
            and self.tokens[at - 1].kind is Kind.COMMA
            and index is not None
            and index.kind is Kind.UNDERSCORE
        )

    def is_probability(self, opening: int) -> bool:
        """Whether a bracket holds an event, which may be told in words: `P(no rain | clouds)`."""
        return self.glued(opening) and self.tokens[opening - 1].text in PROBABILITIES

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
        if self.is_reaction(token):
            return True
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
            return before.kind in (Kind.LETTER, Kind.SUB, Kind.SUP, Kind.CLOSE) and self.is_alone(at + 1)
        if before.kind is Kind.CLOSE or after.text in (r"\Theta", r"\Omega"):
            return False
        return is_sign(before) or is_sign(after) or before.kind in (Kind.SUB, Kind.SUP)

    def is_reaction(self, arrow: Token) -> bool:
        """`2H₂ + O₂ → 2H₂O`: whether substances stand on both sides of an arrow, a compound among them."""
        before = _CONSUMED.search(self.text[max(0, arrow.start - _NAME) : arrow.start])
        after = _PRODUCED.match(self.text[arrow.end : arrow.end + _NAME])
        if before is None or after is None:
            return False
        compound = any(len(re.findall(SUBSTANCE, side[0])) > 1 for side in (before, after))
        return compound and re.search("[₂-₉]", before[0] + after[0]) is not None

    def is_alone(self, at: int) -> bool:
        """Whether nothing stands against the token behind it."""
        after = self.token(at + 1)
        return after is None or after.kind not in (Kind.LETTER, Kind.WORD) or after.spaced

    def is_hyphen(self, at: int) -> bool:
        """Whether a minus joins two words, or a word and what counts it."""
        before, after = self.token(at - 1), self.token(at + 1)
        if before is None or after is None or self.tokens[at].spaced or after.spaced:
            return False
        outer = self.token(at - 2)
        if after.text in GREEK.values() and outer is not None and outer.kind in (Kind.OPEN, *OPERATORS):
            return False  # `(1-rho)`, but `5-alpha`
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
        if all(token is not None and token.kind in (Kind.OPEN, Kind.CLOSE) for token in outer):
            return not (before.text.isupper() and after.text.isupper())
        return not any(token is not None and token.kind in OPERATORS for token in outer)

    def is_article(self, at: int) -> bool:
        """Whether the letter is the article of an English sentence; in `a sin θ` it is a factor."""
        before, after = self.token(at - 1), self.token(at + 1)
        if (
            after is None
            or not after.spaced
            or after.text in ("sin", "cos", "tan")
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
        if after is None or after.text in ("if", "when") or is_unit(after):
            return False
        return after.spaced and after.kind not in OPERATORS

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
        if before.kind is Kind.NUMBER and not any(t.kind in OPERATORS or t.text == "mod" for t in inside):
            return True
        numbers = all(token.kind in (Kind.NUMBER, Kind.COMMA, Kind.SUM, Kind.POSTFIX) for token in inside)
        words = all(token.kind in (Kind.WORD, Kind.SUM, Kind.SLASH) for token in inside)
        return numbers or words or any(token.kind is Kind.RELATION for token in inside)


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
