"""How much a piece of text looks like a formula: an additive score whose every part has a reason.

What speaks for a formula are signs, scripts, and arithmetic with single letters; what speaks against it are
features of program code and of prose. Weights are few and round, set on documents of several fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens import signs, words
from deckbuild.maths.tokens.accents import is_ideographic
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tokens.units import SHORT, is_quantity
from deckbuild.maths.tree.expression import Expression
from deckbuild.maths.weigh.lookalikes import ANYWHERE, WHOLE, is_expansion
from deckbuild.maths.weigh.name_evidence import of_names
from deckbuild.maths.weigh.tree_evidence import of_tree
from deckbuild.maths.weigh.verdict import Evidence

_PLAIN_RELATIONS = frozenset("=<>~:") | {"==", "<=", ">=", "!="}
_CALLED = frozenset("OEPHTfgh") | {
    r"\Theta",
    r"\Omega",
    r"\sigma",
    r"\Phi",
    r"\phi",
    r"\mathbb{E}",
    r"\mathbb{P}",
}
_SCRIPTS = frozenset({Role.SUB, Role.SUP, Role.UNDERSCORE, Role.CARET})
_GREEK = frozenset(name for name in signs.GREEK_NAMES if name.islower()) - {"nu", "xi", "mu"}
_QUANTITY = frozenset(
    {Role.NUMBER, Role.SUM, Role.PRODUCT, Role.POSTFIX, Role.COMMA, Role.SEMICOLON, Role.SLASH}
)
_LETTER_OF_LANGUAGE = regex(r"[À-ÖØ-öø-ųŸ-ž]")
"""A letter with its mark, other than those for estimates, by itself: `ö`."""

_GROWS = regex(r"[A-Za-z]{3,}\s*[=:]\s*[OΘΩ]\(")
_INTERVAL = regex(
    r"[~∈]?\s*[\[(]\s*[-−+]?(?:\d+(?:\.\d+)?|∞|[a-zα-ω])\s*,\s*[-−+]?(?:\d+(?:\.\d+)?|∞|[a-zα-ω])\s*[\])]"
)


def evidence(
    text: str, found: Sequence[Token], tree: Expression, symbols: Iterable[str], in_words: bool
) -> Iterator[Evidence]:
    """The reasons for and against the formula that `text` parses to.

    `found` are its tokens, `symbols` the letters that its document uses; `in_words` where words may tell it.
    """
    yield from _for_tokens(text, found, frozenset(symbols))
    yield from of_tree(tree)
    yield from of_names(tree, in_words)
    if is_quantity(text):
        yield Evidence(-6, "a unit in brackets, or a number with one")
    if is_expansion(text):
        yield Evidence(-20, "an abbreviation and what it stands for")
    for pattern, weight, reason in ANYWHERE:
        if pattern.search(text):
            yield Evidence(weight, reason)
    for pattern, weight, reason in WHOLE:
        if pattern.fullmatch(text):
            yield Evidence(weight, reason)
    yield Evidence(1, "it parses")


def _for_tokens(text: str, found: Sequence[Token], symbols: frozenset[str]) -> Iterator[Evidence]:
    strong = {token.text for token in found if is_sign(token)}
    if strong:
        yield Evidence(min(2 + len(strong), 5), "mathematical signs")
    if any(token.role in (Role.SUP, Role.SUB) and not text[token.start].isdecimal() for token in found):
        yield Evidence(3, "raised or lowered characters")
    if not _LETTER_OF_LANGUAGE.fullmatch(text) and any(
        "{" in token.text and not token.text.startswith(r"\math")
        for token in found
        if token.role is Role.LETTER
    ):
        yield Evidence(2, "accented letters")
    if any(token.role is Role.CARET for token in found):
        yield Evidence(3, "an exponent")
    if any(token.role is Role.LETTER and token.text.startswith(r"[\ce") for token in found):
        yield Evidence(3 if len(found) > 1 else -5, "a concentration")
    pairs = list(pairwise(found))
    if any(a.role in (Role.LETTER, Role.BIG) and b.role is Role.UNDERSCORE for a, b in pairs):
        yield Evidence(2, "a letter with an index")
    if any(_is_call(a, b) for a, b in pairs):
        yield Evidence(2, "a mathematical function")
    if any(a.text in words.TEX_FUNCTIONS and b.role in _SCRIPTS and not b.spaced for a, b in pairs):
        yield Evidence(2, "a function with an index or exponent")
    if any(token.role is Role.WORD and token.text in _GREEK for token in found):
        yield Evidence(3, "a Greek letter by its name")
    if _is_difference(found):
        yield Evidence(4, "a difference of numbered symbols")
    if any(a.text == "−" and a.spaced and b.spaced for a, b in pairs):
        yield Evidence(1, "a minus sign")
    if found[0].text in ("O", r"\Theta", r"\Omega") and len(found) > 3 and found[-1].text == ")":
        yield Evidence(1, "a growth rate")
    if _GROWS.search(text):
        yield Evidence(2, "a name and its growth rate")
    if _INTERVAL.fullmatch(text) and not _falls(found):
        yield Evidence(3, "an interval")
    letters = {token.text for token in found if token.role is Role.LETTER}
    if letters and letters <= symbols:
        yield Evidence(1, "symbols that the document defines")
    if _is_quantities(found):
        yield Evidence(-5 - (min(2 + len(strong), 5) if strong else 0), "numbers only")
    for one, sign, other in zip(found, found[1:], found[2:], strict=False):
        hyphen = sign.text in "-–" and not sign.spaced and not other.spaced
        if (hyphen and _is_word(one) and (_is_word(other) or other.role in (Role.LETTER, Role.NUMBER))) or (
            hyphen
            and one.role in (Role.LETTER, Role.NUMBER)
            and _is_word(other)
            and (len(found) == 3 or other.text not in signs.GREEK_NAMES)
        ):
            yield Evidence(-5, "a hyphenated word")
        elif (
            sign.role is Role.SLASH
            and not sign.spaced
            and len(found) == 3
            and _is_word(one)
            and _is_word(other)
        ):
            yield Evidence(-5, "two words and a slash")


def _is_difference(found: Sequence[Token]) -> bool:
    """`Q3 - Q1`: the same letter with two numbers."""
    roles = [token.role for token in found]
    numbered = roles == [Role.LETTER, Role.SUB, Role.SUM, Role.LETTER, Role.SUB]
    return numbered and found[2].spaced and found[2].text in "-−–" and found[0].text == found[3].text


def _falls(found: Sequence[Token]) -> bool:
    """`[2, 1]`: two numbers of which the first is no less than the second, without a sign."""
    numbers = [token.text for token in found if token.role is Role.NUMBER]
    plain = len(numbers) == 2 and not any(token.role in (Role.SUM, Role.CONSTANT) for token in found)
    return plain and float(numbers[0].replace(",", "")) >= float(numbers[1].replace(",", ""))


def _is_quantities(found: Sequence[Token]) -> bool:
    """Whether there are numbers only, with units and signs but without a relation: `0.03 s / 0.78 MB`."""
    for before, token in zip((None, *found), found, strict=False):
        counted = before is not None and before.role is Role.NUMBER and is_unit(token)
        if token.role not in _QUANTITY and not counted:
            return False
    return True


def is_unit(token: Token) -> bool:
    """Whether a token behind a number is a unit, or may be one."""
    return token.role is Role.UNIT or (token.role is Role.LETTER and token.text in SHORT)


def is_sign(token: Token) -> bool:
    """Whether a token is a sign that hardly stands anywhere but in formulas."""
    match token.role:
        case Role.PREFIX | Role.ROOT | Role.BIG:
            return True
        case Role.CONSTANT:
            return (
                token.text not in ("...", "…", "..", "↑", "↓") and "frac" not in signs.CONSTANTS[token.text]
            )
        case Role.RELATION:
            return token.text not in _PLAIN_RELATIONS
        case Role.PRODUCT:
            return token.text not in "*•"
        case Role.SUM:
            return token.text not in "+-–−"
        case Role.LETTER:
            return token.text.startswith("\\") and not token.text.startswith(
                (r"\hat", r"\bar", r"\tilde", r"\vec", r"\ddot", r"\check", r"\breve")
            )
        case Role.BAR:
            return token.text == "||"
        case Role.ARROW:
            return token.text in "⇌⇔⟺⇒↦"
        case _:
            return False


def _is_word(token: Token) -> bool:
    return (
        token.role is Role.WORD
        and token.text not in words.FUNCTIONS
        and (not token.text.isupper() or len(token.text) > 5)
        and not is_ideographic(token.text)
    )


def _is_call(name: Token, bracket: Token) -> bool:
    if bracket.text not in "([" or bracket.spaced:
        return False
    if name.role is Role.WORD:
        return name.text in words.FUNCTIONS
    return name.role is Role.LETTER and name.text in _CALLED
