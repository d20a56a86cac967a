"""Letter runs: `mc` in `mc²` is a product, `lr` in `lr × g` a name, `alpha` the Greek letter.

Each rule looks at the run, at its neighbours, and at the letters that are symbols by themselves, in the
formula or in its document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens.beside import (
    index_letters,
    indexed_letters,
    inside_growth,
    is_factor_of_change,
    is_long_word,
    is_mixed,
    is_slash,
    stands_alone,
)
from deckbuild.maths.tokens.chemistry import ELEMENT
from deckbuild.maths.tokens.signs import GREEK_NAMES
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tokens.words import ABBREVIATIONS, CONNECTIVES, FUNCTIONS, WORDS_OF_LANGUAGE

_SPELLED = {name: f"\\{name}" for name in GREEK_NAMES - {"xi"}} | {"eps": r"\varepsilon"}
"""Greek letters by their names, but for one that is rather a letter with an index."""

_ACCENTED = regex(
    rf"(?!what|that|chat|cbar|tilde)([A-Za-z]|{'|'.join(sorted(_SPELLED))})(hat|bar|tilde|dot|vec)"
)
_INDEX = regex(r"[ijklmnpqrstuv]{2}|[xyz]{2}")
_CONSONANTS = regex(r"[b-df-hj-np-tv-z]{3}")
_PRONOUNCED = regex(r"(?!abc)[a-z]*[aeiou]")
_CONSONANT_NAMES = frozenset("std lhs rhs tmp img num ptr cfg src dst msg str pts fps rms ppm css".split())
_NO_CALLS = frozenset("cost expo logo logs sine sing sink sins tang tank tans".split())
"""Words that are no function with its argument."""

_LIKELY_FACTORS = frozenset("xyzuvwhst")
_INFINITESIMAL = regex(r"[A-Za-z]?d[A-Za-z]")
"""`dT`, `Pdv`."""

_SUMMED = regex(r"[a-hj-zA-Z][ijkt]")


def resolve(tokens: Sequence[Token], symbols: Iterable[str] = ()) -> tuple[list[Token], list[str]]:
    """Tokens with each product of letters cut into its letters, and what had to be guessed.

    `symbols` are letters that the document uses as symbols.
    """
    return _Resolver(tokens, symbols).run()


def letters_of(tokens: Iterable[Token]) -> set[str]:
    """The letters that stand by themselves."""
    return {token.text for token in tokens if token.role is Role.LETTER}


def is_label(word: Token) -> bool:
    """Whether a word may stand in an index, behind another and a comma: `Y_T,post`."""
    return word.role is Role.WORD and word.text.isalpha()


class _Resolver:
    def __init__(self, tokens: Sequence[Token], symbols: Iterable[str]) -> None:
        self.tokens = tokens
        self.symbols = set(symbols) | letters_of(tokens)
        self.guesses: list[str] = []
        self.integral = any(token.text in "∫∬∭∮" for token in tokens if token.role is Role.BIG)
        self.summed = any(token.role is Role.BIG and token.text not in "∫∬∭∮" for token in tokens)
        self.times = any(token.role is Role.PRODUCT for token in tokens)
        self.sizes = inside_growth(tokens)
        self.indexed = indexed_letters(tokens)
        self.indices = index_letters(tokens)
        self.differentials = sum(
            t.role is Role.WORD and _INFINITESIMAL.fullmatch(t.text) is not None for t in tokens
        )

    def run(self) -> tuple[list[Token], list[str]]:
        found: list[Token] = []
        for at, token in enumerate(self.tokens):
            found.extend(self.word(at, token) if token.role is Role.WORD else (token,))
        return found, self.guesses

    def word(self, at: int, token: Token) -> Sequence[Token]:
        word = token.text
        before = self.tokens[at - 1] if at else None
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if accent := _ACCENTED.fullmatch(word):
            name = _SPELLED.get(accent[1], accent[1])
            return (replace(token, role=Role.LETTER, text=f"\\{accent[2]}{{{name}}}"),)
        greek = re.fullmatch(r"([A-Za-z]+?)(\d*)", word)
        if greek and greek[1] in _SPELLED:
            letter = replace(token, role=Role.LETTER, text=_SPELLED[greek[1]])
            if not greek[2]:
                return (letter,)
            cut = token.start + len(greek[1])
            return replace(letter, end=cut), Token(Role.SUB, greek[2], False, cut, token.end)
        of_change = is_factor_of_change(self.tokens, at)
        if not of_change and self.is_name(word, token, before, after):
            return (token,)
        if self.summed and _SUMMED.fullmatch(word) and word not in ("dx", "dt"):
            self.guesses.append(f"{word} under a sum was read as {word[0]} with the index {word[1]}")
            first = Token(Role.LETTER, word[0], token.spaced, token.start, token.start + 1)
            return first, Token(Role.SUB, word[1], False, token.start + 1, token.end)
        if prefix := self.function_prefix(word):
            cut = token.start + len(prefix)
            self.guesses.append(f"{word} was read as {prefix} of {word[len(prefix) :]}")
            return (
                Token(Role.WORD, prefix, token.spaced, token.start, cut),
                Token(Role.LETTER, word[len(prefix) :], True, cut, token.end),
            )
        if before and before.role is Role.UNDERSCORE and re.fullmatch(r"[a-z][A-Z]|BT", word):
            first = Token(Role.LETTER, word[0], False, token.start, token.start + 1)
            return first, Token(Role.LETTER, word[1], True, token.start + 1, token.end)
        if not of_change and self.is_indexed(word) and stands_alone(token, before):
            self.guesses.append(f"{word} was read as {word[0]} with the index {word[1]}")
            first = Token(Role.LETTER, word[0], token.spaced, token.start, token.start + 1)
            return first, Token(Role.SUB, word[1], False, token.start + 1, token.end)
        if of_change or self.is_product(at, word, token, before, after):
            return [
                Token(Role.LETTER, letter, token.spaced and not n, token.start + n, token.start + n + 1)
                for n, letter in enumerate(word)
            ]
        return (token,)

    def is_name(self, word: str, token: Token, before: Token | None, after: Token | None) -> bool:
        """Whether the run is known to be no product."""
        if not (word.isalpha() and word.isascii()) or word in FUNCTIONS or word in ABBREVIATIONS:
            return True
        if _is_ion(word, after):
            return True
        if word in CONNECTIVES:
            return not (not token.spaced and before is not None and before.role is Role.NUMBER)
        if before and before.role is Role.UNDERSCORE:
            return not _INDEX.fullmatch(word) and not re.fullmatch(r"[a-z][A-Z]|BT", word)
        if after and after.role is Role.UNDERSCORE and not after.spaced and len(word) > 2:
            return True
        if before and before.role is Role.PREFIX and not before.spaced and len(word) > 2:
            return True
        called = after is not None and after.text == "(" and not after.spaced
        if re.fullmatch("[a-z][A-Z]", word):
            return False
        if not called or (before and before.role is Role.NUMBER) or token.start < self.sizes:
            return False
        factors = len(word) == 2 and word.islower() and self.symbols.issuperset(word)
        return not factors or word in WORDS_OF_LANGUAGE

    def is_indexed(self, word: str) -> bool:
        """`Kp`, `Ea`: a capital and a small letter that is neither a symbol elsewhere nor a likely factor."""
        return (
            len(word) == 2
            and word[0].isupper()
            and word[1].islower()
            and (
                word[0] in self.indexed
                or word[1] in self.indices
                or word[1] not in self.symbols | _LIKELY_FACTORS
            )
        )

    def function_prefix(self, word: str) -> str:
        """`log` for `logn`."""
        if word in _NO_CALLS:
            return ""
        return next((name for name in ("log", "ln", "sin", "cos", "tan", "exp") if word[:-1] == name), "")

    def is_under_root(self, at: int) -> bool:
        """`√(LC)`: all that stands under a root."""
        around = [t.text for t in self.tokens[max(0, at - 2) : at + 2]]
        return len(around) == 4 and around[0] == "√" and (around[1], around[3]) == ("(", ")")

    def is_product(self, at: int, word: str, token: Token, before: Token | None, after: Token | None) -> bool:
        glued = before is not None and not token.spaced
        size, small = len(word), word.islower()
        if size == 2 and small and not glued and is_long_word(before) and is_long_word(after):
            return False  # `Rotación de activos`: it joins two words of a name, in whatever language
        if before and glued and before.role is Role.CARET:
            return size <= 3
        if (
            size <= 3
            and all(letter in self.symbols for letter in word)
            and not (small and size == 3 and _PRONOUNCED.search(word))
        ):
            return word not in WORDS_OF_LANGUAGE
        if glued and before and before.role in (Role.NUMBER, Role.LETTER, Role.CONSTANT) and size <= 3:
            return True
        if word[0] == "d" and size == 2 and (self.integral or is_slash(before) or is_slash(after)):
            return True
        if small and size <= 3 and after and after.role is Role.SUP and after.text in ("2", "3", "4"):
            return True
        if small and size == 2 and after and after.role is Role.CARET and not after.spaced:
            return True
        if size == 2 and word.isupper() and self.is_under_root(at):
            return True
        if token.start < self.sizes and size <= 3 and not self.times:
            return True
        if size == 2 and small:
            ends = after is None and before is not None and before.role is Role.SUM
            return ends or word not in WORDS_OF_LANGUAGE
        if size == 2 and word[0].isupper() and word[1].islower():
            return True
        if size == 2 and word.isupper() and after and after.role is Role.SUP and after.text in ("2", "3"):
            return True
        if size == 2 and word.isupper():
            if after and after.role is Role.SUP and after.text.startswith("T"):
                return True
            return self.alone_against_symbols(token)
        if size <= 3 and any(letter.isupper() for letter in word[1:]) and not word.isupper():
            return True
        if _INFINITESIMAL.fullmatch(word) and self.differentials > 1:
            return True
        if size == 3 and _CONSONANTS.fullmatch(word) and word not in _CONSONANT_NAMES:
            self.guesses.append(f"{word} was read as a product of its letters")
            return True
        return False

    def alone_against_symbols(self, token: Token) -> bool:
        """`V = IR`, `PV = nRT`: two capitals as one side of an equation that has single letters only."""
        sides: list[list[Token]] = [[]]
        for other in self.tokens:
            if other.text == "=":
                sides.append([])
            else:
                sides[-1].append(other)
        if len(sides) != 2:
            return False
        own, rest = sides if token in sides[0] else reversed(sides)
        if own != [token] or not any(t.role is Role.LETTER or is_mixed(t) for t in rest):
            return False
        if any(t.role not in (Role.LETTER, Role.NUMBER) and not is_mixed(t) for t in rest):
            return False
        self.guesses.append(f"{token.text} was read as a product of its letters")
        return True


def _is_ion(word: str, after: Token | None) -> bool:
    """`Br⁻`: an element with its charge."""
    charged = after is not None and after.role is Role.SUP and not after.spaced and after.text[-1] in "+-"
    return charged and regex(ELEMENT).fullmatch(word) is not None
