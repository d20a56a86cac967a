"""R Markdown and Quarto: Markdown whose blocks of code say how they are run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.exercise_divs import exercise_divs
from deckbuild.syntax.formats.notebook_tasks import is_left_open
from deckbuild.syntax.formats.reading import Asked, Reading, wrapped
from deckbuild.syntax.formats.theorem_divs import TITLE, theorem_divs, with_titles
from deckbuild.syntax.vaults.attributes import without_pandoc
from deckbuild.syntax.vaults.front_matter import front_matter
from deckbuild.syntax.vaults.prose import prose_lines
from deckbuild.syntax.vaults.taking import tags_of

_CHUNK = regex(r"(?P<fence>\s*(?:`{3,}|~{3,}))\s*\{\s*\.?(?P<language>[\w+#-]+)[^}]*\}\s*$")
_OPTION = regex(r"\s*(?:#|//|--|%)\|\s")
_LOOK = regex(r"\\(?P<name>text(?:bf|it|sl|color)|emph|underline|bold)(?:\{\w+\})?(?=\{)")
_SET = regex(
    r"\\(?:noindent|newpage|clearpage|pagebreak|smallskip|medskip|bigskip|hfill|par)\b ?|\\[vh]space\*?\{[^{}]*\}"
)
"""Raw TeX that people write between their Markdown for the look of a print."""

_REFERRED = r"@(?:fig|tbl|sec|eq|lst|thm|lem|cor|prp|def|exm|exr|nte|tip)-[\w-]+"
_CITED = regex(
    rf"(?<![ \t])[ \t]*(?:\[(?:[^\[\]@\n]*\s)?-?@\w[^\[\]\n]*\](?![(\[:])|\((?:see\s)?{_REFERRED}\))"
)
"""Works and figures in brackets, `[@smith2020, p. 3]`: pandoc finds their names elsewhere."""

_NAMED = regex(
    rf"(?<![\w@./])(?=@)(?:{_REFERRED.replace('@', '@(?P<key>', 1)})|@(?P<work>[a-z][\w:-]*\d{{2,4}}[a-z]?\b))"
)
_MATHS = regex(r"\$[^$\n]+\$|`[^`\n]*`")
_KEPT = regex(r"\0(\d+)\0")
_INLINE = regex(r"`r\s+(?=[^`]+`)")


def read(lines: Sequence[str], name: str) -> Reading:
    """The same lines, the languages of their chunks as Markdown writes them, options of chunks left out."""
    aside = {n: "an option of a chunk" for n, line in enumerate(lines, 1) if _OPTION.match(line)}
    aside |= dict.fromkeys(_left_open(lines), "code left to the learner")
    numbers = [n for n in range(1, len(lines) + 1) if n not in aside]
    divs = theorem_divs(lines)
    bare = [*lines]
    for div in divs:
        bare[div.opens] = bare[div.closes] = ""
        bare[div.title] = div.question
    solved = exercise_divs(bare)
    for one in solved:
        for at in one.marks:
            bare[at] = ""
        if title := TITLE.match(bare[one.question[0]]):
            bare[one.question[0]] = wrapped("**", title["title"].replace("*", ""))
    said = prose_lines(lines)
    shown = without_pandoc(with_titles(bare))
    plain = [_uncited(_without_tex(line)) if prose else line for line, prose in zip(shown, said, strict=True)]
    places = {n: at for at, n in enumerate(numbers, 1)}
    asked = tuple(
        Asked(
            SourceSpan(places[div.title + 1], places[div.title + 1]),
            SourceSpan(places[div.title + 1] + 1, places[div.closes + 1]),
        )
        for div in divs
    )
    for one in solved:
        question, answer = (
            SourceSpan(places[first + 1], places[last + 1]) for first, last in (one.question, one.answer)
        )
        asked += (Asked(question, answer),)
    return Reading(
        tuple(_line(plain[n - 1]) for n in numbers),
        tuple(SourceSpan(n, n) for n in numbers),
        aside,
        tuple(sorted(asked, key=lambda one: one.span)),
        tags=tuple(tags_of(front_matter(lines))),
    )


def _uncited(line: str) -> str:
    """A line without citations in brackets; what it names without brackets stands as its name."""
    if "@" not in line:
        return line
    kept: list[str] = []
    line = _MATHS.sub(lambda found: kept.append(found[0]) or f"\0{len(kept) - 1}\0", line)  # type: ignore[func-returns-value]
    line = _NAMED.sub(lambda found: found["key"] or found["work"], _CITED.sub("", line))
    return _KEPT.sub(lambda found: kept[int(found[1])], line)


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


def _without_tex(line: str) -> str:
    """Markdown in place of raw TeX for the look of words, outside of formulas and code."""
    if "\\" not in line or "$$" in line:
        return line
    kept: list[str] = []
    line = _MATHS.sub(lambda found: kept.append(found[0]) or f"\0{len(kept) - 1}\0", line)  # type: ignore[func-returns-value]
    line = _SET.sub("", line)
    while (found := _LOOK.search(line)) and (end := _closing(line, found.end())):
        inside = line[found.end() + 1 : end]
        mark = {"textbf": "**", "bold": "**", "textcolor": "", "underline": ""}.get(found["name"], "*")
        line = line[: found.start()] + wrapped(mark, inside) + line[end + 1 :]
    return _KEPT.sub(lambda found: kept[int(found[1])], line)


def _closing(line: str, start: int) -> int:
    """Where the brace closes that opens at a place; 0 for none."""
    depth = 0
    for at in range(start, len(line)):
        depth += (line[at] == "{") - (line[at] == "}")
        if depth == 0:
            return at
    return 0
