"""Templates of printed outputs: the author's own folder first, then ours."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from deckbuild.collection.print_settings import Print
from deckbuild.collection.whole_images import seconds
from deckbuild.model import Library
from deckbuild.paper.pictures import pictures, with_pictures
from deckbuild.paper.press.fonts import COLOURLESS, families
from deckbuild.paper.press.layout import PageLayout
from deckbuild.paper.press.pdf import PageHtml
from deckbuild.paper.rendering import render
from deckbuild.paper.words import words

PICTURE, PICTURES_MOST, PICTURE_SECOND = 400, 10_000, 6_000
"""Characters that each image counts for, at least and at most, and for a second that it takes: three times of it.

The largest takes three seconds to set.
"""


class PageTemplate:
    """A template with the library's name and date, the settings, and values for all that is made with it."""

    def __init__(self, name: str, library: Library, settings: Print, **values: object) -> None:
        self.settings = settings
        self._media = library.media
        self._name = name
        self._values = {
            "name": library.name,
            "updated": datetime.fromtimestamp(library.updated, UTC) if library.updated else None,
            "settings": replace(settings, fonts=(), templates=""),
            "own_fonts": families(settings.fonts),
            "words": words(settings.language),
            "backwards": False,
            **values,
        }

    def html(
        self,
        layout: PageLayout,
        *,
        part: bool = False,
        topics: object = None,
        reset: object = None,
        **values: object,
    ) -> PageHtml:
        """The page; signs that only emoji fonts have become plain ones, names of media images.

        Of a long print a `part` has no headers and footers; `topics` asks for these alone, a page for each.
        `reset` tells of pages that are set once more what their footers need.
        """
        all_values = {
            **self._values,
            "layout": layout,
            "part": part,
            "topics": topics,
            "reset": reset,
            **values,
        }
        html = render(self._name, self.settings.templates, all_values)
        ours = render(self._name, "", all_values) if self.settings.templates else html
        for sign, plain in COLOURLESS.items():  # `translate` takes sixty times as long
            html = html.replace(sign, plain)
        page, media = with_pictures(html, self._media)
        return PageHtml(page, self._usual(ours), media)

    def _usual(self, html: str) -> int:
        """The characters of a page of ours, without its styles, each image counted as so many."""
        shown = pictures(html)
        weights = (seconds(medium) for medium in self._media if medium.name in shown)
        counted = sum(PICTURE + min(PICTURES_MOST, int(PICTURE_SECOND * weight)) for weight in weights)
        return len(html.partition("<body>")[2]) + counted
