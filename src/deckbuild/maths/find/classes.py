"""What each token of a running text is: a part of mathematics, an operator, a word, or a barrier."""

from __future__ import annotations

from deckbuild.maths.find.line import TokenLine
from deckbuild.maths.find.neighbours import (
    OPERATORS,
    enumerates,
    is_alternative,
    is_article,
    is_aside,
    is_conjunction,
    is_counted,
    is_differential,
    is_hyphen,
    is_index_label,
    is_limit,
    is_probability,
    is_signature,
)
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tokens.words import BARE_FUNCTIONS, CONNECTIVES, FUNCTIONS, WORDS_OF_LANGUAGE

_ARGUMENTS = frozenset(
    {Role.LETTER, Role.NUMBER, Role.OPEN, Role.PREFIX, Role.BIG, Role.BAR, Role.ROOT, Role.CONSTANT}
)
"""What the argument of a function begins with where it has no bracket."""

_SAYING = 3
"""Words in a row that say something, and name no quantity of an equation of symbols."""

_BINDS_BEHIND = _ARGUMENTS - {Role.OPEN, Role.BAR} | {
    Role.UNDERSCORE,
    Role.CARET,
    Role.SUB,
    Role.SUP,
    Role.CLOSE,
    Role.PRIME,
}
"""What makes a word that stands against it a part of mathematics."""


def classes_of(line: TokenLine) -> str:
    """The class of each token: `m` mathematics, `o` operator, `w` word, `b` barrier."""
    classes: list[str] = []
    for at in range(len(line.tokens)):
        classes.append(_classify(line, classes, at))
    _close_brackets(line, classes)
    _attach(line, classes)
    return "".join(classes)


def _classify(line: TokenLine, classes: list[str], at: int) -> str:
    """The class of a token, from its neighbours."""
    token, before = line.tokens[at], line.token(at - 1)
    match token.role:
        case Role.OTHER:
            return "b"
        case Role.COMMA | Role.SEMICOLON:
            return "m" if enumerates(line, at) else "b"
        case Role.RELATION if token.text == ":":
            return "o" if is_signature(line, at) else "b"
        case Role.ARROW:
            return "o" if is_limit(line, at) else "b"
        case Role.WORD:
            return _classify_word(line, at)
        case Role.SUM if token.text in "-–" and is_hyphen(line, at):
            return "w"
        case Role.SUM if token.text in "-–" and (_explains(line, at) or _names(line, at)):
            return "b"
        case Role.SLASH if is_alternative(line, at):
            return "w"
        case Role.LETTER if token.text in ("a", "A", "I") and is_article(line, at):
            return "w"
        case Role.LETTER if is_conjunction(line, at):
            return "w"
        case Role.NUMBER if before and before.role is Role.WORD and token.spaced and is_counted(line, at):
            return "w"
        case Role.POSTFIX if before and before.role is Role.NUMBER and classes[-1] == "w":
            return "w"
        case Role.OPEN | Role.CLOSE if line.partner.get(at) is None:
            return "b"
        case _:
            return "o" if token.role in OPERATORS else "m"


def _classify_word(line: TokenLine, at: int) -> str:
    """The class of a word."""
    token, before, after = line.tokens[at], line.token(at - 1), line.token(at + 1)
    if before and not token.spaced and before.role is Role.NUMBER and len(token.text) < 4:
        return "m"
    if token.text in CONNECTIVES:
        return "m" if token.text == "mod" else "w"
    if is_differential(line, at) or is_index_label(line, at):
        return "m"
    if (
        after
        and not after.spaced
        and (
            after.role in (Role.UNDERSCORE, Role.SUB, Role.SUP, Role.CARET)
            or after.text == "("
            or (after.text == "[" and token.text in FUNCTIONS)
        )
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


def _explains(line: TokenLine, at: int) -> bool:
    """Whether a dash parts an equation of symbols from what is said of it: `E = -dΦ/dt - change of the flux`."""
    behind = line.tokens[at + 1 : at + 1 + _SAYING]
    said = len(behind) == _SAYING and all(
        t.role is Role.WORD and t.spaced and t.text.islower() for t in behind
    )
    before = line.tokens[:at]
    return (
        said
        and line.tokens[at].spaced
        and any(token.role is Role.RELATION for token in before)
        and not any(map(_is_long, before))
    )


def _names(line: TokenLine, at: int) -> bool:
    """Whether a dash parts words from an equation of symbols that they name: `recoil - 0 = m1 v1 + m2 v2`."""
    before, after = line.token(at - 1), line.token(at + 1)
    if before is None or after is None or not (line.tokens[at].spaced and after.spaced):
        return False
    if before.role is not Role.WORD or before.text.isupper():
        return False
    if len(before.text) < 3 and before.text not in ("st", "nd", "rd", "th"):
        return False
    for token in reversed(line.tokens[:at]):
        if token.role in (Role.COMMA, Role.SEMICOLON, Role.OTHER):
            break
        if token.role in OPERATORS and token.text not in "-–":
            return False
    behind = line.tokens[at + 1 :]
    equals = next((n for n, token in enumerate(behind) if token.text == "="), -1)
    return equals > 0 and not any(map(_is_long, behind[: equals + 2]))


def _is_long(token: Token) -> bool:
    return token.role is Role.WORD and len(token.text) > 3


def _close_brackets(line: TokenLine, classes: list[str]) -> None:
    """Brackets around prose are barriers; those around mathematics hide the words in them."""
    for start, end in sorted(line.partner.items(), key=lambda pair: pair[1] - pair[0]):
        if start > end:
            continue
        inner = range(start + 1, end)
        called = _is_called(line, classes, start, end)
        for at in inner:
            if line.tokens[at].role in (Role.COMMA, Role.SEMICOLON) or line.tokens[at].text == ":":
                classes[at] = "o"
        holds = not any(classes[at] == "b" for at in inner) and (
            is_probability(line, start)
            or all(
                _is_bound(line, at, called or line.tokens[start].text != "(")
                for at in inner
                if classes[at] == "w"
            )
        )
        holds = holds and not is_aside(line, start, inner)
        if not holds:
            classes[start] = classes[end] = "b"
            for at in inner:
                if line.tokens[at].role in (Role.COMMA, Role.SEMICOLON) or line.tokens[at].text == ":":
                    classes[at] = "b"
        else:
            for at in inner:
                classes[at] = "m"
            classes[start] = classes[end] = "m"


def _is_called(line: TokenLine, classes: list[str], start: int, end: int) -> bool:
    """Whether a bracket belongs to what stands against it: as argument, base, exponent or divisor."""
    before, after = line.token(start - 1), line.token(end + 1)
    if before is not None and line.glued(start) and classes[start - 1] in "mo":
        return True
    if before is not None and before.role in (Role.SLASH, Role.PRODUCT) and classes[start - 1] == "o":
        return True
    bound = (Role.SUB, Role.SUP, Role.CARET, Role.UNDERSCORE, Role.SLASH, Role.PRIME)
    return after is not None and not after.spaced and after.role in bound


def _is_bound(line: TokenLine, at: int, called: bool) -> bool:
    """Whether a word in brackets stands between signs, or alone as an argument."""
    token, before, after = line.tokens[at], line.token(at - 1), line.token(at + 1)
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


def _attach(line: TokenLine, classes: list[str]) -> None:
    """Words beside an operator are operands."""
    for at, token in enumerate(line.tokens):
        if classes[at] != "w" or token.role is not Role.WORD or token.text in CONNECTIVES:
            continue
        before, after = line.token(at - 1), line.token(at + 1)
        left = before is not None and classes[at - 1] == "o" and before.role is not Role.ARROW
        right = after is not None and classes[at + 1] == "o" and after.role is not Role.ARROW
        if after is not None and after.text in "-−+±" and after.spaced and line.glued(at + 2):
            right = False  # a sign in front of what follows
        ends = after is None or after.text in (".", ",", ";")
        if token.text in WORDS_OF_LANGUAGE and not (left and (right or ends)):
            continue
        if left or right:
            classes[at] = "m"
