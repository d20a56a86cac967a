"""The edge to WeasyPrint: HTML in, a tagged PDF out, with our own fonts and nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from deckbuild.diagnostics import Code, Failure
from deckbuild.writers.balance import Box
from deckbuild.writers.fonts import our_fonts_only
from deckbuild.writers.pango import command_here

Pages: TypeAlias = Sequence[dict[str, Box]]
"""For each page its elements that have an `id`, by that, in document order."""


def pdf(html: str, output: str, revise: Callable[[Pages], str | None] = lambda pages: None) -> bytes:
    """`html` as a PDF/UA-1 file; the same HTML gives the same bytes.

    `revise` sees where everything stands, and may give other HTML to be set instead. Of all URLs only `data:`
    ones are read. Raises `Failure` where Pango is missing; `output` names the file that can't be made.
    """
    with our_fonts_only():
        try:
            from weasyprint import HTML
            from weasyprint.urls import URLFetcher
        except OSError as error:
            raise Failure(Code.NO_PANGO.at(output, 1, command=command_here())) from error
        fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
        options = {"pdf_variant": "pdf/ua-1"}
        document = HTML(string=html, url_fetcher=fetcher).render(**options)
        revised = revise([{id: Box(*box) for id, box in page.anchors.items()} for page in document.pages])
        if revised is not None:
            document = HTML(string=revised, url_fetcher=fetcher).render(**options)
        data: bytes = document.write_pdf(**options)
        return data
