r"""Macros that a document defines, put into its formulas: a card shows each formula by itself.

`\newcommand`, `\def` and `\DeclareMathOperator` may stand in a formula of their own, at the head of one, or bare in
a line of text, as notebooks and notes of mathematics have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from deckbuild.machine.regex import regex

DEFINES = regex(
    r"\s*\\(?P<how>(?:re)?newcommand|providecommand|def|gdef|DeclareMathOperator)(?P<star>\*?)\s*"
    r"(?:\{\s*\\(?P<braced>[A-Za-z]+)\s*\}|\\(?P<bare>[A-Za-z]+))\s*(?:\[(?P<number>\d)\]|(?P<pattern>(?:#\d)*))\s*"
    r"(?:\[(?P<default>[^\[\]]*)\])?\s*(?=\{)"
)
"""The head of a definition, up to the braces of what the macro stands for."""

_COMMAND = regex(r"\\([A-Za-z]+)\s*")
_LONGEST = 4000
"""Characters that a formula may come to; one with more keeps its macros, and is told of by the check."""

_DEEPEST = 12
"""Macros within macros; those that go deeper call themselves."""


WELL_KNOWN = {
    "R": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
    "Q": r"\mathbb{Q}",
    "C": r"\mathbb{C}",
    "Reals": r"\mathbb{R}",
    "natnums": r"\mathbb{N}",
    "cnums": r"\mathbb{C}",
    "Complex": r"\mathbb{C}",
    "degree": r"{}^{\circ}",
    "celsius": r"{}^{\circ}\mathrm{C}",
    "ohm": r"\Omega",
    "infin": r"\infty",
    "isin": r"\in",
    "empty": r"\emptyset",
    "lang": r"\langle",
    "rang": r"\rangle",
    "larr": r"\leftarrow",
    "rarr": r"\rightarrow",
    "Rarr": r"\Rightarrow",
    "harr": r"\leftrightarrow",
    "hArr": r"\Leftrightarrow",
    "plusmn": r"\pm",
    "sdot": r"\cdot",
    "argmax": r"\operatorname*{arg\,max}",
    "argmin": r"\operatorname*{arg\,min}",
    "sgn": r"\operatorname{sgn}",
    "Var": r"\operatorname{Var}",
    "Cov": r"\operatorname{Cov}",
    "tr": r"\operatorname{tr}",
    "rank": r"\operatorname{rank}",
    "diag": r"\operatorname{diag}",
    "dd": r"\mathrm{d}",
    "E": r"\mathbb{E}",
}
"""Commands that KaTeX knows, or that many authors define elsewhere, and MathJax doesn't know by itself."""

WITH_ARGUMENTS = {
    "abs": (1, r"\left|#1\right|"),
    "norm": (1, r"\left\lVert #1\right\rVert"),
    "mathds": (1, r"\mathbb{#1}"),
    "mathbbm": (1, r"\mathbb{#1}"),
    "bold": (1, r"\mathbf{#1}"),
    "vb": (1, r"\mathbf{#1}"),
    "dv": (2, r"\frac{d#1}{d#2}"),
    "pdv": (2, r"\frac{\partial #1}{\partial #2}"),
    "SI": (2, r"#1\,\mathrm{#2}"),
    "si": (1, r"\mathrm{#1}"),
    "unit": (1, r"\mathrm{#1}"),
    "qty": (2, r"#1\,\mathrm{#2}"),
    "num": (1, r"#1"),
    "ip": (2, r"\langle #1, #2\rangle"),
}


class Macro(Struct, frozen=True):
    """What stands for a command, with `#1` for its arguments; the first has a `default` where it may be left out."""

    body: str
    arguments: int = 0
    default: str | None = None


KNOWN = {name: Macro(body) for name, body in WELL_KNOWN.items()} | {
    name: Macro(body, count) for name, (count, body) in WITH_ARGUMENTS.items()
}


def defined(texts: Iterable[str]) -> dict[str, Macro]:
    """The macros that texts define, each as it is defined first."""
    found: dict[str, Macro] = {}
    for text in texts:
        if "\\" in text:
            found = {**without_definitions(text)[1], **found}
    return found


def without_definitions(tex: str) -> tuple[str, dict[str, Macro]]:
    """LaTeX without the definitions in it, and the macros that they define."""
    found: dict[str, Macro] = {}
    rest, at = "", 0
    while match := DEFINES.search(tex, at):
        body, end = _group(tex, match.end())
        if end < 0:
            break
        if match["how"] == "DeclareMathOperator":
            body = rf"\operatorname{match['star']}{{{body}}}"
        number = int(match["number"] or len(match["pattern"] or "") // 2)
        found[match["braced"] or match["bare"]] = Macro(body, number, match["default"])
        rest, at = rest + tex[at : match.start()], end
    return (rest + tex[at:]).strip() if found else tex, found


def expanded(tex: str, macros: Mapping[str, Macro], depth: int = 0) -> str:
    """LaTeX with what stands for each macro in its place."""
    if depth > _DEEPEST or not any(f"\\{name}" in tex for name in macros):
        return tex
    made, at, changed = "", 0, False
    for match in _COMMAND.finditer(tex):
        macro = macros.get(match[1])
        if macro is None or match.start() < at:
            continue
        arguments, end = _arguments(tex, match.end() if macro.arguments else match.end(1), macro)
        if end < 0:
            continue
        body = macro.body
        for number, argument in enumerate(arguments, 1):
            body = body.replace(f"#{number}", argument)
        made += tex[at : match.start()] + _apart(body, tex[end : end + 1])
        at, changed = end, True
    whole = made + tex[at:]
    if not changed or len(whole) > _LONGEST:
        return tex
    return expanded(whole, macros, depth + 1)


def _apart(body: str, behind: str) -> str:
    """A body, with a space where its last command would run into a letter."""
    return f"{body} " if behind.isalpha() and regex(r"\\[A-Za-z]+$").search(body) else body


def _arguments(tex: str, at: int, macro: Macro) -> tuple[list[str], int]:
    """The arguments behind a command, and where they end; -1 where one is missing."""
    found: list[str] = []
    if macro.default is not None:
        close = tex.find("]", at) if tex[at : at + 1] == "[" else -1
        found.append(tex[at + 1 : close] if close > 0 else macro.default)
        at = close + 1 if close > 0 else at
    while len(found) < macro.arguments:
        argument, at = _group(tex, at)
        if at < 0:
            return found, -1
        found.append(argument)
    return found, at


def _group(tex: str, at: int) -> tuple[str, int]:
    """What stands in braces at a place, or the one sign there, and the place behind it; -1 where nothing does."""
    while tex[at : at + 1].isspace():
        at += 1
    if tex[at : at + 1] != "{":
        command = _COMMAND.match(tex, at)
        end = command.end(1) if command else at + 1
        return tex[at:end], end if at < len(tex) else -1
    depth = 0
    for end in range(at, len(tex)):
        depth += ((tex[end] == "{") - (tex[end] == "}")) * (tex[end - 1 : end] != "\\")
        if depth == 0:
            return tex[at + 1 : end], end + 1
    return "", -1
