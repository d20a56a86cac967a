"""Commands of the exam class: numbered questions, options, gaps to be filled in."""

from __future__ import annotations

from typing import Any

from deckbuild.syntax.formats.latex_blocks import LatexReader
from deckbuild.syntax.formats.latex_text import arguments, group_text

CHOICES = ("choices", "oneparchoices", "checkboxes", "oneparcheckboxes")
"""Environments of options."""


class Exam:
    """Counts the questions of a document, and knows what belongs into the gaps of the last one."""

    def __init__(self, reader: LatexReader) -> None:
        self.reader = reader
        self._number = 0
        self._choices: list[bool] = []
        self._filled: list[str] = []

    def command(self, node: Any, name: str, line: int) -> bool:
        """A command that numbers, offers or leaves a gap; False for any other."""
        if name in ("question", "titledquestion"):
            self.answer_gaps(line)
            self._number += 1
            self.reader.block("", line)
            self.reader.text.label = f"{self._number}. "
        elif name in ("choice", "CorrectChoice"):
            self.reader.text.flush()
            self._choices.append(name == "CorrectChoice")
            self.reader.text.label = f"{_letter(len(self._choices) - 1)}) "
        elif name == "fillin":
            told = next(iter(arguments(node)), None)
            self.reader.text.add(r"\_\_\_\_\_", line)
            self._filled += [group_text(told, self.reader.text.line)] if told is not None else []
        else:
            return False
        return True

    def choices(self, node: Any, line: int) -> None:
        """An environment of options, and which of them are right."""
        self._choices = []
        self.reader.nodes(node.nodelist)
        self.reader.block("", line)
        if any(self._choices):
            right = ", ".join(_letter(n) for n, yes in enumerate(self._choices) if yes)
            self.reader.block(f"Answer: {right}", line)

    def answer_gaps(self, line: int) -> None:
        """What belongs into the gaps of a question, below it."""
        filled, self._filled = self._filled, []
        if filled:
            self.reader.block(f"Answer: {', '.join(filled)}", line)


def _letter(number: int) -> str:
    return chr(ord("A") + number % 26)
