"""Equations of Word (OMML) as LaTeX."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from lxml.etree import _Element

from deckbuild.syntax.formats.mathml import accent, braced, function, joined, signs

MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LARGE = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∬": r"\iint", "∭": r"\iiint", "∮": r"\oint"}
_LARGE |= {"⋃": r"\bigcup", "⋂": r"\bigcap", "⋁": r"\bigvee", "⋀": r"\bigwedge", "∐": r"\coprod"}


def latex(math: _Element) -> str:
    """The LaTeX of an `oMath` or `oMathPara` element."""
    return _inner(math).strip()


def _inner(element: _Element | None) -> str:
    return "" if element is None else joined([_of(child) for child in element])


def _part(element: _Element, name: str) -> str:
    return _inner(element.find(f"{MATHS}{name}"))


def _set(element: _Element, name: str, otherwise: str = "") -> str:
    """A property of an element: `chr`, `begChr`, `type` and so on."""
    found = element.find(f"{MATHS}{_name(element)}Pr/{MATHS}{name}")
    return otherwise if found is None else found.get(f"{MATHS}val", "")


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _of(element: _Element) -> str:
    make = _MAKERS.get(_name(element)) if str(element.tag).startswith(MATHS) else None
    return make(element) if make else ""


def _run(element: _Element) -> str:
    text = "".join(t.text or "" for t in element.iter(f"{MATHS}t"))
    if element.find(f"{MATHS}rPr/{MATHS}nor") is not None and text.strip():
        return rf"\text{{{text}}}"
    plain = "".join(
        unicodedata.normalize("NFKC", c) if "\U0001d400" <= c <= "\U0001d7ff" else c for c in text
    )
    style = element.find(f"{MATHS}rPr/{MATHS}sty")
    upright = style is not None and style.get(f"{MATHS}val") == "p"
    return (
        function(plain)
        if upright and len(plain) > 1 and plain.isalpha() and plain.isascii()
        else signs(plain)
    )


def _fraction(element: _Element) -> str:
    over, below = _part(element, "num"), _part(element, "den")
    match _set(element, "type"):
        case "lin" | "skw":
            return f"{over}/{below}"
        case "noBar":
            return rf"\binom{{{over}}}{{{below}}}"
    return rf"\frac{{{over}}}{{{below}}}"


def _scripted(element: _Element) -> str:
    below, above = element.find(f"{MATHS}sub"), element.find(f"{MATHS}sup")
    scripts = f"_{{{_inner(below)}}}" * (below is not None) + f"^{{{_inner(above)}}}" * (above is not None)
    base = _part(element, "e")
    return f"{{}}{scripts}{base}" if _name(element) == "sPre" else f"{braced(base)}{scripts}"


def _root(element: _Element) -> str:
    degree = _part(element, "deg")
    return rf"\sqrt[{degree}]{{{_part(element, 'e')}}}" if degree else rf"\sqrt{{{_part(element, 'e')}}}"


def _large(element: _Element) -> str:
    sign = _set(element, "chr", "∫")
    below, above = _part(element, "sub"), _part(element, "sup")
    scripts = f"_{{{below}}}" * bool(below) + f"^{{{above}}}" * bool(above)
    return f"{_LARGE.get(sign) or signs(sign)}{scripts} {_part(element, 'e')}"


def _fence(element: _Element) -> str:
    opened, closed = _set(element, "begChr", "("), _set(element, "endChr", ")")
    bar = signs(_set(element, "sepChr", "|"))
    parts = f" {bar} ".join(_inner(part) for part in element.findall(f"{MATHS}e"))
    if parts.startswith(r"\binom") and (opened, closed) == ("(", ")"):
        return parts
    return rf"\left{signs(opened) or '.'}{parts}\right{signs(closed) or '.'}"


def _matrix(element: _Element) -> str:
    rows = (" & ".join(map(_inner, row.findall(f"{MATHS}e"))) for row in element.findall(f"{MATHS}mr"))
    return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"


def _array(element: _Element) -> str:
    lines = map(_inner, element.findall(f"{MATHS}e"))
    return r"\begin{array}{l}" + r" \\ ".join(lines) + r"\end{array}"


def _function(element: _Element) -> str:
    return f"{_part(element, 'fName')} {braced(_part(element, 'e'))}"


def _limit(element: _Element) -> str:
    sign = "_" if _name(element) == "limLow" else "^"
    return f"{braced(_part(element, 'e'))}{sign}{{{_part(element, 'lim')}}}"


def _accent(element: _Element) -> str:
    base = _part(element, "e")
    return accent(_set(element, "chr", "^"), base) or base


def _bar(element: _Element) -> str:
    name = "underline" if _set(element, "pos") == "bot" else "overline"
    return rf"\{name}{{{_part(element, 'e')}}}"


def _group(element: _Element) -> str:
    base = _part(element, "e")
    return accent(_set(element, "chr", "⏟"), base) or base


def _boxed(element: _Element) -> str:
    return rf"\boxed{{{_part(element, 'e')}}}"


_MAKERS: dict[str, Callable[[_Element], str]] = {
    **dict.fromkeys(("oMath", "oMathPara", "e", "box", "num", "den"), _inner),
    "r": _run,
    "f": _fraction,
    **dict.fromkeys(("sSub", "sSup", "sSubSup", "sPre"), _scripted),
    "rad": _root,
    "nary": _large,
    "d": _fence,
    "m": _matrix,
    "eqArr": _array,
    "func": _function,
    **dict.fromkeys(("limLow", "limUpp"), _limit),
    "acc": _accent,
    "bar": _bar,
    "groupChr": _group,
    "borderBox": _boxed,
    "phant": lambda element: "",
}
