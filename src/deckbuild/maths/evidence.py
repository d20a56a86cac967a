"""How much a piece of text looks like a formula: an additive score whose every part has a reason.

What speaks for a formula are signs, scripts, and arithmetic with single letters; what speaks against it are
features of program code and of prose. Weights are few and round, set on documents of several fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from deckbuild.maths import signs
from deckbuild.maths.expression import Expression
from deckbuild.maths.lexer import Kind, Token
from deckbuild.maths.tree_evidence import Evidence, of_tree

ENOUGH = 3.0
"""The score from which on text is set as mathematics."""


_PLAIN_RELATIONS = frozenset("=<>~:") | {"<=", ">=", "!="}
_CALLED = frozenset("OEPHTfgh") | {
    r"\Theta",
    r"\Omega",
    r"\sigma",
    r"\Phi",
    r"\phi",
    r"\mathbb{E}",
    r"\mathbb{P}",
}
_CODE = (
    (re.compile(r"[A-Za-z_]\w+\.[A-Za-z_]\w*|\w\.\w+\("), "a dotted name"),
    (re.compile(r"\d\.\d+\.\d"), "a version"),
    (re.compile(r"==|\+=|-=|\*=|/=|&&|//|::|\+\+|(?<!\S)--(?=\w)|\{\}|;\s*$"), "an operator of programs"),
    (re.compile(r"[\"`]|(?<![\w)\]])'[^']*'"), "a quoted string"),
    (
        re.compile(
            r"\b(?:def|import|return|class|lambda|print|elif|None|True|False|void|public|static|"
            r"SELECT|FROM|echo|function|(?:const|let|var|int|float|char)(?=\s+\w+\s*[=;]))\b|\bfor \w+ in\b"
            r"|^\s*(?:if|else|for|while)\b.*:\s*$"
        ),
        "a keyword of programs",
    ),
    (re.compile(r"\b[a-z]{3,}_[a-z]{3,}|\b[a-z]+[A-Z][a-z]+[A-Z]|\b[A-Z]{3,}_[A-Z]{2,}"), "an identifier"),
    (re.compile(r"\w\(\)|\w\(\w{2,}\s*=(?!=)|\b[a-z]{2,}_\w{2,}\("), "a call of a program"),
    (re.compile(r"\b[a-z]_[a-z]{4,}\s*=\s*[\d'\"]"), "a parameter of a program"),
    (re.compile(r"(?:^|[A-Za-z]\s+)--?[a-z]{2,}"), "a command-line flag"),
    (re.compile(r"https?:|\w@\w|\\\\|(?<!\S)[.~]{0,2}/\w+/"), "an address or a path"),
    (re.compile(r"\[\s*:|:\s*\]|\w:\w+:\w"), "a slice"),
    (
        re.compile(r"\b(?:range|len|append|sorted|enumerate|lm|glm|printf|malloc|sizeof)\("),
        "a function of programs",
    ),
    (re.compile(r"^[a-z]{2,}=[\d.'\"]+$"), "a parameter of a program"),
    (re.compile(r"\d{2,}-\d{3,}|[A-Z]-\d{3}|[A-Z]{4,}/[A-Z]{4,}|[A-Z][-–][A-Z]/\d"), "a number of a thing"),
    (re.compile(r"\d\s*[µμ](?:[smgAVFLHW]|in)\b"), "a unit"),
    (re.compile(r"\[(?:[aA]-[zZ]|0-9)|^[aA]-[zZ]$"), "a range of characters"),
)
_UNIT_RANGE = re.compile(r"\d\s?[-–]\s?\d+(?:\.\d+)?\s?[A-Za-z]|\d/[a-z]{2}|^\d+(?:\.\d+)?\s?[a-z]{1,3}$")
_LABELS = re.compile(
    r"[A-Za-z0-9]+-[α-ωΑ-Ω]|[A-Za-z](?:/[A-Za-z])+|\d{3,}[a-z]?/[a-z]|\d/e|[^\W\d]\d/[^\W\d]\d|Δ?[A-Z]\d{3,}"
    r"|[µμ][A-Za-z]|\d*\s?(?:[kcmdµn]?m|s|ft|in)[²³]|[A-Za-z]/[A-Za-z\d]|[A-Z]&[A-Z]|[A-Z]-\d{2,}|[A-Za-z]/\d+|[IVX]+(?:\s?[-+&]\s?[IVX]+)+"
)
_FLOW = re.compile(r"[A-Za-z]{3,}\W?\s*(?:→|->|=>|⟶)|(?:→|->|=>|⟶)\s*[A-Za-z]{3,}(?![({])")
_INTERVAL = re.compile(
    r"[~∈]?\s*[\[(]\s*[-−+]?(?:\d+(?:\.\d+)?|∞|[a-zα-ω])\s*,\s*[-−+]?(?:\d+(?:\.\d+)?|∞|[a-zα-ω])\s*[\])]"
)


def evidence(
    text: str, found: Sequence[Token], tree: Expression, symbols: Iterable[str]
) -> Iterator[Evidence]:
    """The reasons for and against the formula that `text` parses to; `found` are its tokens."""
    yield from _for_tokens(text, found, frozenset(symbols))
    yield from of_tree(tree)
    for pattern, reason in _CODE:
        if pattern.search(text):
            yield Evidence(-5, reason)
    if _LABELS.fullmatch(text):
        yield Evidence(-4, "a label")
    if _FLOW.search(text):
        yield Evidence(-5, "an arrow between words")
    yield Evidence(1, "it parses")


def _for_tokens(text: str, found: Sequence[Token], symbols: frozenset[str]) -> Iterator[Evidence]:
    strong = {token.text for token in found if is_sign(token)}
    if strong:
        yield Evidence(min(2 + len(strong), 5), "signs of mathematics")
    if any(token.kind in (Kind.SUP, Kind.SUB) and not text[token.start].isdecimal() for token in found):
        yield Evidence(3, "raised or lowered characters")
    if any(
        "{" in token.text and not token.text.startswith(r"\math")
        for token in found
        if token.kind is Kind.LETTER
    ):
        yield Evidence(2, "accented letters")
    if any(token.kind is Kind.CARET for token in found):
        yield Evidence(3, "an exponent")
    pairs = list(pairwise(found))
    if any(a.kind in (Kind.LETTER, Kind.BIG) and b.kind is Kind.UNDERSCORE for a, b in pairs):
        yield Evidence(2, "a letter with an index")
    if _UNIT_RANGE.search(text):
        yield Evidence(-5, "numbers with a unit")
    if any(_is_call(a, b) for a, b in pairs):
        yield Evidence(2, "a function of mathematics")
    if found[0].text in ("O", r"\Theta", r"\Omega") and len(found) > 3 and found[-1].text == ")":
        yield Evidence(1, "a growth rate")
    if _INTERVAL.fullmatch(text):
        yield Evidence(3, "an interval")
    letters = {token.text for token in found if token.kind is Kind.LETTER}
    if letters and letters <= symbols:
        yield Evidence(1, "symbols that the document defines")
    if all(token.kind in (Kind.NUMBER, Kind.SUM, Kind.POSTFIX, Kind.COMMA, Kind.SLASH) for token in found):
        yield Evidence(-5, "numbers only")
    for one, sign, other in zip(found, found[1:], found[2:], strict=False):
        hyphen = sign.text in "-–" and not sign.spaced and not other.spaced
        if (hyphen and _is_word(one) and (_is_word(other) or other.kind in (Kind.LETTER, Kind.NUMBER))) or (
            hyphen and one.kind in (Kind.LETTER, Kind.NUMBER) and _is_word(other)
        ):
            yield Evidence(-5, "a hyphenated word")
        elif (
            sign.kind is Kind.SLASH
            and not sign.spaced
            and len(found) == 3
            and _is_word(one)
            and _is_word(other)
        ):
            yield Evidence(-5, "two words and a slash")


def is_sign(token: Token) -> bool:
    """Whether a token is a sign that hardly stands anywhere but in formulas."""
    match token.kind:
        case Kind.PREFIX | Kind.ROOT | Kind.BIG:
            return True
        case Kind.CONSTANT:
            return token.text not in ("...", "…", "..")
        case Kind.RELATION:
            return token.text not in _PLAIN_RELATIONS
        case Kind.PRODUCT:
            return token.text not in "*•"
        case Kind.SUM:
            return token.text not in "+-–"
        case Kind.LETTER:
            return token.text.startswith("\\") and not token.text.startswith(
                (r"\hat", r"\bar", r"\tilde", r"\vec")
            )
        case Kind.BAR:
            return token.text == "||"
        case Kind.ARROW:
            return token.text in "⇌⇔⟺⇒↦"
        case _:
            return False


def _is_word(token: Token) -> bool:
    return token.kind is Kind.WORD and token.text not in signs.FUNCTIONS and not token.text.isupper()


def _is_call(name: Token, bracket: Token) -> bool:
    if bracket.text not in "([" or bracket.spaced:
        return False
    if name.kind is Kind.WORD:
        return name.text in signs.FUNCTIONS
    return name.kind is Kind.LETTER and name.text in _CALLED
