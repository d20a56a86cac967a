"""The families of layouts that hold questions and their answers."""

from __future__ import annotations

from layouts import questions, rows, run_on
from layouts.family import (
    ANY,
    BETWEEN,
    BULLET,
    CLEAR,
    COMMON,
    LABEL_SIGN,
    LINE,
    NUMBER,
    SECTIONS,
    SIMPLE,
    TAIL,
    TEXT,
    WRAP,
    Dimensions,
    Family,
    always,
    has_fair_labels,
    is_led,
)
from layouts.pieces import CJK, Style
from layouts.term_families import ROWS, is_fair_line, is_fair_row

TOLD: Dimensions = {
    "told label": ("none", "none", "short", "long", "emoji"),
    "label place": ("line", "line", "own"),
    "label emphasis": ("none", "none", "**:", "**", "*"),
    "sign": LABEL_SIGN,
    "dress": ("none", "none", "none", "quote", "bullet", "arrow", "italics", "bold", "fold", "tight fold"),
    "arrow": ("→", "->", "=>", ">>", "–", "↳"),
    "gap": ("blank", "none"),
    "extra": ("none",) * 6 + ("source",),
}
"""How an answer looks that stands below its question."""


def _fair_below(style: Style) -> bool:
    """The answer below is parted from its question, and the next question from the answer."""
    parted = (
        style["gap"] == "blank"
        or style["told label"] != "none"
        or style["dress"] not in ("none", "italics", "bold")
    )
    if not has_fair_labels(style) or (not parted and style["wrap"] != "none"):
        return False
    if style["gap"] == "blank" and style["between"] == "none" == style["level"]:
        return False
    if style["label place"] == "own" and style["dress"] == "bullet":
        return False
    if style["emphasis"] == "*" and (style["dress"] == "italics" or style["label emphasis"] == "*"):
        return False
    if style["asked label"] == "fields" and style["told label"] != "as asked":
        return False
    if style["emphasis"] != "none" and style["dress"] == "bold":
        return False
    if style["extra"] != "none" and (style["told label"] == "none" or style["sign"] != ":"):
        return False
    if is_led(style):
        bare = style["dress"] == "bullet" and style["indent"] == "none"
        return not (bare and style["marker"] in BULLET)
    if style["between"] == "none":
        return False
    if style["gap"] == "blank" and style["between"] not in CLEAR and style["told label"] == "none":
        return style["dress"] in ("quote", "fold", "tight fold")
    return True


def _fair_quoted(style: Style) -> bool:
    """A question in a quote is followed by an answer outside of it."""
    quoted = style["marker"] == ">"
    return _fair_below(style) and not (quoted and (style["gap"] == "none" or style["dress"] == "quote"))


def _fair_delimited(style: Style) -> bool:
    return is_fair_row(style)


def _spaced(style: Style) -> bool:
    """Words are parted by blanks, so that running text can be filled."""
    return style.content.language not in CJK


def _fair_after(style: Style) -> bool:
    """A line is known by one mark before it, or by what parts it from the next."""
    if style["marker"] != "none" and style["number"] != "none":
        return False
    marked = style["marker"] != "none" or style["number"] != "none" or style["emphasis"] != "none"
    return marked or (style["between"] == "blank" and style["wrap"] == "none")


QUESTIONS: tuple[Family, ...] = (
    Family("heading", "notes", ANY, questions.stacked, _fair_below, {
        **TOLD,
        **COMMON,
        "level": ("2", "3", "3", "4", "5"),
        "number": NUMBER,
        "tail": TAIL,
        "emphasis": ("none", "none", "**"),
        "emphasis holds": ("number", "text"),
        "between": ("blank", "blank", "none", "---", "two"),
    }, 4),
    Family("heading over heading", "notes", ANY, questions.headed, always, {
        **COMMON,
        "level": ("2", "3"),
        "number": NUMBER,
        "tail": TAIL,
        "stem": ("in the heading", "in the heading", "below its number"),
        "between": ("blank", "---"),
    }),
    Family("bold", "notes", ANY, questions.stacked, _fair_quoted, {
        **TOLD,
        **COMMON,
        "marker": ("none",) * 7 + (">",),
        "emphasis": ("**", "**", "__", "***", "<b>", "<strong>", "*"),
        "emphasis holds": ("number", "text"),
        "number": NUMBER,
        "tail": TAIL,
        "between": BETWEEN,
        "wrap": WRAP,
    }, 3),
    Family("numbered", "notes", ANY, questions.stacked, _fair_below, {
        **TOLD,
        **COMMON,
        "number": (
            "1.", "1.", "1)", "(1)", "1 -", "Q1.", "Q1:", "[1]", "Question 1:", "Question 1.", "①", "1.1",
        ),
        "tail": TAIL,
        "indent": ("none", "2", "3", "3", "4", "tab"),
        "between": (*BETWEEN, "none"),
        "wrap": WRAP,
    }, 4),
    Family("bullets", "notes", SIMPLE, questions.stacked, _fair_below, {
        **TOLD,
        **COMMON,
        "marker": BULLET,
        "emphasis": ("none", "none", "**"),
        "tail": TAIL,
        "number": ("none", "none", "none", "Q1:"),
        "indent": ("2", "2", "4", "tab"),
        "gap": ("none", "none", "blank"),
        "between": ("none", "none", "blank"),
        "wrap": WRAP,
        "sections": (*SECTIONS, "item", "item"),
    }, 2),
    Family("plain lines", "notes", ANY, questions.stacked, _fair_below, {
        **TOLD,
        **COMMON,
        "tail": TAIL,
        "between": ("blank", "blank", "two", "three", "---", "===", "***"),
        "wrap": WRAP,
    }, 3),
    Family("labels", "notes", ANY, questions.stacked, _fair_below, {
        **TOLD,
        **COMMON,
        "asked label": ("short", "short", "long", "fields"),
        "told label": ("as asked", "short", "long"),
        "number": ("none", "none", "none", "1.", "1)", "[1]"),
        "label numbers": ("no", "no", "yes"),
        "marker": ("none", "none", "none", "-", "*"),
        "tail": TAIL,
        "wrap": WRAP,
        "label emphasis": ("none", "none", "**:", "**", "*", "<b>"),
        "dress": ("none", "none", "none", "quote", "bullet"),
        "gap": ("none", "none", "blank"),
        "between": ("blank", "none", *BETWEEN),
    }, 4),
    Family("signs", "notes", TEXT, questions.stacked, always, {
        **COMMON,
        "asked label": ("emoji", "signs"),
        "told label": ("as asked",),
        "tail": TAIL,
        "wrap": WRAP,
        "gap": ("none", "none", "blank"),
        "between": ("blank", "two", "---"),
    }),
    Family("labels on one line", "notes", LINE, questions.on_one_line, has_fair_labels, {
        **COMMON,
        "asked label": ("short", "long", "fields"),
        "told label": ("as asked",),
        "label emphasis": ("none", "**:", "**"),
        "sign": (":", ":", ".", " -"),
        "marker": ("none", "none", "-", "*"),
        "number": ("none", "none", "1.", "1)"),
        "wrap": WRAP,
        "between": ("blank", "none"),
    }),
    Family("after the sign", "notes", LINE, questions.after_the_sign, _fair_after, {
        **COMMON,
        "marker": ("-", "none", *BULLET),
        "number": ("none", "1.", "1)", "(1)", "Q1."),
        "emphasis": ("none", "none", "**", "*"),
        "wrap": WRAP,
        "between": ("none", "blank"),
    }),
    Family("fold", "notes", ANY, questions.fold, always, {
        **COMMON,
        "number": NUMBER,
        "emphasis": ("none", "<b>", "<strong>"),
        "cover": ("one line", "own line"),
        "between": ("blank", "none", "---", "<br>"),
    }, 2),
    Family("definition list", "notes", TEXT, questions.definition, always, {
        **COMMON,
        "emphasis": ("none", "none", "**"),
        "colon": ("one", "three", "tab"),
        "gap": ("none", "none", "blank"),
        "between": ("blank", "two"),
    }),
    Family("callout", "notes", ANY, questions.callout, always, {
        **COMMON,
        "callout": ("question]", "question]-", "faq]", "FAQ]+"),
        "number": ("none", "none", "1.", "Q1:"),
        "between": ("blank", "two"),
    }),
    Family("mark between", "notes", ANY, questions.mark_between, always, {
        **COMMON,
        "mark": ("?", "?", "??"),
        "review": ("none", "none", "comment"),
        "between": ("blank", "two", "---"),
        "wrap": WRAP,
    }),
    Family("start and end", "notes", ANY, questions.start_and_end, always, {
        **COMMON,
        "review": ("none", "comment"),
        "between": ("blank", "none"),
    }),
    Family("HTML", "notes", SIMPLE[:3], questions.html, always, {
        "tags": ("h3", "h4 id", "p b", "div", "dt"),
        "number": ("none", "none", "1.", "Q1:", "Question 1."),
        "between": ("none", "blank"),
        "sections": ("none", "heading"),
    }),
    Family("answers at the end", "notes", LINE, questions.asked_only, always, {
        "number": ("1.", "1.", "1)", "Q1.", "Question 1."),
        "emphasis": ("none", "none", "**"),
        "tail": TAIL,
        "between": ("none", "none", "blank"),
        "key title": ("##", "**", ":"),
    }),
    Family("run on", "notes", LINE, run_on.written, _spaced, {
        "number": ("1.", "1.", "1)", "Q1."),
        "wrap": ("60", "72", "90"),
        "sections": ("none", "none", "heading"),
    }),
    Family("one line", "notes", LINE, rows.one_line, is_fair_line, {
        **COMMON,
        "separator": (
            "::", ";;", "->", "→", "=>", "—", "|", "tab", ":::", "—", "=", ">>", "/", "~", "⇒", "(", "[",
        ),
        "blanks": ("around", "around", "none"),
        "marker": ("none", "none", *BULLET),
        "number": ("none", "none", "1.", "1)", "#1"),
        "emphasis": ("none", "none", "**", "*"),
        "fenced": ("no",) * 9 + ("yes",),
        "between": ("none", "none", "blank"),
    }, 2),
    Family("delimited", "notes", LINE, rows.delimited, _fair_delimited, {
        "delimiter": ("tab", "tab", ";", "|", "csv", "¦"),
        "quotes": ("needed", "all"),
        "columns": ("two", "two", "number", "remark", "number and remark"),
        "titles": ("none", "none", "plain", "capitals", "fields", "export"),
        "between": ("none", "none", "none", "blank"),
        "sections": ("none", "none", "none", "heading", "equals"),
    }, 2),
    Family("table", "notes", LINE, rows.row, always, ROWS, 2),
)  # fmt: skip
