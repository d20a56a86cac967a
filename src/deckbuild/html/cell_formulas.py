"""Formulas in cells of tables: the text there is small already, and numerators would be smaller still."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import AnyInline, Emphasis, Formula, Inlines, Link, Mark, Strike, Strong

_STACKED = regex(r"\\(?:[cdt]?frac|[dt]?binom|genfrac|over|atop|choose|substack)(?![A-Za-z])")


def is_stacked(formula: Formula) -> bool:
    """Whether a formula has parts above each other, which are smaller in running text than by themselves."""
    return _STACKED.search(formula.tex or "") is not None


def in_full_size(formula: Formula) -> Formula:
    """A formula in running text with its fractions in the size that they have by themselves."""
    if not is_stacked(formula) or formula.display:
        return formula
    return replace(formula, tex=rf"\displaystyle {formula.tex}")


def with_formulas(content: Inlines, change: Callable[[Formula], AnyInline]) -> Inlines:
    """A run with its formulas changed, those within other elements too."""
    return tuple(
        change(element)
        if isinstance(element, Formula)
        else replace(element, content=with_formulas(element.content, change))
        if isinstance(element, Strong | Emphasis | Strike | Mark | Link)
        else element
        for element in content
    )
