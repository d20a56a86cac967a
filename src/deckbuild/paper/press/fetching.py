"""What WeasyPrint reads at the addresses of a page: its own media, and what stands in the addresses themselves.

Of the latter no odd pictures; the former have been looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from deckbuild.collection.whole_images import is_hidden_picture


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Reads `data:` addresses, and of `media:` ones those that it was given.

    Styles and templates of a collection may hold pictures that no document shows. Huge ones take more than
    the limits of a layout can end, and Pillow gives some kinds to other programs.
    """

    def __init__(self, media: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._media = media

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """The response for an address. Raises `ValueError` for what isn't read, as WeasyPrint expects."""
        if (known := self._media.get(url)) is not None:
            kind = "image/svg+xml" if url.endswith(".svg") else "application/octet-stream"
            return URLFetcherResponse(url, known, {"Content-Type": kind})
        response = super().fetch(url, headers)
        data = response.read()
        if is_hidden_picture(data):
            raise ValueError("the picture is broken, too large, or of a kind that browsers don't show")
        return URLFetcherResponse(response.url, data, response.headers, response.status)
