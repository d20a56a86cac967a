"""The families of layouts that hold multiple-choice questions, and statements that are true or false."""

from __future__ import annotations

from layouts import choices, claims, questions
from layouts.family import BETWEEN, COMMON, TAIL, WRAP, Dimensions, Family, always, has_fair_labels
from layouts.pieces import Style

OPTIONS: Dimensions = {
    "letters": ("capital", "capital", "small", "small", "number", "native"),
    "option sign": (")", ")", ".", "()", ":", "-", ".)", ").", "[]", " -"),
    "options": (
        "lines", "lines", "list", "list", "nested", "indented", "parted", "quote", "row", "breaks", "fence",
        "paragraphs", "HTML list",
    ),
    "gap": ("none", "blank"),
    "verdict": (
        "letter", "letter", "letter", "bold letter", "bracketed letter", "letter below", "letter and text",
        "text", "wholly bold", "alone", "fold", "quoted", "bold", "tick", "check", "ticks and crosses",
        "word behind", "star before", "plus before", "box", "equals before", "highlight", "in the stem",
        "key of items", "key of brackets", "key row", "key table", "key with texts", "key in order",
    ),
    "verdict word": ("answer", "answer", "right"),
    "verdict gap": ("none", "blank"),
    "label emphasis": ("none", "none", "**:", "**", "*"),
    "sign": (":", ":", ":", " -", "."),
    "key title": ("##", "**", ":"),
    "why": ("none", "none", "labelled", "next line", "italics"),
    "boxes": ("none", "none", "none", "none", "empty"),
    "sections": ("none", "none", "heading", "equals", "bold"),
    "restart": ("no", "no", "yes"),
    "after each": ("none",) * 7 + ("top", "advert", "html comment"),
}  # fmt: skip
"""How options look, and how the right one is told."""

BY_ITSELF = ("plus before", "equals before", "ticks and crosses", "box")
"""Verdicts whose options need no letters, and mostly have none."""

WITH_REASON = ("letter", "bracketed letter", "letter and text", "text", "quoted")
"""Verdicts on whose next line a reason can stand."""


def _fair(style: Style) -> bool:
    return _fair_key(style) and _fair_options(style) and _fair_verdict(style)


def _fair_key(style: Style) -> bool:
    """A key names numbers that the questions have, once."""
    labelled = style["label numbers"] == "yes"
    has_number = style["number"] != "none" or style["stem"] == "below its number" or labelled
    if style["verdict"].startswith("key") and (style["why"] != "none" or labelled):
        return False
    if style["verdict"].startswith("key") and style["verdict"] != "key in order" and not has_number:
        return False
    return style["restart"] == "no" or (has_number and style["sections"] != "none")


def _fair_options(style: Style) -> bool:
    """Options differ from the questions, and their letters are of the language."""
    sign, options = style["option sign"], style["options"]
    numbered = style["number"] in ("1.", "1)", "(1)", "[1]", "1 -")
    if style["letters"] == "native" and style.content.language not in ("ru", "ja"):
        return False
    if style["letters"] == "number" and (sign in (":", "-", " -") or numbered):
        return False
    if style["boxes"] == "empty" and (options != "list" or style["verdict"] in (*BY_ITSELF, "star before")):
        return False
    if options == "parted" and style["gap"] == style["verdict gap"] == "none":
        return False
    if "blank" in (style["gap"], style["verdict gap"]) and style["between"] == "none" == style["level"]:
        return False
    return sign != "[]" or (style["verdict"] != "in the stem" and options != "list")


def _fair_verdict(style: Style) -> bool:
    """The verdict can be told from the options, and stands where writers put it."""
    verdict, options = style["verdict"], style["options"]
    if options in ("fence", "row", "HTML list") and verdict in ("bold", "highlight", *BY_ITSELF):
        return False
    if verdict == "box":
        return options in ("list", "nested")
    if verdict in BY_ITSELF:
        return options in ("lines", "indented", "parted") and style["gap"] == "none"
    if verdict == "star before":
        return options in ("lines", "indented", "parted") and style["option sign"] not in ("()", "[]")
    if style["why"] == "next line" and verdict not in WITH_REASON:
        return False
    if verdict == "letter below" and style["sign"] != ":":
        return False
    if style["sign"] != ":" and verdict in ("letter and text", "wholly bold"):
        return False
    return style["asked label"] == "none" or style["sign"] == ":"


CHOICES: tuple[Family, ...] = (
    Family("choices under headings", "choices", (), choices.choice, _fair, {
        **OPTIONS,
        "level": ("2", "3", "3", "4"),
        "number": ("none", "1.", "1)", "Q1.", "Q1:", "Question 1:"),
        "tail": TAIL,
        "between": ("blank", "blank", "---", "none"),
    }, 3),
    Family("choices below their numbers", "choices", (), choices.choice, _fair, {
        **OPTIONS,
        "stem": ("below its number",),
        "level": ("none", "2", "3", "3"),
        "tail": TAIL,
        "wrap": WRAP,
        "between": ("blank", "blank", "---", "two"),
    }, 2),
    Family("choices numbered", "choices", (), choices.choice, _fair, {
        **OPTIONS,
        "number": ("1.", "1.", "1)", "(1)", "Q1.", "Q1:", "Question 1:", "Question 1.", "1 -", "[1]"),
        "emphasis": ("none", "none", "**"),
        "emphasis holds": ("number", "text"),
        "tail": TAIL,
        "wrap": WRAP,
        "between": (*BETWEEN, "none"),
    }, 3),
    Family("choices in plain lines", "choices", (), choices.choice, _fair, {
        **OPTIONS,
        "emphasis": ("none", "none", "**", "__"),
        "tail": TAIL,
        "wrap": WRAP,
        "between": BETWEEN,
    }, 2),
    Family("choices behind labels", "choices", (), choices.choice, _fair, {
        **OPTIONS,
        "asked label": ("short", "long"),
        "label numbers": ("no", "no", "yes"),
        "tail": TAIL,
        "wrap": WRAP,
        "between": BETWEEN,
    }, 2),
    Family("choices in a table", "choices", (), choices.row, always, {
        "columns": ("plain", "number"),
        "bars": ("outer", "outer", "none"),
        "rule": ("plain", "left", "centre"),
        "letters": ("capital",),
        "verdict": ("letter", "text"),
        "verdict word": ("answer", "right"),
        "between": ("none",),
        "sections": ("none", "none", "heading"),
    }),
    Family("choices delimited", "choices", (), choices.row, always, {
        "columns": ("plain", "number"),
        "delimiter": ("tab", ";", "csv", "|"),
        "quotes": ("needed", "all"),
        "letters": ("capital",),
        "verdict": ("letter", "text"),
        "verdict word": ("answer", "right"),
        "between": ("none",),
    }),
)  # fmt: skip

CLAIMS: tuple[Family, ...] = (
    Family("claims on a line", "claims", ("claim",), claims.claim, always, {
        **COMMON,
        "number": ("1.", "1.", "1)", "(1)"),
        "claim": ("(True)", "[True]", "— True", "**True**", "True before", "→ True", "T before"),
        "between": ("none", "blank"),
    }),
    Family("claims and labels", "claims", ("claim",), questions.stacked, has_fair_labels, {
        **COMMON,
        "number": ("1.", "1.", "1)", "Q1.", "Question 1:"),
        "told label": ("short", "long"),
        "label place": ("line",),
        "label emphasis": ("none", "none", "**:", "**"),
        "sign": (":", ":", " -"),
        "indent": ("none", "3"),
        "gap": ("none", "blank"),
        "between": (*BETWEEN, "none"),
    }),
)  # fmt: skip
