"""What WeasyPrint reads at the addresses of a page: what stands in the addresses themselves, and no odd pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from deckbuild.collection.whole_images import is_hidden_picture


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Reads `data:` addresses.

    Styles and templates of a collection may hold pictures that no document shows. Huge ones take more than
    the limits of a layout can end, and Pillow gives some kinds to other programs.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """The response for an address. Raises `ValueError` for what isn't read, as WeasyPrint expects."""
        response = super().fetch(url, headers)
        data = response.read()
        if is_hidden_picture(data):
            raise ValueError("the picture is broken, too large, or of a kind that browsers don't show")
        return URLFetcherResponse(response.url, data, response.headers, response.status)
