"""Keys: what comes back in a document and so announces a part of each of its records, found by repetition alone.

A short line by itself (`Answer`), a word before a sign (`A: …`), a fold's title, an emoji at the start of lines.
Words only say later which key is the answer's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct

from deckbuild.extract.page.roles import Role, role
from deckbuild.extract.page.signature import Signature
from deckbuild.machine.regex import regex
from deckbuild.model.text import has_image
from deckbuild.syntax.units import Unit

_DIGITS = regex(r"\d+")
_LONGEST = 44
"""Characters of a line that may be a key by itself."""


class Key(Struct, frozen=True, gc=False):
    """`form` is `alone`, `label`, `tag`, `fold` or `emoji`; `text` what comes back, its digits masked."""

    form: str
    text: str

    @property
    def role(self) -> Role:
        """What the key announces, as far as words tell."""
        return "" if self.form in ("tag", "emoji") else role(self.text.split("|")[0])


def masked(unit: Unit, sign: Signature) -> str:
    """The text of a unit as it may come back: case folded, digits masked, marks and numbers at its start aside."""
    if unit.kind == "tag":
        return f"<{unit.tag}>"
    if unit.text in ("?", "??", "？"):
        return "?"
    text = _DIGITS.sub("#", unit.text[sign.body :].casefold()).strip(" *_:：.#-–—")
    if not text and sign.style:
        text = "#"
    level = f"|h{unit.level}" if unit.kind == "heading" else "|summary" if unit.tag == "summary" else ""
    return text + level if text else ""


def labelled(unit: Unit, sign: Signature) -> str:
    """The label of a unit with its sign; "" if it has none."""
    if not sign.label:
        return ""
    level = f"|h{unit.level}" if unit.kind == "heading" else ""
    return f"{sign.label}|{sign.label_sign.replace('：', ':')}{level}"


def _fewest(unit: Unit, text: str) -> int:
    """How often a line must come back before it is a key: once where it says that an answer follows."""
    told = role(text.split("|")[0])
    return 1 if told == "answer" or text == "?" else 2 if told or unit.kind == "tag" else 3


_KINDS = frozenset({"text", "heading", "tag"})


def wordings(units: Sequence[Unit], signs: Sequence[Signature]) -> tuple[str, ...]:
    """The text of each unit as it may come back; "" of those that are no text."""
    return tuple(masked(u, s) if u.kind in _KINDS else "" for u, s in zip(units, signs, strict=True))


def keys(
    units: Sequence[Unit], signs: Sequence[Signature], worded: Sequence[str], aside: Collection[int]
) -> tuple[Key | None, ...]:
    """The key of each unit, if it has one, by its signature and wording; units `aside` (options) have none.

    Keys that are equal are the same object.
    """
    may = [u.kind in _KINDS and at not in aside for at, u in enumerate(units)]
    texts = [text if ok else "" for text, ok in zip(worded, may, strict=True)]
    labels = [labelled(u, s) if ok else "" for u, s, ok in zip(units, signs, may, strict=True)]
    alone = Counter(text for text in texts if text and len(text) <= _LONGEST)
    before = Counter(filter(None, labels))
    emojis = Counter(
        s.emoji for u, s, ok in zip(units, signs, may, strict=True) if ok and s.emoji and not s.mark
    )
    found: list[Key | None] = []
    known: dict[tuple[str, str], Key] = {}

    def key(form: str, text: str) -> Key:
        return known.setdefault((form, text), Key(form, text))

    for unit, sign, text, label in zip(units, signs, texts, labels, strict=True):
        if not (text or label or sign.label or sign.emoji):
            found.append(None)
            continue
        told = role(sign.label) if sign.label else ""
        short = bool(text) and len(text) <= _LONGEST
        often = before[label] >= 2 or (told in ("question", "answer", "tags") and sign.label_sign)
        if told and often and (unit.text[sign.value :].strip(" *_") or has_image(unit.content)):
            found.append(key("label", label))
        elif short and alone[text] >= _fewest(unit, text):
            found.append(key("tag" if unit.kind == "tag" else "alone", text))
        elif label and before[label] >= (2 if told else 3):
            found.append(key("label", label))
        elif unit.tag == "summary" and text:
            found.append(key("fold", "summary"))
        elif sign.emoji and emojis[sign.emoji] >= 3:
            found.append(key("emoji", sign.emoji))
        else:
            found.append(None)
    return tuple(found)
