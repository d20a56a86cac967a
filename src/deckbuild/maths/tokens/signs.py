"""What single characters mean in formulas, and how LaTeX writes them."""

from __future__ import annotations

import unicodedata
from functools import cache

GREEK = {
    **dict(
        zip(
            "αβγδεζηθικλμνξπρστυφχψωϵϕϑϱςΓΔΘΛΞΠΣΥΦΨΩ",
            "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma "
            "tau upsilon "
            "varphi chi psi omega epsilon phi vartheta varrho varsigma Gamma Delta Theta Lambda Xi Pi Sigma "
            "Upsilon Phi Psi Omega".split(),
            strict=True,
        )
    ),
    "µ": "mu",  # the micro sign
    "ϖ": "varpi",
}
"""Greek letters that LaTeX has a command for; the other capitals look like Latin ones."""

GREEK_NAMES = frozenset(GREEK.values())

RELATIONS = {
    "=": "=",
    "==": "=",
    "<": "<",
    ">": ">",
    "≤": r"\le",
    "≥": r"\ge",
    "<=": r"\le",
    ">=": r"\ge",
    "=<": r"\le",
    "≠": r"\ne",
    "!=": r"\ne",
    "≈": r"\approx",
    "~=": r"\approx",
    "≃": r"\simeq",
    "≅": r"\cong",
    "≡": r"\equiv",
    "∝": r"\propto",
    "~": r"\sim",
    "∼": r"\sim",
    "≪": r"\ll",
    "<<": r"\ll",
    "≫": r"\gg",
    ">>": r"\gg",
    "∈": r"\in",
    "∤": r"\nmid",
    "∉": r"\notin",
    "∋": r"\ni",
    "⊂": r"\subset",
    "⊃": r"\supset",
    "⊆": r"\subseteq",
    "⊇": r"\supseteq",
    "⊄": r"\not\subset",
    "≔": ":=",
    ":=": ":=",
    "≺": r"\prec",
    "≻": r"\succ",
    "⪯": r"\preceq",
    "≼": r"\preceq",
    "⪰": r"\succeq",
    "≽": r"\succeq",
    "⊥": r"\perp",
    "∥": r"\parallel",
    "⊢": r"\vdash",
    "⊨": r"\models",
    "≜": r"\triangleq",
    ":": ":",
}
ARROWS = {
    "→": r"\to",
    "->": r"\to",
    "⟶": r"\to",
    "←": r"\leftarrow",
    "<-": r"\leftarrow",
    "⇒": r"\Rightarrow",
    "=>": r"\Rightarrow",
    "⟹": r"\implies",
    "⇐": r"\Leftarrow",
    "⇔": r"\Leftrightarrow",
    "⟺": r"\iff",
    "↔": r"\leftrightarrow",
    "↦": r"\mapsto",
    "⇌": r"\rightleftharpoons",
    "⇋": r"\leftrightharpoons",
}
SUMS = {
    "+": "+",
    "-": "-",
    "−": "-",
    "–": "-",
    "±": r"\pm",
    "∓": r"\mp",
    "∪": r"\cup",
    "∩": r"\cap",
    "∖": r"\setminus",
    "⊕": r"\oplus",
    "⊖": r"\ominus",
    "∧": r"\wedge",
    "∨": r"\vee",
    "△": r"\triangle",
    "&": r"\mathbin{\&}",
}
PRODUCTS = {
    "×": r"\times",
    "·": r"\cdot",
    "⋅": r"\cdot",
    "•": r"\cdot",
    "*": r"\cdot",
    "∗": r"\ast",
    "⊙": r"\odot",
    "∘": r"\circ",
    "⊗": r"\otimes",
    "÷": r"\div",
    "⋆": r"\star",
}
PREFIXES = {
    "∂": r"\partial",
    "∇": r"\nabla",
    "Δ": r"\Delta",
    "¬": r"\neg",
    "∀": r"\forall",
    "∃": r"\exists",
    "∄": r"\nexists",
    "%Δ": r"\%\Delta",
}
"""Signs that belong to the operand behind them."""

BIG = {
    "Σ": r"\sum",
    "∑": r"\sum",
    "Π": r"\prod",
    "∏": r"\prod",
    "∫": r"\int",
    "∬": r"\iint",
    "∭": r"\iiint",
    "∮": r"\oint",
    "⋃": r"\bigcup",
    "⋂": r"\bigcap",
    "⨁": r"\bigoplus",
}
ROOTS = {"√": "", "∛": "3", "∜": "4"}
CONSTANTS = {
    "∞": r"\infty",
    "∅": r"\emptyset",
    "ħ": r"\hbar",
    "ℏ": r"\hbar",
    "ℓ": r"\ell",
    "…": r"\ldots",
    "...": r"\ldots",
    "⋯": r"\cdots",
    "⋮": r"\vdots",
    "⊤": r"\top",
    "½": r"\tfrac{1}{2}",
    "⅓": r"\tfrac{1}{3}",
    "⅔": r"\tfrac{2}{3}",
    "¼": r"\tfrac{1}{4}",
    "¾": r"\tfrac{3}{4}",
    "⅙": r"\tfrac{1}{6}",
    "⅛": r"\tfrac{1}{8}",
    "↑": r"\uparrow",
    "↓": r"\downarrow",
    "∠": r"\angle",
}
KET = "|⟩"
"""The text of the bar that opens a ket."""

BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", KET: "⟩"}
DELIMITERS = {
    KET: "|",
    "{": r"\{",
    "}": r"\}",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "⌊": r"\lfloor",
    "⌋": r"\rfloor",
    "⌈": r"\lceil",
    "⌉": r"\rceil",
}
ACCENTS = {
    "\u0302": "hat",
    "\u0303": "tilde",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u0306": "breve",
    "\u0307": "dot",
    "\u0308": "ddot",
    "\u030c": "check",
    "\u20d7": "vec",
}
"""Combining characters over a letter."""

NON_ASCII = frozenset(
    char
    for table in (GREEK, RELATIONS, ARROWS, SUMS, PRODUCTS, PREFIXES, BIG, ROOTS, CONSTANTS, BRACKETS)
    for sign in table
    for char in sign
    if not char.isascii()
) | frozenset(char for char in map(chr, range(0xA0, 0x2100)) if "<su" in unicodedata.decomposition(char))
"""Characters outside of ASCII that stand for something in formulas, raised and lowered ones too."""


@cache
def script(char: str) -> tuple[str, str] | None:
    """`('sup', '2')` for `²`, `('sub', 'i')` for `ᵢ`, by Unicode's own decompositions; None for others.

    The two ordinal indicators, which Unicode lists as superscripts, are words' endings.
    """
    decomposition = unicodedata.decomposition(char).split()
    if len(decomposition) != 2 or decomposition[0] not in ("<super>", "<sub>") or char in "ªº":
        return None
    base = chr(int(decomposition[1], 16))
    return ("sup" if decomposition[0] == "<super>" else "sub"), "-" if base == "−" else base


@cache
def styled(char: str) -> tuple[str, str] | None:
    """Base letter and LaTeX command of a mathematical alphabet's letter: `('R', 'mathbb')` for `ℝ`."""
    decomposition = unicodedata.decomposition(char).split()
    if len(decomposition) != 2 or decomposition[0] != "<font>":
        return None
    base, name = chr(int(decomposition[1], 16)), unicodedata.name(char)
    for word, command in (
        ("DOUBLE-STRUCK", "mathbb"),
        ("BOLD SCRIPT", "mathcal"),
        ("SCRIPT", "mathcal"),
        ("FRAKTUR", "mathfrak"),
        ("BLACK-LETTER", "mathfrak"),
        ("BOLD", "mathbf"),
        ("SANS-SERIF", "mathsf"),
        ("MONOSPACE", "mathtt"),
    ):
        if word in name:
            return base, command
    return base, ""


def decomposed(char: str) -> str:
    """A letter with its marks apart (`ŷ` as `y` and a hat) if formulas know the marks, else as it is.

    Signs such as `≠` stay whole, and compatibility forms too: NFKC would flatten `x²` to `x2`.
    """
    if char.isascii() or unicodedata.category(char)[0] != "L" or unicodedata.decomposition(char)[:1] == "<":
        return char
    apart = unicodedata.normalize("NFD", char)
    return apart if all(mark in ACCENTS for mark in apart[1:]) else char
