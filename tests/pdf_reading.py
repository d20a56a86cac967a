"""What a PDF holds, as tests ask for it: words, bookmarks, structure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import Destination


def words(pdf: PdfReader) -> str:
    """All text on one line."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def bookmarks(pdf: PdfReader) -> list[tuple[int, str, int]]:
    """Level, title and page, counted from 1, of each bookmark."""
    return list(_bookmarks(pdf, pdf.outline, 1))


def _bookmarks(
    pdf: PdfReader, outline: list[Destination | list[Destination]], level: int
) -> Iterator[tuple[int, str, int]]:
    for part in outline:
        if isinstance(part, list):
            yield from _bookmarks(pdf, part, level + 1)
        else:
            yield level, str(part.title), (pdf.get_destination_page_number(part) or 0) + 1


def structure(pdf: PdfReader) -> Iterator[tuple[str, Any]]:
    """Type and object of each element of the structure tree, in reading order."""
    yield from _elements(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])


def _elements(node: Any) -> Iterator[tuple[str, Any]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, dict) and "/S" in node:
        yield node["/S"], node
        yield from _elements(node.get("/K", []))
