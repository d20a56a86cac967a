"""Text as the tokens of a formula. Any text has tokens; what no formula holds is in the role `OTHER`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens import signs, units, words
from deckbuild.maths.tokens.accents import (
    accented,
    apart,
    is_beside_letters,
    is_foreign,
    is_ideographic,
    is_word,
    script_run,
)
from deckbuild.maths.tokens.before import closes_bar, has_unit, is_in_event, raises
from deckbuild.maths.tokens.chemistry import concentration
from deckbuild.maths.tokens.embedded import CLOSE, JOINER, OPEN
from deckbuild.maths.tokens.numbers import PLAIN_NUMBER, number_at
from deckbuild.maths.tokens.sign_roles import BEGINS, COMMANDS, SINGLE, SPELLED, WIDE, sign_of
from deckbuild.maths.tokens.token import Role, Token

_LETTERS = regex(r"[A-Za-z]+")
_IDENTIFIER = regex(r"[A-Za-z]+(?:\d+[A-Za-z]*)*")
_COMPOUND = regex(r"[_^=+<>\s-]|\\(?:[lg]e|approx|to)")
"""What makes LaTeX more than one operand."""

_TIMES = regex(
    r"(?:(?<=[\d)])|(?<![^\W\d_][^\W\d_])(?<=[^\W\d_])|(?<=[A-Z]{2})|(?<=[a-z]{4}))\s[xX]\s(?=[\d(]|[^\W\d_](?![^\W\d_])|[A-Z])"
)
"""An x between two operands, in place of a cross: `P x Q`."""

_AND = regex(r"\s&\s[^\W\d_]{3}")
_OWNED = regex(r"['’](?:s(?![A-Za-z])|(?=\s[A-Za-z]{3}))")
"""What makes a word the owner of another: `shareholders' equity`."""

_DOTS = regex(r"\.{4,6}(?=\s|$|[+,=])")
_DOTTED = regex(r"\.([A-Za-z0-9])(?![\w(.])")
"""An index as programs of statistics write it: `mu.x`."""

_COMMAND = regex(r"\\([A-Za-z]+)")
_CHANGED = regex(r"[^\W_]|[(|‖∇]|\s[^\W\d_]{4,}")
_DEGREES = regex(r"°([CFK])(?![^\W\d_])")
_KET = regex(r"\|[^|⟨⟩,=\s]{1,6}⟩|\|\w\s?[-−+]\s?\w⟩")
_OPERANDS = {Role.NUMBER, Role.LETTER, Role.CLOSE, Role.SUP, Role.SUB, Role.PRIME, Role.CONSTANT}


def tokens(text: str) -> list[Token]:
    """The tokens of a text, white space left out."""
    return _Lexer(text).run()


class _Lexer:
    def __init__(self, text: str) -> None:
        self.chars = text
        self.places: Sequence[int] = range(len(text) + 1)
        if not text.isascii():
            parts = [apart(text, at) for at in range(len(text))]
            self.chars = "".join(parts)
            self.places = [*(at for at, part in enumerate(parts) for _ in part), len(text)]
        self.at = 0
        self.found: list[Token] = []

    def run(self) -> list[Token]:
        chars = self.chars
        while self.at < len(chars):
            if chars[self.at].isspace() or chars[self.at] == JOINER:
                self.at += 1
            else:
                self.step()
        return self.found

    def take(self, role: Role, text: str, stop: int) -> None:
        """One token up to `stop`; white space before it shows in its neighbour's end."""
        spaced = self.at > 0 and self.chars[self.at - 1].isspace() and not raises(self.chars, self.at)
        self.found.append(Token(role, text, spaced, self.places[self.at], self.places[stop]))
        self.at = stop

    def glued(self, *roles: Role) -> bool:
        """Whether a token of one of the roles ends right here."""
        return bool(
            self.found and self.found[-1].role in roles and self.at and not self.chars[self.at - 1].isspace()
        )

    def counts(self) -> bool:
        """Whether the last token is a number: `100 %`."""
        return bool(self.found) and self.found[-1].role is Role.NUMBER

    def is_prime(self) -> bool:
        if self.glued(Role.WORD):  # `fg'`, but not `don't` nor the end of a quotation
            word, follows = self.found[-1].text, self.chars[self.at + 1 : self.at + 2]
            return (len(word) == 2 or word in signs.GREEK_NAMES) and not follows.isalpha()
        return self.glued(Role.LETTER, Role.CLOSE, Role.PRIME, Role.SUB, Role.SUP)

    def is_standard(self) -> bool:
        """`ΔrS°`: the sign of a standard state behind two or three letters."""
        return self.chars[self.at] == "°" and self.glued(Role.WORD) and len(self.found[-1].text) < 4

    def step(self) -> None:
        chars, at = self.chars, self.at
        char = WIDE.get(chars[at], chars[at])
        if self.found and self.found[-1].role in (Role.NUMBER, Role.SUP) and (unit := self.unit()):
            return self.take(Role.UNIT, unit, at + len(unit))
        if char in "xX" and _TIMES.match(chars, at - 1):
            return self.take(Role.PRODUCT, "×", at + 1)
        if char == OPEN and (stop := chars.find(CLOSE, at)) > 0:
            return self.latex(chars[at + 1 : stop], stop + 1)
        if char == "[" and (measured := concentration(chars, at)):
            return self.take(Role.LETTER, *measured)
        if char.isascii() and char.isalpha():
            return self.letters()
        if (char.isdecimal() and char.isascii()) or (char == "." and chars[at + 1 : at + 2].isdecimal()):
            return self.number()
        if found := signs.script(char):
            return self.scripts(found[0])
        if chars.startswith("||", at) and closes_bar(self.found) and not chars[at - 1].isspace():
            return self.take(Role.BAR, "|", at + 1)
        if char == "." and (dots := _DOTS.match(chars, at)):
            return self.take(Role.CONSTANT, "...", dots.end())
        if char == "\\" and (command := _COMMAND.match(chars, at)) and command[1] in COMMANDS:
            return self.latex(command[0], command.end())
        for sign, role in BEGINS.get(char, ()):
            if chars.startswith(sign, at):
                return self.take(role, SPELLED.get(sign, sign), at + len(sign))
        if char == "|" and _KET.match(chars, at):
            return self.take(Role.OPEN, signs.KET, at + 1)
        if char == "‖":
            return self.take(Role.BAR, "||", at + 1)
        if char == "Δ" and not _CHANGED.match(chars, at + 1):
            return self.letter(r"\Delta", at + 1)
        if char == "°" and not self.counts() and (scale := _DEGREES.match(chars, at)):
            return self.take(Role.LETTER, rf"{{}}^{{\circ}}\mathrm{{{scale[1]}}}", at + 2)
        if char in "'′’" and self.is_prime():
            return self.take(Role.PRIME, "'", at + 1)
        if (
            char == "°"
            and chars[at + 1 : at + 2] in ("C", "F")
            and self.found
            and self.found[-1].role is Role.NUMBER
        ):
            return self.take(Role.POSTFIX, chars[at : at + 2], at + 2)
        if char in "!%°‰†" and (
            self.glued(*_OPERANDS) or (char == "%" and self.counts()) or self.is_standard()
        ):
            return self.take(Role.POSTFIX, char, at + 1)
        if char == "&" and self.found and self.found[-1].role is Role.WORD and _AND.match(chars, at - 1):
            return self.take(Role.WORD, "&", at + 1)
        if char == "&" and is_in_event(self.found):
            return self.take(Role.SUM, char, at + 1)
        if kind_of := SINGLE.get(char):
            return self.take(kind_of, "|" if char == "∣" else char, at + 1)
        if char in signs.GREEK:
            self.letter(f"\\{signs.GREEK[char]}", at + 1)
            return self.index()
        if font := signs.styled(char):
            base = f"\\{signs.GREEK[font[0]]}" if font[0] in signs.GREEK else font[0]
            return self.letter(f"\\{font[1]}{{{base}}}" if font[1] else base, at + 1)
        if char.isalpha():
            stop = at + 1
            east = is_ideographic(char)
            while stop < len(chars) and chars[stop].isalpha() and is_ideographic(chars[stop]) == east:
                stop += 1
            named = is_word(chars[at:stop]) and not (east and is_beside_letters(chars, at, stop))
            return self.take(Role.WORD if named else Role.OTHER, chars[at:stop], stop)
        return self.take(Role.OTHER, char, at + 1)

    def latex(self, tex: str, stop: int) -> None:
        """LaTeX among other signs: a sign, or an operand that is written already."""
        sign = sign_of(tex)
        if sign:
            return self.take(SINGLE[sign], sign, stop)
        return self.take(Role.LETTER, f"{{{tex}}}" if _COMPOUND.search(tex) else tex, stop)

    def unit(self) -> str:
        """The unit that stands here behind a number or a power of ten."""
        number, before = self.found[-1], self.found[-2] if len(self.found) > 1 else None
        if number.role is Role.SUP:
            power = before is not None and before.text == "10"
            return units.unit(self.chars, self.at, not self.glued(Role.SUP), "") if power else ""
        related = before is not None and before.role is Role.RELATION
        measured = has_unit(self.found)
        value = number.text if related or measured else ""
        return units.unit(self.chars, self.at, not self.glued(Role.NUMBER), value)

    def number(self) -> None:
        text = number_at(self.chars, self.at, self.found[-1] if self.found else None, self.glued(Role.OPEN))
        self.take(Role.NUMBER, text, self.at + len(text))

    def scripts(self, where: str) -> None:
        """A run of superscripts or subscripts as one token."""
        text, stop = script_run(self.chars, self.at, where)
        self.take(Role.SUP if where == "sup" else Role.SUB, text, stop)

    def letters(self) -> None:
        """A letter with its accents, or a run of letters, whose digits are an index or part of its name."""
        chars, at = self.chars, self.at
        match = _LETTERS.match(chars, at)
        run = match[0] if match else ""
        stop = at + len(run)
        accented = stop < len(chars) and chars[stop] in signs.ACCENTS
        if len(run) == 1 and not (stop < len(chars) and chars[stop].isalpha() and is_foreign(chars[stop])):
            self.letter(run, stop)
            return self.index()
        if accented:  # the accent belongs to the last letter only
            for letter in run[:-1]:
                self.letter(letter, self.at + 1)
            return self.letter(run[-1], stop)
        if len(run) > 2 and (owned := _OWNED.match(chars, stop)):
            return self.take(Role.WORD, chars[at : owned.end()], owned.end())
        whole = _IDENTIFIER.match(chars, at)
        if whole and whole.end() > stop:
            digits = whole[0][len(run) :]
            if digits.isdecimal() and (run in words.FUNCTIONS or (len(run) <= 3 and run.isupper())):
                self.take(Role.WORD, run, stop)
                return self.take(Role.SUB, digits, whole.end())
            return self.take(Role.WORD, whole[0], whole.end())
        if run in signs.GREEK_NAMES and (dotted := _DOTTED.match(chars, stop)):
            self.take(Role.WORD, run, stop)
            return self.take(Role.SUB, dotted[1], dotted.end())
        if stop < len(chars) and (
            (chars[stop] in "'’" and chars[stop + 1 : stop + 2].isalpha())
            or (chars[stop].isalpha() and not chars[stop].isascii() and is_foreign(chars[stop]))
        ):
            while stop < len(chars) and (chars[stop].isalnum() or chars[stop] in "'’"):
                stop += 1
            return self.take(Role.WORD if is_word(chars[at:stop]) else Role.OTHER, chars[at:stop], stop)
        return self.take(Role.WORD, run, stop)

    def letter(self, tex: str, stop: int) -> None:
        chars = self.chars
        tex, end = accented(tex, chars, stop)
        if end < len(chars) and unicodedata.combining(chars[end]):
            while end < len(chars) and unicodedata.combining(chars[end]):
                end += 1
            self.take(Role.OTHER, chars[self.at : end], end)
        else:
            self.take(Role.LETTER, tex, end)

    def index(self) -> None:
        """Digits glued to a single letter: `x1`."""
        match = PLAIN_NUMBER.match(self.chars, self.at)
        if match and self.found[-1].role is Role.LETTER and match[0].isdecimal():
            follows = self.chars[match.end() : match.end() + 1]
            if self.found[-1].text in ("i", "j") and follows.isalpha():
                return  # the imaginary unit before a number: `j2πf`
            if follows != "." or not self.chars[match.end() + 1 : match.end() + 2].isdecimal():
                self.take(Role.SUB, match[0], match.end())
