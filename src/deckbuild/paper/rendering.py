"""Rendering a template: ours as it is, those of a collection in a sandbox, since they may be a stranger's.

In the sandbox a template sees the fields of the values it is given, and the filters and functions that ours
use; it runs in a process of its own, which is ended where it takes too long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from deckbuild.machine import templates
from deckbuild.machine.limited import Exceeded, limited
from deckbuild.model.text import whole
from deckbuild.report.diagnostics import Code, Failure

OWN_STYLE = "print/own.css"
"""The style sheet of a collection, which stands behind ours as it is, and is no template."""

SECONDS, SIZE = 5, 500_000_000
"""Seconds of a processor and bytes of memory that templates of a collection may take for one page of HTML."""

LONGEST = 20_000_000
"""Characters of that page; ours make some 500 of a question."""

_FILTERS = "replace join length upper lower capitalize title trim first last round".split()
_FUNCTIONS = "range namespace".split()


class Sandbox(ImmutableSandboxedEnvironment):
    """Shows templates the fields of the values that they are given, and nothing else of Python."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may see an attribute. Raises `UndefinedError` for those of what isn't there."""
        if isinstance(obj, StrictUndefined):
            obj._fail_with_undefined_error()
        match obj:
            case LoopContext():
                return not attr.startswith("_")
            case datetime():
                return attr == "strftime"
            case _:
                kind = type(obj)  # a namespace says of itself whatever the template has put there
                fields = getattr(kind, "_fields", getattr(kind, "__struct_fields__", ()))
                return attr in fields or isinstance(getattr(kind, attr, None), property)


def render(name: str, folder: str, values: Mapping[str, Any]) -> str:
    """The page that the template of this name makes of values.

    Files of `folder`, the collection's own, stand before ours. Raises `Failure` for a template of it that is
    wrong, missing, or too much.
    """
    own = Path(folder) if folder else None
    style = _style(own / OWN_STYLE) if own and (own / OWN_STYLE).is_file() else ""
    values = {**values, "own_style": Markup(style)}
    if own is None or all(file == own / OWN_STYLE for file in own.rglob("*") if file.is_file()):
        return _ours().get_template(name).render(**values)
    try:
        page = limited(_own_page, own, name, values, seconds=SECONDS, size=SIZE)
    except Exceeded as error:
        why = f"it takes more than {SECONDS} seconds or {SIZE:,} bytes of memory"
        raise Failure(Code.BAD_TEMPLATE.at(str(own / name), 1, why=why)) from error
    if isinstance(page, str):
        return page
    raise Failure(Code.BAD_TEMPLATE.at(*page[:2], why=page[2]))


def _style(path: Path) -> str:
    """A style sheet as it is, but that an end tag in it, which would end it in a page, gets a backslash."""
    try:
        return path.read_text(encoding="utf-8").replace("</", "<\\/")
    except UnicodeDecodeError as error:
        raise Failure(Code.BAD_TEMPLATE.at(str(path), 1, why="it is not UTF-8")) from error


def _own_page(own: Path, name: str, values: Mapping[str, Any]) -> str | tuple[str, int, str]:
    """The page, or else file, line and what is wrong there."""
    try:
        page = whole(_environment(_sandbox, [own, templates.folder()]).get_template(name).render(**values))
    except MemoryError:
        raise
    except Exception as error:  # whatever its expressions raise
        return (*_place(error, own, name), _why(error))
    if len(page) > LONGEST:
        return str(own / name), 1, f"it makes {len(page):,} characters, more than {LONGEST:,}"
    return page


def _sandbox(**options: Any) -> Environment:
    environment = Sandbox(**options)
    environment.filters = {key: environment.filters[key] for key in _FILTERS}
    environment.globals = {key: environment.globals[key] for key in _FUNCTIONS}
    return environment


@cache
def _ours() -> Environment:
    """That of our own templates, kept with what it compiled, since a print is rendered several times."""
    return _environment(Environment, [templates.folder()])


def _environment(kind: Callable[..., Environment], folders: Sequence[Path]) -> Environment:
    return kind(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _place(error: Exception, own: Path, name: str) -> tuple[str, int]:
    """The file and line of the collection's templates where an error arose."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return error.filename, error.lineno
    places = [place for place in _frames(error.__traceback__) if own in Path(place[0]).parents]
    return places[-1] if places else (str(own / name), 1)


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _why(error: Exception) -> str:
    match error:
        case RecursionError():
            return "it includes or calls itself, or is nested too deeply"
        case TemplateNotFound():
            return f"there is no template {error.name} in the folder, nor among those of deckbuild"
        case TemplateError():
            return " ".join(str(error.message).split()) or type(error).__name__
        case UnicodeDecodeError():
            return "it is not UTF-8"
        case _:
            return f"{type(error).__name__}: {error}"
