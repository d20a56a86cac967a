"""The families of layouts that hold terms and their meanings."""

from __future__ import annotations

from layouts import questions, rows
from layouts.family import BULLET, COMMON, SECTIONS, WRAP, Dimensions, Family, always, has_fair_labels
from layouts.pieces import CJK, Style

TERM = ("term",)

ROWS: Dimensions = {
    "columns": ("two", "two", "number", "remark", "number and remark"),
    "titles": ("plain", "plain", "emoji", "capitals"),
    "bars": ("outer", "outer", "none"),
    "rule": ("plain", "left", "centre"),
    "emphasis": ("none", "none", "**", "`"),
    "between": ("none",),
    "sections": ("none", "none", "heading", "bold"),
}
"""How a table looks."""

TIGHT = ("::", ";;", ":::", "=>", "->", "→", "⇒", "↔", "<->")
"""Separators that need no blanks, since no word holds them."""


def is_fair_line(style: Style) -> bool:
    """The separator stands out from the text, and the next line from a wrapped one."""
    separator = style["separator"]
    if style["blanks"] == "none" and separator not in TIGHT:
        return False
    if style["emphasis holds"] == "sign" and separator != ":":
        return False
    if style["wrap"] != "none" and style["between"] == "none" == style["marker"] == style["number"]:
        return False
    if style["marker"] != "none" and style["number"] != "none":
        return False
    if style["fenced"] == "yes" and (style["after each"] != "none" or style["emphasis"] != "none"):
        return False
    return separator != style["marker"]


def has_letters(style: Style) -> bool:
    """Sections by first letter are for languages with an alphabet, and for terms without an article."""
    return style["sections"] != "letters" or style.content.language not in (*CJK, "ko", "hi", "ar")


def _fair_line(style: Style) -> bool:
    return has_letters(style) and is_fair_line(style)


def is_fair_row(style: Style) -> bool:
    """Bars of a line are no `#separator`, and a line of titles stands above all of them."""
    return style["delimiter"] != "|" or style["titles"] not in ("export", "fields")


def _fair_alone(style: Style) -> bool:
    """A bare term is known by its meaning's indent or mark, or by what parts it from the one before."""
    if not has_letters(style):
        return False
    if style["emphasis"] != "none" or style["number"] != "none":
        return True
    if style["dress"] == "none":
        return style["gap"] == "none" and style["wrap"] == "none"
    return style["gap"] == "none" or style["between"] in ("two", "---")


TERMS: tuple[Family, ...] = (
    Family("terms on a line", "terms", TERM, rows.one_line, _fair_line, {
        **COMMON,
        "separator": (
            ":", "-", "–", "—", "=", "->", "→", "=>", "::", ";;", ":::", "|", "tab", ">", "/", "~", "↔",
            "<->", "⇒", "(", "[",
        ),
        "blanks": ("around", "around", "around", "none"),
        "marker": ("none", "none", *BULLET),
        "emphasis": ("none", "none", "**", "**", "*", "`"),
        "emphasis holds": ("text", "sign"),
        "number": ("none", "none", "none", "1.", "1)"),
        "fenced": ("no",) * 12 + ("yes",),
        "between": ("none", "none", "blank"),
        "wrap": WRAP,
        "sections": ("none", "none", "heading", "bold", "letters", "letters", "equals"),
    }, 4),
    Family("terms as headings", "terms", TERM, rows.two_lines, has_letters, {
        "level": ("2", "3", "3", "4"),
        "emphasis": ("none", "none", "**"),
        "number": ("none", "none", "none", "1."),
        "dress": ("none", "none", "quote", "bullet"),
        "gap": ("blank", "none"),
        "between": ("blank", "blank", "none", "---"),
        "wrap": WRAP,
        "sections": ("none", "none", "heading", "letters"),
    }, 2),
    Family("terms alone", "terms", TERM, rows.two_lines, _fair_alone, {
        "emphasis": ("none", "**", "**", "__", "[", "<b>"),
        "number": ("none", "none", "none", "1."),
        "dress": ("none", "quote", "indented", "deep", "bullet", "labelled"),
        "term sign": ("none", "none", "none", ":"),
        "gap": ("none", "none", "blank"),
        "between": ("blank", "blank", "two", "---"),
        "wrap": WRAP,
        "sections": ("none", "none", "heading", "equals", "letters"),
    }, 2),
    Family("terms nested", "terms", TERM, rows.two_lines, always, {
        **COMMON,
        "marker": BULLET,
        "emphasis": ("none", "**", "`"),
        "dress": ("nested", "nested", "indented"),
        "term sign": ("none", "none", ":"),
        "between": ("none", "none", "blank"),
        "wrap": WRAP,
        "sections": (*SECTIONS, "item"),
    }),
    Family("terms behind labels", "terms", TERM, questions.stacked, has_fair_labels, {
        **COMMON,
        "asked label": ("terms", "fields"),
        "told label": ("as asked",),
        "label place": ("line",),
        "label emphasis": ("none", "none", "**:", "**"),
        "sign": (":", ":", " -", " :"),
        "marker": ("none", "none", "none", "-"),
        "wrap": WRAP,
        "gap": ("none", "none", "blank"),
        "between": ("blank", "two", "---"),
    }),
    Family("terms in a definition list", "terms", TERM, questions.definition, has_letters, {
        "emphasis": ("none", "none", "**", "`"),
        "colon": ("one", "three", "tab"),
        "gap": ("none", "none", "blank"),
        "between": ("blank", "two"),
        "sections": ("none", "heading", "letters"),
    }),
    Family("terms in HTML", "terms", TERM, questions.html, always, {
        "tags": ("dt", "dt", "h3", "p b"),
        "between": ("none", "blank"),
        "sections": ("none", "heading"),
    }),
    Family("terms in a table", "terms", TERM, rows.row, always, ROWS, 2),
    Family("terms delimited", "terms", TERM, rows.delimited, is_fair_row, {
        "delimiter": ("tab", "tab", ";", "|", "csv"),
        "quotes": ("needed", "all"),
        "columns": ("two", "two", "two", "number"),
        "titles": ("none", "none", "plain", "fields", "export"),
        "between": ("none", "none", "none", "blank"),
        "sections": ("none", "none", "none", "heading", "equals"),
    }, 2),
)  # fmt: skip
