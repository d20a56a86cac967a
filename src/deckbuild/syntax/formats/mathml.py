"""MathML as LaTeX: what is written beside it as such, else presentation markup, element by element."""

from __future__ import annotations

import re

from lxml.etree import _Element

from deckbuild.machine.regex import regex

_SIGNS = {
    "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∞": r"\infty", "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx",
    "×": r"\times", "⋅": r"\cdot", "·": r"\cdot", "±": r"\pm", "∓": r"\mp", "→": r"\to", "←": r"\leftarrow",
    "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "∈": r"\in", "∉": r"\notin", "⊂": r"\subset", "⊆": r"\subseteq",
    "∪": r"\cup", "∩": r"\cap", "∀": r"\forall", "∃": r"\exists", "∂": r"\partial", "∇": r"\nabla", "−": "-", "′": "'",
    "…": r"\dots", "⋯": r"\cdots", "√": r"\surd", "∅": r"\emptyset", "∧": r"\land", "∨": r"\lor", "¬": r"\neg",
    "∝": r"\propto", "≡": r"\equiv", "∼": r"\sim", "∥": r"\parallel", "∘": r"\circ", "⊗": r"\otimes", "⊕": r"\oplus",
    "÷": r"\div", "∗": "*", "{": r"\{", "}": r"\}", "‖": r"\|", "⟨": r"\langle", "⟩": r"\rangle", "%": r"\%",
    "#": r"\#", "&": r"\&", "_": r"\_", "$": r"\$", "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}",
    "ℚ": r"\mathbb{Q}", "ℂ": r"\mathbb{C}", "\u2061": "", "\u2062": "", "\u2063": ",", "\u2064": "", "\u00a0": " ",
}  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρςστυφχψωΓΔΘΛΞΠΣΥΦΨΩϵϕϑ",
        "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho varsigma sigma tau upsilon"
        " varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega epsilon phi vartheta".split(),
        strict=True,
    )
)
_ACCENTS = {
    "^": "hat", "ˆ": "hat", "̂": "hat", "~": "tilde", "˜": "tilde", "̃": "tilde", "¯": "bar", "̅": "bar", "‾": "overline",
    "→": "vec", "⃗": "vec", "˙": "dot", ".": "dot", "¨": "ddot", "_": "underline", "⏞": "overbrace", "⏟": "underbrace",
}  # fmt: skip
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln exp lim max min sup inf det dim ker arg gcd"
    " deg Pr limsup liminf".split()
)
_COMMAND_END = regex(r"\\[A-Za-z]+$")


def latex(math: _Element) -> str:
    """The LaTeX of a `math` element; nothing where it holds nothing."""
    for note in math.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower() and (note.text or "").strip():
            return (note.text or "").strip()
    return math.get("alttext") or _row(math)


def signs(text: str) -> str:
    """Letters and signs as LaTeX writes them."""
    return joined([_SIGNS[c] if c in _SIGNS else "\\" + _GREEK[c] if c in _GREEK else c for c in text])


def joined(parts: list[str]) -> str:
    """LaTeX one behind the other, a blank where a command would run into a letter."""
    whole = ""
    for part in parts:
        whole += " " + part if part[:1].isalpha() and _COMMAND_END.search(whole) else part
    return whole


def function(name: str) -> str:
    """A name of several letters: the command of a known function, else an operator of that name."""
    return "\\" + name if name in _FUNCTIONS else rf"\operatorname{{{name}}}"


def accent(sign: str, base: str) -> str:
    """A base below an accent; nothing where the sign is none."""
    name = _ACCENTS.get(sign.strip())
    return rf"\{name}{{{base}}}" if name else ""


def _row(element: _Element) -> str:
    return joined([_of(child) for child in element if isinstance(child.tag, str)])


def _of(element: _Element) -> str:
    name = re.sub(r".*[}:]", "", str(element.tag))
    text = "".join(element.itertext()).strip()
    parts = [child for child in element if isinstance(child.tag, str)]
    inner = (
        [_of(child) for child in parts] if name not in ("mi", "mn", "mo", "mtext", "ms", "mtr", "mtd") else []
    )
    match name, len(inner):
        case ("mi", _):
            plain = len(text) > 1 and text.isascii() and text.isalpha()
            return function(text) if plain else signs(text)
        case ("mn" | "mo", _):
            return function(text) if len(text) > 1 and text.isalpha() and text.isascii() else signs(text)
        case ("mtext" | "ms", _):
            return rf"\text{{{text}}}" if text else " "
        case ("mspace" | "annotation" | "annotation-xml", _):
            return " " if name == "mspace" else ""
        case ("mfrac", 2):
            return rf"\frac{{{inner[0]}}}{{{inner[1]}}}"
        case ("msqrt", _):
            return rf"\sqrt{{{joined(inner)}}}"
        case ("mroot", 2):
            return rf"\sqrt[{inner[1]}]{{{inner[0]}}}"
        case ("msub" | "munder", 2):
            return accent("⏟" if inner[1] == "⏟" else "", inner[0]) or rf"{braced(inner[0])}_{{{inner[1]}}}"
        case ("msup" | "mover", 2):
            over = accent("".join(parts[1].itertext()), inner[0]) if name == "mover" else ""
            return over or rf"{braced(inner[0])}^{{{inner[1]}}}"
        case ("msubsup" | "munderover", 3):
            return rf"{braced(inner[0])}_{{{inner[1]}}}^{{{inner[2]}}}"
        case ("mfenced", _):
            opened, closed = element.get("open", "("), element.get("close", ")")
            return rf"\left{signs(opened) or '.'}{','.join(inner)}\right{signs(closed) or '.'}"
        case ("mtable", _):
            rows = r" \\ ".join(" & ".join(map(_row, row)) for row in parts)
            return rf"\begin{{matrix}}{rows}\end{{matrix}}"
        case ("mphantom", _):
            return ""
    return joined(inner) if inner else signs(text) if not parts else ""


def braced(base: str) -> str:
    """A base that a script can stand at."""
    return base if len(base) == 1 or _COMMAND_END.fullmatch(base) else f"{{{base}}}"
