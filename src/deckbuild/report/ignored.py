"""Diagnostics that the author doesn't want: of a code, for some lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from deckbuild.model import Diagnostic, SourceSpan


def wanted(
    diagnostics: Sequence[Diagnostic], unwanted: Mapping[str, Sequence[SourceSpan]]
) -> Iterator[Diagnostic]:
    """The diagnostics without those of a code that is not wanted for their line."""
    lines = {
        code: {line for span in unwanted[code] for line in range(span.line, span.end_line + 1)}
        for code in {diagnostic.code for diagnostic in diagnostics} & unwanted.keys()
    }
    return (d for d in diagnostics if d.line not in lines.get(d.code, ()))
