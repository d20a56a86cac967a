r"""Substances and reactions, for mhchem's `\ce`: whole or not at all.

A substance is made of elements with their numbers, groups in brackets, a charge and a state; a reaction is sums of
substances with arrows between them. An equals sign is an arrow only where the numbers of atoms agree on both sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from deckbuild.machine.regex import regex

ELEMENT = (
    "A[cglmrstu]|B[aehikr]|C[adelmnorsu]|D[bsy]|E[rsu]|F[elmr]|G[ade]|H[efgos]|I[nr]|Kr|L[airuv]|M[cdgnot]"
    "|N[abdehiop]|O[gs]|P[abdmortu]|R[abefghnu]|S[bcegimnr]|T[abcehilm]|Xe|Yb|Z[nr]|[BCFHIKNOPSUVWY]"
)
_NUMBER = r"(?:_?\{?\d{1,3}\}?|[₀-₉]+)"
_CHARGE = r"(?:\^?\{?\d?[+−-]\}?(?![\w(])|\^\{?\d?[+−-]\}?|[⁰¹²³⁴-⁹]?[⁺⁻])"
_STATE = r"\s?_?\{?\((?:s|l|g|aq|fest|solid|gas)\)\}?"
_ATOM = rf"(?:{ELEMENT}){_NUMBER}?"
_GROUP = rf"\((?:{_ATOM})+\){_NUMBER}?"
_CORE = rf"(?:{_ATOM}|{_GROUP}|\[(?:{_ATOM}|{_GROUP})+\]{_NUMBER}?)+"
_GENERAL = r"(?:H?[ARXML]|HIn|In|Ox|Red)"
_ELECTRON = r"e_?\^?\{?[-−⁻]\}?"
_SUBSTANCE = (
    rf"(?P<count>(?:\d+/\d+|\d*[½]|\d{{1,2}}|n)\s?)?"
    rf"(?P<core>{_ELECTRON}|{_CORE}(?:[·⋅*]\s?\d*{_CORE})?|{_GENERAL})(?P<charge>{_CHARGE})?(?P<state>{_STATE})?(?P<gone>\s?[↑↓])?"
)
_PLAIN = regex(r"\(\?P<\w+>").sub("(?:", _SUBSTANCE)
_ARROW = r"(?:→|⟶|-{1,2}>|⇌|⇋|⇄|↔|⟷|<[-=]{1,2}>|⇒|=>|=)"
_SIDE = rf"(?:{_PLAIN})(?:\s*\+\s*(?:{_PLAIN}))*"
_REACTION = regex(rf"(?<![\w({{\[.,/^_+*·—–-])(?:{_SIDE})(?:\s*{_ARROW}\s*(?:{_SIDE}))+(?![\w(\[{{/^_*·])")
_HINT = regex(rf"{_ARROW}")
_SPLIT = regex(rf"\s*({_ARROW})\s*")
_PLUS = regex(r"\s+\+\s+|(?<=[\w₀-₉)\]])\s?\+(?=\d?[A-Z])")
_BEFORE = regex(rf"(?:\+|{_ARROW})\s*$")
_BEHIND = regex(rf"\s*(?:\+\s|{_ARROW})")
_COMPOUND = regex(r"[\d₀-₉]|[A-Z].*[A-Z]|^e")
_ONE = regex(_SUBSTANCE)
_ATOMS = regex(rf"({ELEMENT})({_NUMBER})?|([(\[])|([)\]])({_NUMBER})?|[·⋅*]\s?(\d*)")
_ARROWS = {"→": "->", "⟶": "->", "-->": "->", "->": "->", "⇒": "->", "=>": "->", "=": "="} | dict.fromkeys(
    ("⇌", "⇋", "⇄", "<=>", "<==>"), "<=>"
)
_ION = regex(rf"(?P<core>(?:{ELEMENT})|.*[)\]]|.*\d)(?P<number>\d)")
"""What stands before a sign: a number behind one element, a bracket, or another number counts charges."""

_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−", "01234567890123456789+--")
_CONCENTRATION = regex(rf"\[({_PLAIN})\]")


class Reaction(Struct, frozen=True):
    """A reaction at `start` to `end` of a text, as LaTeX."""

    start: int
    end: int
    tex: str


def reactions(text: str) -> Iterator[Reaction]:
    """The reactions in a text, in order and apart."""
    if not _HINT.search(text):
        return
    for match in _REACTION.finditer(text):
        tex = _reaction(match[0].rstrip())
        torn = _BEFORE.search(text, 0, match.start()) or _BEHIND.match(text, match.end())
        if tex and not torn:
            yield Reaction(match.start(), match.start() + len(match[0].rstrip()), tex)


def concentration(text: str, at: int) -> tuple[str, int] | None:
    """The LaTeX of a substance in square brackets at a place, and where it ends: `[H⁺]`, `[HA]`."""
    match = _CONCENTRATION.match(text, at)
    if match is None:
        return None
    one = _ONE.fullmatch(match[1])
    if one is None or one["count"] or (len(one["core"]) < 2 and not one["charge"]):
        return None
    return rf"[\ce{{{_written(one[0])}}}]", match.end()


def substance(text: str) -> str:
    r"""A charged substance as `\ce{…}`; empty for what is none, or may as well be letters and an exponent."""
    one = _ONE.fullmatch(text)
    if one is None or not one["charge"] or one["count"] or regex("[A-GI-Z]").fullmatch(one["core"]):
        return ""
    return rf"\ce{{{_written(text)}}}"


def _reaction(text: str) -> str:
    """The LaTeX of a reaction; empty where it may as well be something else."""
    parts = _SPLIT.split(text)
    sides = [_PLUS.split(side) for side in parts[::2]]
    ones = [[_ONE.fullmatch(item.strip()) for item in side] for side in sides]
    found = [one for side in ones for one in side if one is not None]
    if sum(map(len, ones)) != len(found) or len(found) < 2:
        return ""
    atoms = [_atoms(side) for side in sides]
    balanced = all(count == atoms[0] for count in atoms)
    compound = any(
        one["charge"] or one["state"] or regex(r"[\d₀-₉]|[A-Z].*[A-Z]|^e").search(one["core"])
        for one in found
    )
    if not compound or ("=" in parts[1::2] and not (balanced and len(found) > 2)):
        return ""
    if not balanced and len(found) < 3 and not any(regex(r"[\d₀-₉⁺⁻+−-]").search(one[0]) for one in found):
        return ""
    made = " + ".join(map(_written, sides[0]))
    for arrow, side in zip(parts[1::2], sides[1:], strict=True):
        made += f" {_ARROWS.get(arrow, '<->')} " + " + ".join(map(_written, side))
    return rf"\ce{{{made}}}"


def _written(item: str) -> str:
    """A substance as mhchem has it."""
    one = _ONE.fullmatch(item.strip())
    if one is None:
        return item
    count, core, charge, state = (
        part or "" for part in (one["count"], one["core"], one["charge"], one["state"])
    )
    plain = regex(r"[_{}^]")
    if charge in ("+", "-", "−") and (ion := _ION.fullmatch(core)):  # `Ca2+`, `SO42-`
        core, charge = ion["core"], ion["number"] + charge
    core = plain.sub("", core).translate(_DIGITS).replace("⋅", "*").replace("·", "*")
    charge = plain.sub("", charge).translate(_DIGITS)
    gone = {"↑": " ^", "↓": " v"}.get((one["gone"] or "").strip(), "")
    electron = "e-" if core[0] == "e" else core
    return f"{count.strip()}{electron}{'^' if charge else ''}{charge}{plain.sub('', state).replace(' ', '')}{gone}"


def _atoms(side: list[str]) -> Counter[str]:
    """How many atoms of each element stand on a side."""
    total: Counter[str] = Counter()
    for item in side:
        one = _ONE.fullmatch(item.strip())
        if one is None:
            continue
        times = int(one["count"]) if one["count"] and one["count"].strip().isdigit() else 1
        stack: list[Counter[str]] = [Counter()]
        for element, number, opening, closing, group, _ in _ATOMS.findall(one["core"]):
            if element:
                stack[-1][element] += _value(number)
            elif opening:
                stack.append(Counter())
            elif closing and len(stack) > 1:
                inner = stack.pop()
                for name, count in inner.items():
                    stack[-1][name] += count * _value(group)
        for name, count in stack[0].items():
            total[name] += times * count
    return total


def _value(number: str) -> int:
    digits = regex(r"[_{}]").sub("", number).translate(_DIGITS)
    return int(digits) if digits else 1
