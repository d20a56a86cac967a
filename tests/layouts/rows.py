"""Layouts with question and answer, or term and meaning, on one line: separators, delimited lines, tables."""

from __future__ import annotations

from layouts.content import Pair
from layouts.pieces import Expected, Piece, Style, emphasised, indented, lasting, numbered, tail, wrapped

DELIMITERS = {"tab": "\t", "csv": ","}


def one_line(pair: Pair, n: int, style: Style) -> Piece:
    """A term and its meaning with a separator between them; it may go on over further lines."""
    marker = "" if style["marker"] == "none" else style["marker"] + " "
    term = numbered(style, n) + emphasised(pair.question, style["emphasis"])
    separator = style["separator"]
    if separator == ":" and style["emphasis"] == "**" and style["emphasis holds"] == "sign":
        term, separator = term.removesuffix("**") + ":**", " "
    closing = {"(": ")", "[": "]"}.get(separator, "")
    text = term + spaced(separator, style) + pair.answer + closing + tail(style, n)
    lines = wrapped(text, style, marker, " " * (len(marker) or 4))
    return _piece(pair, n, style, lines)


def spaced(separator: str, style: Style) -> str:
    """The separator with the blanks that stand around it."""
    if separator == "tab":
        return "\t"
    if separator in ("(", "["):
        return f" {separator}"
    if separator.isspace() or separator in (": ", "："):
        return separator
    if separator == ":":
        return ": "
    return f" {separator} " if style["blanks"] == "around" else separator


def delimited(pair: Pair, n: int, style: Style) -> Piece:
    """A line of values with a TAB, a semicolon or another sign between them."""
    values = [str(n)] if style["columns"].startswith("number") else []
    values += [pair.question, pair.answer]
    values += [style.word("sections", n // 4)] if style["columns"].endswith("remark") else []
    return _piece(pair, n, style, [joined(values, style)])


def joined(values: list[str], style: Style) -> str:
    """The values of a row as one line."""
    if style["delimiter"] == "none":
        return bars(values, style)
    if style["delimiter"] == "csv":
        quote = style["quotes"] == "all"
        values = [f'"{v}"' if quote or "," in v else v for v in values]
    return DELIMITERS.get(style["delimiter"], style["delimiter"]).join(values)


def row(pair: Pair, n: int, style: Style) -> Piece:
    """One row of a Markdown table."""
    values = [str(n)] if style["columns"].startswith("number") else []
    values += [emphasised(pair.question, style["emphasis"]), pair.answer]
    values += [style.word("sections", n // 4)] if style["columns"].endswith("remark") else []
    return _piece(pair, n, style, [bars(values, style)])


def bars(values: list[str], style: Style) -> str:
    """Cells between vertical bars, with or without outer ones."""
    line = " | ".join(values)
    return f"| {line} |" if style["bars"] == "outer" else line


def titles(style: Style, of: str) -> tuple[str, ...]:
    """The titles of the columns."""
    left, right = ("asked", "told") if of == "notes" else ("term", "meaning")
    names = (style.word(left), style.word(right))
    number = style.word("number")
    match style["titles"]:
        case "emoji":
            names = (f"❓ {names[0]}", f"✅ {names[1]}")
        case "capitals":
            names = (names[0].upper(), names[1].upper())
        case "fields":
            names, number = ("front", "back"), "id"
    before = (number,) if style["columns"].startswith("number") else ()
    behind = (style.word("remark"),) if style["columns"].endswith("remark") else ()
    return (*before, *names, *behind)


def head(style: Style, of: str) -> list[str]:
    """The lines above the rows of a table or above delimited lines, none where the style has none."""
    if style["delimiter"] != "none" and style["titles"] == "none":
        return []
    if style["titles"] == "export":
        return [f"#separator:{style['delimiter']}", "#html:false"]
    return under_titles(list(titles(style, of)), style)


def under_titles(names: list[str], style: Style) -> list[str]:
    """The lines of column titles: one, or two where a rule parts them from the rows."""
    if style["delimiter"] != "none":
        return [joined(names, style)]
    rule = {"plain": "---", "left": ":---", "centre": ":---:"}[style["rule"]]
    return [bars(names, style), bars([rule] * len(names), style)]


def two_lines(pair: Pair, n: int, style: Style) -> Piece:
    """A term alone on its line, its meaning below, as text, quote, item or indented."""
    marker = "" if style["marker"] == "none" else style["marker"] + " "
    sign = ":" if style["term sign"] == ":" else ""
    if style["emphasis"] in ("`", "["):
        term = emphasised(pair.question, style["emphasis"]) + sign
    else:
        term = emphasised(pair.question + sign, style["emphasis"])
    term = marker + numbered(style, n) + term
    term = "#" * int(style["level"]) + " " + term if style["level"] != "none" else term
    told = wrapped(pair.answer, style)
    match style["dress"]:
        case "quote":
            told = indented(told, "> ")
        case "bullet":
            told = wrapped(pair.answer, style, "- ", "  ")
        case "indented":
            told = indented(told, "  ")
        case "deep":
            told = indented(told, "\t")
        case "nested":
            told = wrapped(pair.answer, style, "  - ", "    ")
        case "labelled":
            word = style.word("meaning")
            told = wrapped(f"{word}: {pair.answer}", style, "- ", "  ")
    gap = [""] if style["gap"] == "blank" else []
    return _piece(pair, n, style, [term, *gap, *told], 1)


def _piece(pair: Pair, n: int, style: Style, lines: list[str], asked: int = 0) -> Piece:
    has_remark = style["columns"].endswith("remark")
    note = Expected(
        first=0,
        last=max(asked - 1, 0),
        question=pair.question,
        answer=pair.answer,
        marks=lasting(style, n),
        titles=titles(style, "terms" if pair.kind == "term" else "notes")
        if style["columns"] != "none"
        else (),
        beside=(style.word("remark"), style.word("sections", n // 4)) if has_remark else (),
        end=len(lines) - 1,
    )
    return Piece(tuple(lines), note)
