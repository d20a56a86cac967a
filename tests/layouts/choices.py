"""Layouts of multiple-choice questions: the stem, the options, and how the right one is told."""

from __future__ import annotations

from layouts import rows
from layouts.content import Choice
from layouts.pieces import Expected, Piece, Style, emphasised, indented, label, lasting, tail, wrapped
from layouts.questions import asking

LETTERS = {
    "capital": "ABCDEFGH",
    "small": "abcdefgh",
    "number": "12345678",
    "cyrillic": "АБВГДЕЖЗ",
    "kana": "アイウエオカキク",
    "roman": ("I", "II", "III", "IV", "V", "VI"),
}


def letters(asked: Choice, style: Style) -> str:
    """The letters or numbers of the right options."""
    return ", ".join(LETTERS[style["letters"]][place] for place in asked.right)


def choice(asked: Choice, n: int, style: Style) -> Piece:
    """A question, its options, and the verdict where it stands with the question."""
    stem = _stem(asked, n, style)
    options = _options(asked, style)
    gap = [""] if style["gap"] == "blank" else []
    lines = [*stem, *gap, *options, *_verdict(asked, n, style)]
    return Piece(
        tuple(lines),
        Expected(
            first=0,
            last=len(stem) - 1,
            question=asked.question,
            answer="\n".join(asked.options[place] for place in asked.right),
            options=asked.options,
            marks=lasting(style, n),
            secret=f"[{letters(asked, style)}]" if style["verdict"] == "in the stem" else "",
            end=len(lines) - 1,
        ),
    )


def row(asked: Choice, n: int, style: Style) -> Piece:
    """A question, its options and the right one's letter or text as the cells of one row."""
    told = letters(asked, style) if style["verdict"] == "letter" else asked.options[asked.right[0]]
    number = [str(n)] if style["columns"] == "number" else []
    line = rows.joined([*number, asked.question, *asked.options, told], style)
    note = Expected(
        first=0,
        last=0,
        question=asked.question,
        answer=asked.options[asked.right[0]],
        options=asked.options,
    )
    return Piece((line,), note)


def head(asked: Choice, style: Style) -> list[str]:
    """The titles of the columns of such rows."""
    number = [style.word("number")] if style["columns"] == "number" else []
    options = LETTERS["capital"][: len(asked.options)]
    names = [
        *number,
        style.word("asked"),
        *options,
        style.word("right" if style["verdict word"] == "right" else "answer"),
    ]
    return rows.under_titles(names, style)


def _stem(asked: Choice, n: int, style: Style) -> list[str]:
    if style["stem"] != "below its number":
        lines = asking(asked.question, n, style)
        if style["verdict"] == "in the stem":
            lines[-1] += f" [{letters(asked, style)}]"
        return lines
    head = f"{style.word('question')} {n}"
    head = "#" * int(style["level"]) + f" {head}" if style["level"] != "none" else f"**{head}**"
    lines = [head, "", *wrapped(asked.question, style)]
    lines[-1] += tail(style, n)
    if style["verdict"] == "in the stem":
        lines[0] += f" [{letters(asked, style)}]"
    return lines


def _options(asked: Choice, style: Style) -> list[str]:
    lines = [_option(asked, place, style) for place in range(len(asked.options))]
    match style["options"]:
        case "list":
            return indented(lines, "- ")
        case "nested":
            return indented(lines, "   - ")
        case "indented":
            return indented(lines, "    " if style["number"] == "none" else "   ")
        case "parted":
            return [part for line in lines for part in (line, "")][:-1]
        case "quote":
            return indented(lines, "> ")
        case "row":
            return ["   ".join(lines)]
        case "breaks":
            return [f"{line}<br>" for line in lines]
        case "paragraphs":
            return [f"<p>{line}</p>" for line in lines]
        case "fence":
            return ["```", *lines, "```"]
        case "HTML list":
            return ["<ul>", *(f"<li>{line}</li>" for line in lines), "</ul>"]
    return lines


def _option(asked: Choice, place: int, style: Style) -> str:
    text = asked.options[place]
    right = place in asked.right
    sign = style["option sign"]
    mark = LETTERS[style["letters"]][place] if style["letters"] != "none" else ""
    mark = f"({mark}) " if sign == "()" else f"[{mark}] " if sign == "[]" else f"{mark}{sign} "
    mark = "" if style["letters"] == "none" else mark
    match style["verdict"]:
        case "bold":
            return f"**{mark}{text}**" if right else mark + text
        case "tick":
            return f"{mark}{text} ✅" if right else mark + text
        case "check":
            return f"{mark}{text} ✓" if right else mark + text
        case "ticks and crosses":
            return f"{'✅' if right else '❌'} {mark}{text}"
        case "word behind":
            return f"{mark}{text} ({style.word('correct')})" if right else mark + text
        case "star before":
            return f"*{mark}{text}" if right else mark + text
        case "plus before":
            return f"{'+' if right else '-'} {text}"
        case "box":
            return f"[{'x' if right else ' '}] {mark}{text}"
        case "equals before":
            return f"{'=' if right else '~'}{text}"
        case "highlight":
            return f"{mark}=={text}==" if right else mark + text
    if style["boxes"] == "empty":
        return f"[ ] {mark}{text}"
    return mark + text


def _verdict(asked: Choice, n: int, style: Style) -> list[str]:
    letter_ = letters(asked, style) if style["letters"] != "none" else ""
    text = asked.options[asked.right[0]]
    word = style.word("right" if style["verdict word"] == "right" else "answer")
    sign = {"()": f"({letter_})", ")": f"{letter_})"}.get(style["option sign"], f"{letter_}.")
    named = emphasised(label(style, word, n).strip() + " ", "none")
    why = _explained(asked, style)
    match style["verdict"]:
        case "letter":
            told = [named + letter_]
        case "bold letter":
            told = [named + f"**{letter_}**"]
        case "bracketed letter":
            told = [f"{named}({letter_})"]
        case "letter below":
            told = [named.rstrip(), letter_]
        case "letter and text":
            told = [f"{named}{sign} {text}"]
        case "text":
            told = [named + text]
        case "wholly bold":
            told = [f"**{word}: {sign} {text}**"]
        case "alone":
            told = [letter_]
        case "fold":
            lines = [f"{word}: {letter_}", *why]
            return ["", "<details>", f"<summary>{style.word('show')}</summary>", "", *lines, "", "</details>"]
        case "quoted":
            told = [f"> {named}{letter_}"]
        case _:
            return ["", *why] if why and why[0] else why
    return [*([""] if style["verdict gap"] == "blank" else []), *told, *why]


def _explained(asked: Choice, style: Style) -> list[str]:
    word = f"{style.word('why')}: "
    match style["why"]:
        case "labelled":
            return ["", *wrapped(asked.why, style, word)]
        case "next line":
            return [word + asked.why]
        case "italics":
            return ["", f"*{word}{asked.why}*"]
    return []


def key(asked: list[Choice], style: Style, first: int) -> list[str]:
    """The lines of a key behind the questions, which are numbered from `first`."""
    told = [letters(choice, style) for choice in asked]
    numbers = range(first, first + len(asked))
    head = style.word("key", style.variant)
    head = {"##": f"## {head}", "**": f"**{head}**", ":": f"{head}:"}[style["key title"]]
    match style["verdict"]:
        case "key of items":
            lines = [f"{n}. {x}" for n, x in zip(numbers, told, strict=True)]
        case "key of brackets":
            lines = [f"{n}) {x}" for n, x in zip(numbers, told, strict=True)]
        case "key row":
            lines = [", ".join(f"{n}-{x}" for n, x in zip(numbers, told, strict=True))]
        case "key table":
            rows = [f"| {n} | {x} |" for n, x in zip(numbers, told, strict=True)]
            lines = [f"| {style.word('number')} | {style.word('answer')} |", "| --- | --- |", *rows]
        case "key with texts":
            lines = [
                f"{n}. {x}) {c.options[c.right[0]]}" for n, x, c in zip(numbers, told, asked, strict=True)
            ]
        case "key in order":
            lines = [choice.options[choice.right[0]] for choice in asked]
        case _:
            return []
    return [head, "", *lines]
