"""What stands beside a run of letters, and says whether it is a product or a name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tokens.words import CONNECTIVES, FUNCTIONS

_DIFFERENTIAL = regex(r"d[A-Za-z]")
"""`dt`: what stands below in a derivative."""
_FARTHEST = 7
"""Tokens from a factor to the slash, at most: those of `(BA)` or of an index."""


def indexed_letters(tokens: Sequence[Token]) -> frozenset[str]:
    """The letters that stand with an index: what hangs at them elsewhere is one too, as in `1/Rt = 1/R1 + 1/R2`."""
    return frozenset(
        one.text
        for one, other in pairwise(tokens)
        if one.role is Role.LETTER and other.role in (Role.SUB, Role.UNDERSCORE) and not other.spaced
    )


def index_letters(tokens: Sequence[Token]) -> frozenset[str]:
    """Small letters that are indices, since two of them or more stand behind the same capitals: `Ip/Is = Ns/Np`."""
    behind: dict[str, set[str]] = {}
    for token in tokens:
        if token.role is Role.WORD and len(token.text) == 2 and token.text.istitle():
            behind.setdefault(token.text[1], set()).add(token.text[0])
    found = frozenset(
        small for small, capitals in behind.items() if len(capitals) > 1 and small not in "xyzuvw"
    )
    return found if len(found) > 1 else frozenset()


def stands_alone(token: Token, before: Token | None) -> bool:
    """Whether no other factor stands against the run: `π²Rr` is a product."""
    if before is None or token.spaced:
        return before is None or before.text != "["
    return before.role in (Role.SLASH, Role.RELATION, Role.SUM, Role.PRODUCT) or before.text in "({"


def is_mixed(token: Token) -> bool:
    """A run such as `nRT`, a product by its case."""
    word = token.text
    return token.role is Role.WORD and len(word) <= 3 and word[0].islower() and word[1:].isupper()


def is_slash(token: Token | None) -> bool:
    """Whether a token is a slash."""
    return token is not None and token.role is Role.SLASH


def inside_growth(tokens: Sequence[Token]) -> int:
    """Where the brackets of `O(…)` or one of its kin close, inside which letters are sizes; 0 for others."""
    if len(tokens) < 3 or tokens[0].text not in ("O", "o", r"\Theta", r"\Omega", r"\tilde{O}"):
        return 0
    depth = 0
    for token in tokens[1:]:
        depth += (token.role is Role.OPEN) - (token.role is Role.CLOSE)
        if depth == 0:
            return token.end
    return 0


def is_long_word(token: Token | None) -> bool:
    """A run of letters too long for a product, and no function."""
    if token is None or token.text in FUNCTIONS or token.text in CONNECTIVES:
        return False
    return len(token.text) > 3 and token.text.isalpha() and token.text[1:].islower()


def is_factor_of_change(tokens: Sequence[Token], at: int) -> bool:
    """`Nd` of `NdΦ/dt` and `Nd(BA)/dt`, `md` of `md²x/dt²`, `Ldi` of `Ldi_L/dt`: a factor before what changes."""
    word = tokens[at].text
    if not (len(word) in (2, 3) and word[1] == "d"):
        return False
    slash = next((n for n in range(at + 1, min(at + _FARTHEST, len(tokens) - 1)) if is_slash(tokens[n])), at)
    if slash == at or any(token.spaced for token in tokens[at + 1 : slash + 2]):
        return False
    behind = [token.role for token in tokens[at + 1 : slash]]
    if len(word) == 3:
        changes = not behind or behind[0] in (Role.SUB, Role.UNDERSCORE)
    else:
        what = next((role for role in behind if role is not Role.SUP), None)
        changes = what in (Role.LETTER, Role.OPEN)
    return changes and _DIFFERENTIAL.fullmatch(tokens[slash + 1].text) is not None
