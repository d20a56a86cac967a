r"""Numbers, names, words and functions as LaTeX: what a tree has at its ends."""

from __future__ import annotations

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens import words

_EXPONENT = regex(r"([\d.,]+)[eE]([-+]?)0*(\d+)")
_SPECIAL = regex(r"[%&_#]")
_OPERATORS = {"argmax": r"\arg\max", "argmin": r"\arg\min"}


def number_of(text: str) -> str:
    """A number as it is typed, `1,000` or `2e-3`."""
    if match := _EXPONENT.fullmatch(text):
        power = f"10^{{{match[2].replace('+', '')}{match[3]}}}"
        return power if match[1] == "1" else rf"{match[1]} \times {power}"
    return text.replace(",", "{,}")


def name_of(text: str) -> str:
    """A name of a quantity of several letters or words."""
    if " " in text or "’" in text or "'" in text or not text.isascii():
        return text_of(text)  # MathJax sets letters of other scripts one by one in `\mathrm`
    escaped = text.replace("_", r"\_").replace("&", r"\&")
    return rf"\mathrm{{{escaped}}}"


def text_of(text: str) -> str:
    r"""Words as LaTeX; MathJax knows no `\%` nor `\&` inside `\text`."""
    return _SPECIAL.sub(r"}\\\g<0>\\text{", rf"\text{{{text}}}").replace("'", "’").replace(r"\text{}", "")


def function_of(name: str) -> str:
    """The name of a function."""
    if name in _OPERATORS:
        return _OPERATORS[name]
    if name in words.TEX_FUNCTIONS:
        return f"\\{name}"
    if not name.isascii():
        return text_of(name)
    escaped = name.replace("_", r"\_")
    return rf"\operatorname{{{escaped}}}"
