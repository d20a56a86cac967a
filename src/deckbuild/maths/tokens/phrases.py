"""Names of several words in calculations that are told in words, each as one token.

`Net income / (Total assets − Cash)` has three operands. What stands in brackets behind a name belongs to it, a unit
or its letter: `Weight (kg) / Height (m)²`. An `x` between two operands is a cross.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens.accents import is_ideographic
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tokens.units import is_measure, is_unit
from deckbuild.maths.tokens.words import CONNECTIVES, FUNCTIONS, TEX_FUNCTIONS

_BETWEEN = CONNECTIVES - {"and", "for", "with", "as"}
"""Words that join formulas, and never parts of a name."""

_OPERANDS = frozenset({Role.NUMBER, Role.WORD, Role.CLOSE, Role.POSTFIX, Role.LETTER, Role.UNIT, Role.SUB})
_REMARKS = frozenset(
    {
        Role.WORD,
        Role.LETTER,
        Role.UNIT,
        Role.NUMBER,
        Role.COMMA,
        Role.SUP,
        Role.SUB,
        Role.SLASH,
        Role.POSTFIX,
        Role.OTHER,
    }
)
_LETTERS = frozenset({Role.WORD, Role.LETTER, Role.NUMBER, Role.SUB, Role.OTHER})
_LONGEST_REMARK = 9
_NAME = regex(r"[^\W\d_]{3,}")
_SPARE = regex(r"[%#№°]")
_NUMBERED = regex(r"\d[\d.,]*\s?[A-Za-z(]\w?$")
"""`(2n)`: a product."""


def phrased(text: str, found: Sequence[Token]) -> list[Token]:
    """The tokens of a text, with each name of several words as one word."""
    crossed = _crossed(found)
    made: list[Token] = []
    at = 0
    while at < len(crossed):
        measured = _measure(text, crossed, at)
        end = measured or max(_end(text, crossed, at), at + 1)
        first, last = crossed[at], crossed[end - 1]
        role = Role.UNIT if measured else first.role if end == at + 1 else Role.WORD
        name = first.text if end == at + 1 else " ".join(text[first.start : last.end].split())
        made.append(Token(role, name, first.spaced, first.start, last.end))
        at = end
    return made


def _crossed(found: Sequence[Token]) -> list[Token]:
    """The tokens with crosses for an `x` between operands, where every `x` stands between two."""
    made = list(found)
    for at, token in enumerate(found):
        if token.role is not Role.LETTER or token.text not in ("x", "X"):
            continue
        before, after = (made[at - 1] if at else None), (found[at + 1] if at + 1 < len(found) else None)
        left = before is not None and before.role in _OPERANDS and (token.spaced or before.role is Role.CLOSE)
        right = after is not None and (
            after.role in (Role.NUMBER, Role.SUB)
            or (after.spaced and after.role in (Role.WORD, Role.OPEN, Role.LETTER))
        )
        if not (left and right):
            return list(found)
        made[at] = replace(token, role=Role.PRODUCT, text="×")
        if after is not None and after.role is Role.SUB:
            made[at + 1] = replace(after, role=Role.NUMBER)
    return made


def _end(text: str, found: Sequence[Token], at: int) -> int:
    """The place behind the name that begins at a token; the place itself where none does."""
    if (end := _glued(found, at)) > at:
        return end
    if not _begins(found, at):
        return at
    end = at + 1
    while end < len(found):
        token, before, after = found[end], found[end - 1], found[end + 1] if end + 1 < len(found) else None
        if _is_part(token, after) and token.spaced:
            end += 1
        elif (
            token.text in "-–,"
            and not token.spaced
            and after is not None
            and before.role is Role.WORD
            and after.role is Role.WORD
            and len(after.text) > 2
            and after.spaced == (token.text == ",")
        ):
            end += 2
        elif token.text in ("(", "[") and (stop := _remark(text, found, end)):
            end = stop
        else:
            break
    return end if _NAME.search(text, found[at].start, found[end - 1].end) else at


def _glued(found: Sequence[Token], at: int) -> int:
    """The place behind letters and digits with ideographs against them, `X1年残高`; the place itself for others."""
    end = at
    while end < len(found) and found[end].role in _LETTERS and (end == at or not found[end].spaced):
        end += 1
    return (
        end if end > at and is_ideographic(found[end - 1].text) and not is_ideographic(found[at].text) else at
    )


def _begins(found: Sequence[Token], at: int) -> bool:
    """Whether a name may begin with the token."""
    token, after = found[at], found[at + 1] if at + 1 < len(found) else None
    if _SPARE.fullmatch(token.text):
        return after is not None and after.role is Role.WORD
    if token.role is not Role.WORD or token.text in CONNECTIVES or _is_called(after):
        return False
    named = after is not None and after.role is Role.WORD and token.text not in TEX_FUNCTIONS
    return token.text not in FUNCTIONS or named


def _is_part(token: Token, after: Token | None) -> bool:
    """Whether a token may stand inside of a name: a word, or a letter by itself, but no function."""
    if token.role is Role.WORD:
        return token.text not in _BETWEEN and token.text not in TEX_FUNCTIONS and not _is_called(after)
    alone = after is None or after.spaced or after.role in (Role.CLOSE, Role.COMMA)
    return token.role is Role.LETTER and token.text.isalpha() and alone


def _is_called(after: Token | None) -> bool:
    """Whether a word is a function that is called: `ABS(…)`."""
    return after is not None and after.text == "(" and not after.spaced


def _measure(text: str, found: Sequence[Token], at: int) -> int:
    """The place behind a unit that stands for its quantity, `kg`, `mL/hr`, and begins at a token; else 0."""
    if found[at].role not in (Role.WORD, Role.LETTER) or (
        at and not found[at].spaced and found[at - 1].text != "("
    ):
        return 0
    for end in range(min(len(found), at + 6), at, -1):
        inner, after = found[at:end], found[end] if end < len(found) else None
        if any(token.spaced for token in inner[1:]) or (
            after and not after.spaced and after.role is not Role.CLOSE
        ):
            continue
        if is_measure(text[inner[0].start : inner[-1].end]):
            return end if after is None or after.role is not Role.WORD else 0
    return 0


def _remark(text: str, found: Sequence[Token], at: int) -> int:
    """The place behind brackets that tell more of the name before them; 0 where they are a factor."""
    inner: list[Token] = []
    for end in range(at + 1, min(len(found), at + 2 + _LONGEST_REMARK)):
        if found[end].role is Role.CLOSE:
            content = text[found[at].end : found[end].start].strip()
            apart = found[at].spaced or is_unit(content)
            named = (
                any(token.role in (Role.WORD, Role.LETTER, Role.UNIT) for token in inner) or content == "%"
            )
            return end + 1 if apart and named and not _NUMBERED.match(content) else 0
        if found[end].role not in _REMARKS and not (found[end].text in "-–·" and not found[end].spaced):
            return 0
        inner.append(found[end])
    return 0
