"""Templates of printed outputs: the author's own folder first, then ours."""

from __future__ import annotations

from datetime import UTC, datetime

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from deckbuild import templates
from deckbuild.model import Library
from deckbuild.print_settings import Print
from deckbuild.writers.fonts import COLOURLESS, families
from deckbuild.writers.layout import Layout


class Page:
    """A template with what all printed outputs need: name and date of the library, settings, a layout."""

    def __init__(self, name: str, library: Library, settings: Print) -> None:
        folders = [settings.templates] if settings.templates else []
        environment = Environment(
            loader=FileSystemLoader([*folders, str(templates.folder())]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._template = environment.get_template(name)
        self._common = {
            "name": library.name,
            "updated": datetime.fromtimestamp(library.updated, UTC) if library.updated else None,
            "settings": settings,
            "own_fonts": families(settings.fonts),
        }

    def html(self, layout: Layout, **values: object) -> str:
        """The page; signs that only emoji fonts have become plain ones."""
        return self._template.render(**self._common, layout=layout, **values).translate(COLOURLESS)
