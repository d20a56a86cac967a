"""R Markdown and Quarto: Markdown whose blocks of code say how they are run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.notebook_tasks import is_left_open
from deckbuild.syntax.formats.reading import Reading
from deckbuild.syntax.vaults.attributes import without_pandoc

_CHUNK = regex(r"(?P<fence>\s*(?:`{3,}|~{3,}))\s*\{\s*\.?(?P<language>[\w+#-]+)[^}]*\}\s*$")
_OPTION = regex(r"\s*(?:#|//|--|%)\|\s")
_INLINE = regex(r"`r\s+(?=[^`]+`)")


def read(lines: Sequence[str], name: str) -> Reading:
    """The same lines, the languages of their chunks as Markdown writes them, options of chunks left out."""
    aside = {n: "an option of a chunk" for n, line in enumerate(lines, 1) if _OPTION.match(line)}
    aside |= dict.fromkeys(_left_open(lines), "code left to the learner")
    numbers = [n for n in range(1, len(lines) + 1) if n not in aside]
    plain = without_pandoc(lines)
    return Reading(
        tuple(_line(plain[n - 1]) for n in numbers), tuple(SourceSpan(n, n) for n in numbers), aside
    )


def _left_open(lines: Sequence[str]) -> Iterator[int]:
    """The lines of chunks that hold nothing but a remark that the code is to be written."""
    start = None
    for number, line in enumerate(lines, 1):
        if start is None and _CHUNK.match(line):
            start = number
        elif start is not None and line.strip() in ("```", "~~~"):
            inside = [text for text in lines[start : number - 1] if text.strip()]
            if inside and all(text.lstrip().startswith("#") and is_left_open(text) for text in inside):
                yield from range(start, number + 1)
            start = None


def _line(line: str) -> str:
    if chunk := _CHUNK.match(line):
        return f"{chunk['fence']}{chunk['language'].lower()}"
    return _INLINE.sub("`", line)
