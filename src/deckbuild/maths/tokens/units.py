r"""Units of measurement: what behind a number is surely one, and how LaTeX writes it.

A letter behind a number may as well be a factor. It is a unit beside other units (`m/s²`, `J/(mol·K)`), or
where white space, the end of the value and its digits show it: `T = 300 K`, but not `T = 300K` and `y = 2 m`.
"""

from __future__ import annotations

import re

from deckbuild.machine.regex import regex

SHORT = "smghAVWJNK"
"""Units of one letter that stand by themselves behind a number."""

_LONG = (
    "bit bits byte bytes cd cm dB deg dL dm eV GB GeV GHz GJ GPa GW Hz hPa hr kB keV kg kHz kJ km kmol kN kNm kPa "
    "kV kW kWh lb mA MB mcg mEq MeV mg MHz min MJ mL mm mmol MN mol MPa ms mV MW mW nm Nm ng ns Pa pF ps px rad TB us "
    "kΩ MΩ"
).split()
_NAME = rf"(?:{'|'.join(sorted(_LONG, key=len, reverse=True))}|[µμ][smgAVFLHW]|[mcdµμ]?l|[{SHORT}CFTLΩ])"
_ONE = rf"{_NAME}(?:[⁻⁺]?[¹²³⁴]|\^[-−]?\d)?"
_LOWERED = rf"{_NAME}(?:⁻[¹²³⁴]|\^[-−]\d)"
_COMPOUND = regex(
    rf"{_ONE}(?:[·⋅*/]{_ONE}|/\({_ONE}(?:[·⋅*]{_ONE})*\)|\s{_LOWERED})+(?![\w(^_·⋅*/⁻])|{_LOWERED}(?![\w(^_·⋅*/⁻])"
)
_SIMPLE = regex(rf"(?:{'|'.join(_LONG)}|[µμ][smgAVFLHW])(?:(?<=m)(?:[²³]|\^[23]))?(?![\w(^_])")
_FACTORS = frozenset("cd mg mL ps px".split())
"""Units that are rather factors where no white space parts them from the number: `F = 2mg`."""

_IN_BRACKETS = rf"(?:{_NAME}|[A-Za-zµ°Ω%]{{1,4}}|\d{{1,2}})(?:[⁻⁺]?[¹²³⁴]|\^?[-−]?\d)?"
BRACKETED = regex(
    rf"(?:(?<=[^\s=+*/×·(\[<>≤≥≈,|-]\s)|(?<=[^\s=+*/×·(\[<>≤≥≈,|-]\s\s))\[(?:-|–|\ue000[^\ue001]*\ue001|{_IN_BRACKETS}(?:\s?[·⋅*/×]\s?\(?{_IN_BRACKETS}\)?|\s{_LOWERED})*)\](?=\s*(?:$|[,.;:(]|[A-Za-z]{{2}}|or\b))"
)
"""A unit in square brackets behind a formula, apart from it: `ρ = m/V [kg/m³]`."""

_ANY = regex(rf"(?:{_ONE}|%|°[CF]|in|ft|h|d|kcal)(?:[·⋅*/](?:{_ONE}|h|d))*")
_SURE = regex(rf"(?<![A-Za-z])(?:{'|'.join(unit for unit in _LONG if unit != 'min')})(?![A-Za-z])")
_ENDING = regex(rf"[{SHORT}Ω](?=\s*(?:$|[,.;)](?!\d)|\s[A-Za-z]{{2}}))")
_NUMBER = regex(r"\d[\d.,]*\s?")
_RAISED = regex(r"\^?([-−⁻]?)([\d¹²³⁴])")
_DIGITS = str.maketrans("¹²³⁴", "1234")
_SPELLED = str.maketrans(
    dict.fromkeys("·⋅*", r"\cdot ") | dict.fromkeys("µμ", r"\mu ") | {"Ω": r"\Omega ", " ": r"\,"}
)


def unit(text: str, at: int, spaced: bool, value: str) -> str:
    """The unit that stands at a place of a text behind a number; empty if none is sure.

    `spaced` tells whether white space parts it from the number, `value` is that number where it is a value:
    right behind a relation, or beside others with units.
    """
    if not spaced:
        found = _SIMPLE.match(text, at)
        return found[0] if found and found[0] not in _FACTORS else ""
    found = _COMPOUND.match(text, at) or _SIMPLE.match(text, at)
    if found is None and len(value) > 1:
        found = _ENDING.match(text, at)
    return found[0] if found else ""


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else: `m`, `kg/m²`."""
    return _ANY.fullmatch(text) is not None


def is_quantity(text: str) -> bool:
    """Whether a text is a unit in brackets, or a number with a unit of several: `(m/s)`, `10m/s²`."""
    bare = text.strip("()")
    number = _NUMBER.match(bare)
    unit = bare[number.end() :] if number else bare
    bracketed = len(bare) + 2 == len(text)
    return (
        (bracketed or (number is not None and "/" in unit))
        and _ANY.fullmatch(unit) is not None
        and len(unit) > 1
    )


def is_measure(text: str) -> bool:
    """Whether a text is a unit that can't be letters: `kg`, `mL/hr`, but not `m/V`."""
    return _ANY.fullmatch(text) is not None and _SURE.search(text) is not None and text not in _FACTORS


def latex(text: str) -> str:
    r"""A unit as LaTeX: `\mathrm{m/s^{2}}`."""
    return rf"\mathrm{{{_RAISED.sub(_raised, text).translate(_SPELLED)}}}"


def _raised(match: re.Match[str]) -> str:
    return f"^{{{'-' if match[1] else ''}{match[2].translate(_DIGITS)}}}"
