"""Sheets of tasks in notebooks: cells that begin with a word for a task and its number, and the cells that solve it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Asked

_WORDS = frozenset(
    "q que question problem exercise ex task quiz challenge assignment puzzle aufgabe übung frage ejercicio pregunta"
    " problema tarea exercice exercício exercicio questão questao tarefa esercizio domanda compito задание задача"
    " вопрос упражнение завдання вправа питання zadanie pytanie úloha cvičení otázka opgave vraag uppgift fråga"
    " tehtävä harjoitus soru alıştırma feladat 练习 問題 问题 题目 題目 練習 課題 문제".split()
)
"""What numbered tasks are called, in the languages of the words of extraction."""

_LABEL = regex(
    r"\s*(?:#{1,6}\s*|[*_]{1,3}|<[^<>\n]+>\s*)*(?P<word>[^\W\d_]+)[.#№*_\s-]{0,4}(?P<number>\d{1,3})(?![\w.]*\d)"
)
_TOLD = regex(
    r"^[\s*_#>-]*(?:ans(?:wer)?|a|sol(?:ution)?|antwort|lösung|respuesta|solución|resposta|réponse|risposta|ответ"
    r"|решение|відповідь|odpowiedź|cevap|答案?|解答|답)[\s*_]*[:：.]",
    re.IGNORECASE | re.MULTILINE,
)
"""The label of an answer at the start of a line."""

_FEWEST = 3
"""Tasks that make a sheet."""

_LEFT_OPEN = regex(
    r"\W*(?:(?:please\s+)?(?:write|put|enter|type|insert|add|complete|implement|fill)\b.*\b(?:here|below)\b.*"
    r"|(?:your\s+)?(?:code|answer|solution)s?(?:\s+goes)?(?:\s+here)?|todo\b.*)\W*",
    re.IGNORECASE,
)
"""A remark that leaves the code to the learner."""


_POINTS = regex(
    r"[\[(]\s*\d{1,3}(?:[.,]\d)?\s*(?:points?|pts?|marks?|punkte?|puntos?|pontos?|punti|балл(?:а|ов)?|分)(?!\w)[^\])\n]*[\])]",
    re.IGNORECASE,
)
"""What a task is worth, in brackets behind its title."""


class Cell(Struct, frozen=True):
    """A cell: the lines of its reading, what it is, and its text."""

    span: SourceSpan
    hidden: bool
    title: bool
    code: bool
    text: str


def is_left_open(code: str) -> bool:
    """Whether code is still to be written: it has a remark that says so, or nothing but remarks of that kind."""
    return any(map(_LEFT_OPEN.fullmatch, code.split("\n")))


def comments_ask(cells: Sequence[str]) -> bool:
    """Whether remarks of code are numbered tasks: `# Q1: What is a list?`."""
    lines = (line.lstrip("#/ ") for code in cells for line in code.split("\n") if line.lstrip()[:1] in "#/")
    return sum(_number(line) is not None for line in lines) >= _FEWEST


def tasks(cells: Sequence[Cell]) -> list[Asked]:
    """The numbered tasks of a notebook, each with the cells up to the next one as its answer.

    Numbers rise, and most tasks have code below them. One whose code is left to the learner has no answer.
    """
    heads = [at for at, cell in enumerate(cells) if not cell.code and _number(cell.text) is not None]
    if sum(bool(_TOLD.search(cells[at].text)) for at in heads) > 0.5 * len(heads):
        return []  # they are answered in the cell that asks
    numbers = [_number(cells[at].text) or 0 for at in heads]
    rising = sum(after > before for before, after in pairwise(numbers))
    if len(heads) < _FEWEST or rising < 0.8 * (len(heads) - 1):
        return []
    found = [_task(cells, at, end) for at, end in pairwise([*heads, len(cells)])]
    return found if sum(one.answer is not None for one in found) > 0 and _have_code(cells, heads) else []


def graded(cells: Sequence[Cell]) -> list[Asked]:
    """The tasks of an assignment that say what they are worth, and that nothing answers."""
    heads = [cell for cell in cells if not cell.code and _POINTS.search(cell.text.strip().partition("\n")[0])]
    if len(heads) < _FEWEST or any(_TOLD.search(cell.text) for cell in cells if not cell.code):
        return []
    return [Asked(SourceSpan(cell.span.line, cell.span.line), None) for cell in heads]


def _have_code(cells: Sequence[Cell], heads: Sequence[int]) -> bool:
    parts = [cells[at:end] for at, end in pairwise([*heads, len(cells)])]
    return sum(any(cell.code for cell in part) for part in parts) >= 0.6 * len(parts)


def _task(cells: Sequence[Cell], at: int, end: int) -> Asked:
    end = next((n for n in range(at + 1, end) if cells[n].title), end)
    code = next((n for n in range(at + 1, end) if cells[n].code), None)
    if code is None:
        told = None if at + 1 == end else SourceSpan(cells[at + 1].span.line, cells[end - 1].span.end_line)
        return Asked(cells[at].span, told)
    asked = SourceSpan(cells[at].span.line, cells[code - 1].span.end_line)
    if any(is_left_open(cell.text) for cell in cells[code:end] if cell.code):
        return Asked(asked, None)
    return Asked(asked, SourceSpan(cells[code].span.line, cells[end - 1].span.end_line))


def _number(text: str) -> int | None:
    """The number of the task that a text begins with."""
    label = _LABEL.match(text)
    return int(label["number"]) if label and label["word"].casefold() in _WORDS else None


_FEWEST_LINES = 5
"""Lines with code below each that make a sheet without numbers."""

_LONGEST_LINE = 200
"""Characters of a line that tells what the code below it is to do; longer ones explain."""


def lone_lines(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of one line that have a cell of code below them, where nearly all cells are such pairs.

    Whether they ask is told by their words, as of headings.
    """
    told = [cell for cell in cells if not cell.title]
    lines = [
        cell
        for cell, below in pairwise(told)
        if not cell.code
        and below.code
        and "\n" not in (text := cell.text.strip())
        and len(text) <= _LONGEST_LINE
    ]
    held = len(lines) + sum(cell.code for cell in told)
    return lines if len(lines) >= _FEWEST_LINES and held >= 0.9 * len(told) else []
