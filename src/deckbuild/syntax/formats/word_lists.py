"""The numbers and bullets of a Word file, which stand in no text: they are counted from its definitions."""

from __future__ import annotations

from typing import Any

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LETTERED = ("lowerLetter", "upperLetter")
_DEEPEST = 8
"""Word's deepest level of a list, counted from 0."""


class Lists:
    """Counts the items of a document in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        part = next(
            (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None
        )
        if part is not None and hasattr(part, "element"):
            self._read(part.element)

    def _read(self, numbering: _Element) -> None:
        abstract = {a.get(f"{W}abstractNumId"): a for a in numbering.iter(f"{W}abstractNum")}
        for num in numbering.iter(f"{W}num"):
            told = num.find(f"{W}abstractNumId")
            name = told.get(f"{W}val") if told is not None else None
            number = num.get(f"{W}numId") or ""
            found = {}
            for level in [*abstract[name].iter(f"{W}lvl"), *num.iter(f"{W}lvl")] if name in abstract else []:
                found[int(level.get(f"{W}ilvl") or 0)] = (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "%1.",
                    int(_value(level, "start") or 1),
                )
            self._levels[number] = found
            restarts = any(True for _ in num.iter(f"{W}startOverride"))
            self._abstract[number] = number if restarts else f"a{name}"

    def is_lettered(self, number: str, level: int) -> bool:
        """Whether the items of a list have letters on a level."""
        return self._levels.get(number, {}).get(level, ("",))[0] in _LETTERED

    def marker(self, number: str, level: int) -> str:
        """What stands before the next item of a list on a level: `- `, `3. `, `B) `; nothing for no list."""
        level = min(level, _DEEPEST)
        kind, shown, start = self._levels.get(number, {}).get(level, ("bullet", "", 1))
        if number == "0" or kind == "none":
            return ""
        name = self._abstract.get(number, number)
        for below in range(level + 1, _DEEPEST + 1):
            self._counts.pop((name, below), None)
        count = self._counts.get((name, level), start - 1) + 1
        self._counts[name, level] = count
        if kind == "bullet":
            return "- "
        sign = ")" if shown.rstrip().endswith(")") else "."
        if kind in _LETTERED and count <= 26:
            letter = chr(ord("a" if kind == "lowerLetter" else "A") + count - 1)
            return f"{letter}{sign} "
        return f"{count}{sign} "


def _value(element: _Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""
