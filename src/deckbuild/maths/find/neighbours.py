"""What the neighbours of a sign say of it, in a text of words and formulas.

A comma parts a sentence or two arguments, an arrow two steps or a limit, a slash two words or a fraction.
"""

from __future__ import annotations

import re

from deckbuild.machine.regex import regex
from deckbuild.maths.find.line import TokenLine
from deckbuild.maths.tokens.letters import is_label
from deckbuild.maths.tokens.signs import GREEK_NAMES
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tokens.words import BARE_FUNCTIONS, FUNCTIONS, PROBABILITIES, SUBSTANCE
from deckbuild.maths.weigh.evidence import is_sign, is_unit

OPERATORS = frozenset(
    {Role.RELATION, Role.ARROW, Role.SUM, Role.PRODUCT, Role.SLASH, Role.CARET, Role.UNDERSCORE}
)

_BEFORE, _BEHIND = 8, 3
"""Tokens that are looked at before and behind what joins two equations: an equals sign comes soon behind a symbol."""

_NAME = 20
"""Characters of the longest name of a substance that is read beside an arrow."""

_CONSUMED = regex(rf"(?<![A-Za-z])(?:{SUBSTANCE})+\s*$")
_PRODUCED = regex(rf"\s*\d*(?:{SUBSTANCE})+(?![A-Za-z])")
_DIFFERENTIAL = regex(r"d(?![oBCb])[a-zA-Z]")


def is_differential(line: TokenLine, at: int) -> bool:
    """`dx` beside mathematics."""
    if not _DIFFERENTIAL.fullmatch(line.tokens[at].text):
        return False
    before, after = line.token(at - 1), line.token(at + 1)
    if (before is not None and before.role not in (Role.WORD, Role.OTHER)) or (
        before is not None and _DIFFERENTIAL.fullmatch(before.text)
    ):
        return True
    return after is not None and after.role in (Role.SLASH, Role.RELATION)


def enumerates(line: TokenLine, at: int) -> bool:
    """Whether a comma parts the items of `x₁, x₂, …, xₙ` or `0, ±1`, or belongs to an index."""
    if line.tokens[at].role is Role.SEMICOLON:
        return False
    after = line.token(at + 1)
    if is_index_label(line, at + 1) or (after is not None and after.text == "±"):
        return True
    for step in (1, -1):
        place = at + step
        while (token := line.token(place)) and token.role in (
            Role.LETTER,
            Role.NUMBER,
            Role.SUB,
            Role.SUP,
            Role.COMMA,
            Role.CONSTANT,
            Role.UNDERSCORE,
        ):
            if token.text in ("...", "…", "⋯"):
                return True
            place += step
    return False


def is_index_label(line: TokenLine, at: int) -> bool:
    """`post` in `Y_T,post`: a word glued to an index by a comma."""
    word, index = line.token(at), line.token(at - 3)
    return (
        word is not None
        and is_label(word)
        and all(map(line.glued, range(at - 3, at + 1)))
        and line.tokens[at - 1].role is Role.COMMA
        and index is not None
        and index.role is Role.UNDERSCORE
    )


def is_probability(line: TokenLine, opening: int) -> bool:
    """Whether a bracket holds an event, which may be told in words: `P(no rain | clouds)`."""
    return line.glued(opening) and line.tokens[opening - 1].text in PROBABILITIES


def is_signature(line: TokenLine, at: int) -> bool:
    """`f: X → Y`."""
    before = line.token(at - 1)
    ahead = line.tokens[at + 1 : at + 6]
    return (
        before is not None
        and before.role in (Role.LETTER, Role.SUB)
        and line.glued(at)
        and any(token.role is Role.ARROW for token in ahead)
    )


def is_limit(line: TokenLine, at: int) -> bool:
    """Whether an arrow has symbols on both sides; between words it is a flow."""
    token, before, after = line.tokens[at], line.token(at - 1), line.token(at + 1)
    if _is_reaction(line, token):
        return True
    if before is None or after is None or before.role in (Role.WORD, Role.OTHER):
        return False
    if token.text == "→" and token.spaced and after.spaced and _joins_statements(line, at):
        return True
    if token.text in ("<-", "->", "=>") and (not token.spaced) != (not after.spaced):
        return False
    if token.text in ("⇒", "=>", "⟹", "⇔", "⟺", "↑", "↓", "↔"):
        return token.text in "⇔⟺" and after.role is not Role.WORD
    if after.role is Role.WORD or after.role is Role.OTHER:
        return False
    if token.text in ("←", "<-", "↦", "⇌", "⇋"):
        return True
    target = line.token(at + 2)
    signed = after.role is Role.SUM and target is not None and target.role in (Role.NUMBER, Role.CONSTANT)
    if after.role is Role.CONSTANT or signed:
        return before.role not in (Role.NUMBER,)
    if after.role is Role.NUMBER:
        return before.role in (Role.LETTER, Role.SUB, Role.SUP, Role.CLOSE) and _is_alone(line, at + 1)
    if before.role is Role.CLOSE or after.text in (r"\Theta", r"\Omega"):
        return False
    return is_sign(before) or is_sign(after) or before.role in (Role.SUB, Role.SUP)


def is_conjunction(line: TokenLine, at: int) -> bool:
    """Whether a letter joins two equations as the word of a language: `ΣF = 0 i ΣM = 0`."""
    token, before, after = line.tokens[at], line.token(at - 1), line.token(at + 1)
    return (
        token.text in ("i", "y")
        and token.spaced
        and before is not None
        and before.role not in OPERATORS
        and after is not None
        and after.spaced
        and after.role not in OPERATORS
        and _joins_statements(line, at)
    )


def _joins_statements(line: TokenLine, at: int) -> bool:
    """Whether an equation of symbols stands on either side of a place."""
    sides = line.tokens[max(0, at - _BEFORE) : at], line.tokens[at + 1 : at + 1 + _BEHIND]
    return all(
        any(token.role is Role.RELATION and token.text != ":" for token in side)
        and not any(token.role in (Role.OTHER, Role.ARROW, Role.COMMA) for token in side)
        for side in sides
    )


def _is_reaction(line: TokenLine, arrow: Token) -> bool:
    """`2H₂ + O₂ → 2H₂O`: whether substances stand on both sides of an arrow, a compound among them."""
    before = _CONSUMED.search(line.text[max(0, arrow.start - _NAME) : arrow.start])
    after = _PRODUCED.match(line.text[arrow.end : arrow.end + _NAME])
    if before is None or after is None:
        return False
    compound = any(len(re.findall(SUBSTANCE, side[0])) > 1 for side in (before, after))
    return compound and re.search("[₂-₉]", before[0] + after[0]) is not None


def _is_alone(line: TokenLine, at: int) -> bool:
    """Whether nothing stands against the token behind it."""
    after = line.token(at + 1)
    return after is None or after.role not in (Role.LETTER, Role.WORD) or after.spaced


def is_hyphen(line: TokenLine, at: int) -> bool:
    """Whether a minus joins two words, or a word and what counts it."""
    before, after = line.token(at - 1), line.token(at + 1)
    if before is None or after is None or line.tokens[at].spaced or after.spaced:
        return False
    outer = line.token(at - 2)
    if after.text in GREEK_NAMES and outer is not None and outer.role in (Role.OPEN, *OPERATORS):
        return False  # `(1-rho)`, but `5-alpha`
    wordy = [token.role is Role.WORD and token.text not in FUNCTIONS for token in (before, after)]
    return (wordy[0] and (wordy[1] or after.role in (Role.LETTER, Role.NUMBER))) or (
        wordy[1] and before.role in (Role.LETTER, Role.NUMBER) and len(after.text) > 2
    )


def is_alternative(line: TokenLine, at: int) -> bool:
    """`and/or`: a slash glued between two words that no other sign binds."""
    before, after = line.token(at - 1), line.token(at + 1)
    if before is None or after is None or line.tokens[at].spaced or after.spaced:
        return False
    if before.role is not Role.WORD or after.role is not Role.WORD:
        return False
    if _DIFFERENTIAL.fullmatch(before.text) and _DIFFERENTIAL.fullmatch(after.text):
        return False
    if any(re.search(r"[a-z][A-Z]", token.text) and len(token.text) < 4 for token in (before, after)):
        return False
    outer = (line.token(at - 2), line.token(at + 2))
    if all(token is not None and token.role in (Role.OPEN, Role.CLOSE) for token in outer):
        return not (before.text.isupper() and after.text.isupper())
    return not any(token is not None and token.role in OPERATORS for token in outer)


def is_article(line: TokenLine, at: int) -> bool:
    """Whether the letter is the article of an English sentence; in `a sin θ` it is a factor."""
    before, after = line.token(at - 1), line.token(at + 1)
    if (
        after is None
        or not after.spaced
        or after.text in ("sin", "cos", "tan")
        or after.role in OPERATORS
        or after.role in (Role.CLOSE, Role.COMMA)
    ):
        return False
    return before is None or (line.tokens[at].spaced and before.role not in OPERATORS)


def is_counted(line: TokenLine, at: int) -> bool:
    """A number that belongs to the word before it: `step 2 w = …`."""
    after = line.token(at + 1)
    if after is not None and after.role is Role.POSTFIX:
        after = line.token(at + 2)
    before = line.token(at - 1)
    if before is not None and before.text in ("mod", *BARE_FUNCTIONS):
        return False
    if after is None or after.text in ("if", "when") or is_unit(after):
        return False
    return after.spaced and after.role not in OPERATORS


def is_aside(line: TokenLine, start: int, inner: range) -> bool:
    """A bracket apart from the operand before it that holds numbers only or a statement of its own."""
    before = line.token(start - 1)
    if (
        before is None
        or not line.tokens[start].spaced
        or before.role in OPERATORS
        or before.role is Role.OPEN
    ):
        return False
    if before.role in (Role.BIG, Role.ROOT, Role.PREFIX, Role.COMMA, Role.BAR) or before.text in FUNCTIONS:
        return False
    inside = [line.tokens[at] for at in inner]
    if before.role is Role.NUMBER and not any(t.role in OPERATORS or t.text == "mod" for t in inside):
        return True
    numbers = all(token.role in (Role.NUMBER, Role.COMMA, Role.SUM, Role.POSTFIX) for token in inside)
    words = all(token.role in (Role.WORD, Role.SUM, Role.SLASH) for token in inside)
    return numbers or words or any(token.role is Role.RELATION for token in inside)
