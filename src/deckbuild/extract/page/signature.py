"""Signatures: what of a unit may repeat in a document, whatever it says.

Marker and number, letter of an option, emphasis, label word and its sign, emoji. Offsets point into the unit's text.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from deckbuild.extract.page.asking import asks
from deckbuild.extract.page.scripts import SIGNS_OF_WORDS
from deckbuild.machine.regex import regex
from deckbuild.model import Emphasis, HtmlSpan, Inlines, Strong, Text
from deckbuild.model.text import inline_text
from deckbuild.syntax.units import Unit

_ALPHABETS = (
    "abcdefgh",
    "ａｂｃｄｅｆｇｈ",
    "абвгде",
    "αβγδεζ",
    "أبجده",
    "אבגדה",
    "アイウエオ",
    "가나다라마",
    "①②③④⑤⑥⑦⑧",
    ("i", "ii", "iii", "iv", "v", "vi"),
)
LETTERS = {letter: at for alphabet in _ALPHABETS for at, letter in enumerate(alphabet)} | {"ا": 0}
"""Places of the letters that count options, in lower case."""


def own_alphabet(letters: Sequence[str]) -> str:
    """The letters of another script than Latin that count options, in capitals; empty where they count otherwise."""
    for alphabet in _ALPHABETS[2:-1]:  # behind both Latin ones, before Roman numbers
        if "".join(letters).casefold().replace("ا", "أ") == "".join(alphabet[: len(letters)]):
            return "".join(alphabet).upper()
    return ""


LETTER = "(?:[A-Ha-hＡ-Ｈａ-ｈА-Еа-еΑ-Ζα-ζأابجدهא-הアイウエオ가나다라마①-⑧]|iii?|iv|vi?|i)"
"""A pattern for one of them, in either case."""

ROMAN = "iv"
"""What small Roman numbers begin with."""

_BULLET = regex(r"(?P<mark>[-*+•●○▪■◦‣·➤►▶]|→)\s+(?=\S)|(?P<glued>[•●▪])(?=\S)")
_BOX = regex(r"\[(?P<tick>[ xX✓✔*]?)\](?:\s+(?=\S)|$)")
_EMOJI = regex(rf"(?P<emoji>[^\w\s!-/:-@\[-`{{-~“”„«»‘’–—…•·→¿¡∀-⋿⟨-⟯{SIGNS_OF_WORDS}]\ufe0f?)\s*(?=\S|$)")
_COUNTED = regex(r"\d{1,4}$")
"""The number at the end of a label."""

_NUMBER = regex(
    r"(?P<open>[(\[]?|[#№]\s?)(?P<number>\d{1,4})(?P<more>(?:\.\d{1,3})*)(?P<close>\)\.|[.):\]、．]\)?|\.-|\s?[-–](?=\s)|°"
    r"|(?<=\b0\d)(?=\s)|(?<=\b0\d\d)(?=\s)|(?<=\d\.\d)(?=\s)|(?<=\d\.\d\d)(?=\s)|(?<=[#№]\d)(?=\s)|(?<=[#№]\d\d)(?=\s)|(?<=[#№]\d\d\d)(?=\s))\s*(?=\S|$)"
)
_DECIMAL = regex(r"\d+\.(?:\d{4,}|\d+e[+-]?\d+)(?:\s|$)")
"""A number with its fraction, which counts nothing: `0.30000000000004`."""

LETTERED = regex(
    rf"(?:[*=]\s?)?(?P<open>[(\[（]?)(?P<letter>{LETTER})(?P<close>\)\.|\.\)|[.):\]、．）：]|\s?[-–—](?=\s|[^\W\d])|(?<=[①-⑧]))\s*(?=\S|$)"
)
_LABEL = regex(
    rf"(?P<word>(?:[^\W\d_][\w’'/&.{SIGNS_OF_WORDS}-]{{0,24}}"
    rf"(?:[ -]{{1,3}}[\w’'/&.#№{SIGNS_OF_WORDS}-]{{1,16}}){{0,3}}|[QA])(?:\s?\([^()]{{1,12}}\))?)\s{{0,3}}"
    r"(?P<sign>[:：]|\.(?=\s)|\s?[-–—]+(?=\s*\S)|\)(?=\s))\s*"
)
_ENDED = regex(r"(?P<word>[^\W\d_]+\d+)\.\s+")
"""A label with its number that ends before further words: `Q7. Self-`."""

_NUMBERED_LABEL = regex(r"(?P<word>[^\W\d_]{1,12})\s?[#№]?(?P<number>\d{1,4})(?P<sign>\.\s|\)|(?=\s|$))\s*")
_DIGITS = regex(r"[\d.]*\d")
_CAPITALS = regex(r"[^a-zà-ÿа-яё]*[A-ZÀ-ÞА-ЯЁ]{3}[^a-zà-ÿа-яё]*")


_BRACKETED = regex(r"[(（][^()（）]{1,60}[)）]")
"""Another name behind a term that fills its line: `**Path** *(Pfad)*`."""


class Signature(Struct, frozen=True, gc=False):
    """What may repeat of a unit.

    `style` tells how its number is written (`1.`, `(1)`), `letter` and `letter_style` an option's; `mark` is a bullet,
    `box` the tick of a task list ("" where it is open, None where there is none). The text behind number, bullet and
    emoji begins at `body`, behind the letter of an option at `behind_letter`, behind a label at `value`.
    """

    mark: str = ""
    style: str = ""
    number: int | None = None
    letter: str = ""
    letter_style: str = ""
    box: str | None = None
    emphasis: str = ""
    label: str = ""
    label_sign: str = ""
    emoji: str = ""
    body: int = 0
    behind_letter: int = 0
    value: int = 0
    asks: float = 0.0

    @property
    def marker(self) -> str:
        """The bullet of an item, `1` for any number, empty for other text."""
        return self.mark or ("1" if self.style else "")


def signature(unit: Unit) -> Signature:
    """The signature of a unit of text or a heading; of others an empty one."""
    if unit.kind not in ("text", "heading"):
        return Signature()
    text, at = unit.text, 0
    mark = unit.marker if unit.marker and unit.number is None else ""
    box = None
    emoji = ""
    is_word = text[:1].isalpha()  # with no sign before
    if not (mark or is_word) and (match := _BULLET.match(text)):
        mark, at = match["mark"] or match["glued"], match.end()
    if not is_word and (match := _BOX.match(text, at)):
        box, at = match["tick"].strip(), match.end()
    if not is_word and (match := _EMOJI.match(text, at)):
        emoji, at = match["emoji"], match.end()
    style, number = "", unit.number
    if unit.number is not None:
        style = unit.marker
    elif is_word:
        pass
    elif (match := _NUMBER.match(text, at)) and not _DECIMAL.match(text, match.start("number")):
        style = f"{match['open']}1{'.1' if match['more'] else ''}{match['close'].strip()}"
        number = int(match["more"].rsplit(".", 1)[1]) if match["more"] else int(match["number"])
        at = match.end()
        if not emoji and (further := _EMOJI.match(text, at)):
            emoji, at = further["emoji"], further.end()
    letter = letter_style = ""
    behind = at
    if match := LETTERED.match(text, at):
        letter, behind = match["letter"], match.end()
        case = "A" if letter.isupper() else "a"
        letter_style = f"{match['open']}{case}{match['close'].strip()}"
    label = sign = ""
    value = at
    if len(text) > at and (match := _LABEL.match(text, at)):
        label, sign, value = match["word"].casefold(), match["sign"].strip()[:1], match.end()
        if inner := _ENDED.match(match["word"]):
            label, sign, value = inner["word"].casefold(), ".", at + inner.end()
        if number is None and (counted := _COUNTED.search(label)):
            number = int(counted[0])
    elif match := _NUMBERED_LABEL.match(text, at):
        label, sign, value = f"{match['word']} #".casefold(), match["sign"].strip(), match.end()
        number = int(match["number"]) if number is None else number
    return Signature(
        mark,
        style,
        number,
        letter,
        letter_style,
        box,
        _emphasis(unit),
        _DIGITS.sub("#", label) if label else "",
        sign,
        emoji,
        at,
        behind,
        value,
        asks(text[at:]),
    )


def _emphasis(unit: Unit) -> str:
    """How much of a unit is strong: all of it, its beginning, or all in capitals."""
    shown = marked_start(unit.content)
    if unit.kind == "text" and unit.tag in ("b", "strong") and not shown:
        return "start"
    if shown:
        rest = unit.text[shown:].strip(" .:：")
        return "start" if rest and not _BRACKETED.fullmatch(rest) else "whole"
    return "capitals" if len(unit.text) > 3 and _CAPITALS.fullmatch(unit.text) else ""


def marked_start(content: Inlines) -> int:
    """The length of the plain text that is strong or emphasised at the start of a run; 0 if none is."""
    if content and type(content[0]) is Text and content[0].text[:1].isalpha():
        return 0
    length = 0
    opened = False
    for element in content:
        text = inline_text((element,))
        if isinstance(element, (Strong, Emphasis)) and not opened:
            return length + len(text)
        if isinstance(element, HtmlSpan) and element.text.lower().startswith(
            ("<b>", "<strong", "<em", "<i>", "<u>", "<dfn")
        ):
            opened = True
        elif opened and isinstance(element, HtmlSpan) and element.text.startswith("</"):
            return length
        elif not opened and (text.strip() and any(c.isalpha() for c in text)):
            return 0
        length += len(text)
    return 0


def signatures(found: Sequence[Unit]) -> tuple[Signature, ...]:
    """The signature of each unit."""
    return tuple(map(signature, found))
