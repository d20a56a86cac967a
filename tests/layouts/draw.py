"""Which layouts a document has, and which notes each of them is to hold."""

from __future__ import annotations

from random import Random
from typing import Any

from layouts.choice_families import CHOICES, CLAIMS
from layouts.content import Content
from layouts.family import CLEAR, Dimensions, Family, is_led
from layouts.pieces import Style
from layouts.question_families import QUESTIONS
from layouts.term_families import TERMS

Items = list[Any]
"""Pairs, or choices."""

KINDS = (QUESTIONS,) * 5 + (TERMS,) * 3 + (CHOICES,) * 4 + (CLAIMS,)
"""Families by what they hold, as often as they are drawn."""

PLAIN = (0.2, 0.5, 0.8, 0.95)
"""How likely a dimension has its first value, which is the plain one; a layout draws one of these."""

FEWEST = 4
"""Notes that show a layout: three could be chance."""

TRIES = 500
"""How many styles are drawn before a family is given up: one in a hundred is fair in the strictest family."""


def valued(rng: Random, dimensions: Dimensions) -> dict[str, str]:
    """A value of each dimension: most layouts are plain in most of them."""
    plain = rng.choice(PLAIN)
    return {name: row[0] if rng.random() < plain else rng.choice(row) for name, row in dimensions.items()}


def _drawn(rng: Random, words: Content) -> tuple[Family, Style]:
    """A family and a fair style of it; a family without one in this language is drawn again."""
    while True:
        families = rng.choice(KINDS)
        family = rng.choices(families, [family.weight for family in families])[0]
        for _ in range(TRIES):
            values = valued(rng, family.dimensions)
            values["wording"] = str(rng.randrange(3))
            style = Style(_settled(values, words), words)
            if family.fair(style):
                return family, style


def chosen(rng: Random, words: Content, count: int) -> list[tuple[Family, Style, Items]]:
    """Layouts for up to `count` regions, with what each is to hold; a region has four notes at least."""
    pools = _pools(rng, words)
    found: list[tuple[Family, Style, Items]] = []
    while not found:
        for _ in range(count):
            family, style = _drawn(rng, words)
            items = _taken(rng, pools[family.of], family, style)
            if len(items) >= FEWEST:
                found.append((family, style, items))
    return found


def _settled(values: dict[str, str], words: Content) -> dict[str, str]:
    """The values with those left out that change nothing."""
    values = dict(values)
    if values.get("letters") == "native":
        values["letters"] = {"ru": "cyrillic", "ja": "kana"}.get(words.language, "native")
    by_itself = values.get("verdict") in ("plus before", "equals before")
    if by_itself or (values.get("verdict") in ("ticks and crosses", "box") and values.get("gap") == "none"):
        values["letters"] = "none"
        values.pop("option sign", None)
    labelled = {values.get("told label", "none"), values.get("asked label", "none")} != {"none"}
    if "verdict" not in values and not labelled:
        for name in ("label place", "label emphasis", "sign"):
            values.pop(name, None)
    if not values.get("verdict", "key").startswith("key"):
        values.pop("key title", None)
    if values.get("dress") != "arrow":
        values.pop("arrow", None)
    if values.get("emphasis", "none") == "none":
        values.pop("emphasis holds", None)
    return values


def _pools(rng: Random, words: Content) -> dict[str, Items]:
    """All that can be written, in random order; terms are those of a subject or of another language."""
    terms = rng.choice((words.terms, words.terms, words.pairs)) or words.terms
    pools: dict[str, Items] = {
        "notes": list(words.notes),
        "terms": list(terms),
        "choices": list(words.choices),
        "claims": list(words.claims),
    }
    for pool in pools.values():
        rng.shuffle(pool)
    return pools


DRESSED = {"bullet": ("line", "lines", "list"), "arrow": ("line",), "italics": ("line",), "bold": ("line",)}
"""What an answer in a dress can consist of."""

ONE_RIGHT = ("text", "letter and text", "wholly bold", "key in order", "key with texts")
"""Verdicts that can name one option only."""


def _taken(rng: Random, pool: Items, family: Family, style: Style) -> Items:
    """Some items of the pool that the layout can hold; they are taken out of it."""
    holds = set(family.kinds) & set(DRESSED.get(style["dress"], family.kinds))
    if family.of == "choices" and family.name.endswith(("table", "delimited")):
        holds = {"one right"}
    elif family.of == "choices":
        holds = {"one right"} | (set() if style["verdict"] in ONE_RIGHT else {"several right"})
    if style["number"] in ("1.", "1)") and style["indent"] == "none":
        holds.discard("steps")
    if not (style["told label"] != "none" or "fold" in style["dress"] or "over" in family.name):
        holds.discard("about code")
    between = style["separator"] if style["separator"] != "none" else style["delimiter"]
    found = [item for item in pool if item.kind in holds]
    if between not in ("none", "tab", "csv"):
        found = [item for item in found if between not in item.text]
    if family.name in ("run on", "after the sign"):
        found = [item for item in found if item.question.rstrip().endswith(("?", "؟"))]
    if family.of == "notes" and (style["mark"] != "none" or not _clear(style)):
        found = [item for item in found if "\n\n" not in item.answer]
    found = found[: rng.randint(5, 9 if family.of == "choices" else 14)]
    if len(found) >= FEWEST:
        for item in found:
            pool.remove(item)
    return sorted(found, key=lambda item: item.question) if style["sections"] == "letters" else found


def _clear(style: Style) -> bool:
    """Whether an answer may hold blank lines without hiding the next question."""
    sure = any(style[name] != "none" for name in ("cover", "callout", "tags", "review"))
    return is_led(style) or sure or style["between"] in CLEAR
