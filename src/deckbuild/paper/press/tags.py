"""Mending the structure that WeasyPrint gives a PDF for screen readers.

It leaves out what PDF/UA-1 (ISO 14289-1) or its checkers ask for: the direction of header cells, bodies of
list items that hold paragraphs, a text for images without one, the print flag of links, and marks for headers
and footers as no content.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from deckbuild.machine.regex import regex

if TYPE_CHECKING:
    from pikepdf import Pdf

UNDESCRIBED = "image"
"""What stands for an image without alternative text: as content it should be told, if not what it shows."""

_CONTENT = regex(rb"/\w+\s<</MCID (\d+)>>\sBDC")
_NO_CONTENT = b"/Artifact\n<</Type /Pagination>>\nBDC"
_PRINTED = 4
"""The flag of an annotation that is printed."""


def mended(data: bytes) -> bytes:
    """A tagged PDF of WeasyPrint's with its structure completed; the same file gives the same bytes."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        content: dict[tuple[int, int], set[int]] = {}
        for element in _elements(pdf.Root.StructTreeRoot.K):
            if element.S == "/TH":
                element.A.Scope = pikepdf.Name.Column
            elif element.S == "/LI":
                _give_body(pdf, element)
            elif element.S == "/Figure" and "/Alt" not in element:
                element.Alt = UNDESCRIBED
            page = element.Pg.objgen if "/Pg" in element else (0, 0)
            kids = element.get("/K", pikepdf.Array())
            content.setdefault(page, set()).update(kid for kid in kids if isinstance(kid, int))
        for page in pdf.pages:
            _mark_furniture(pdf, page, content.get(page.obj.objgen, set()))
            for annotation in page.get("/Annots", pikepdf.Array()):
                annotation.F = int(annotation.get("/F", 0)) | _PRINTED
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _elements(kids: Any) -> Iterator[Any]:
    """All structure elements, each before those in it."""
    import pikepdf

    waiting = list(reversed(list(kids)))
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
            waiting.extend(reversed(list(element.get("/K", pikepdf.Array()))))


def _give_body(pdf: Pdf, item: Any) -> None:
    """Put what a list item holds, beside its bullet or number, into a body."""
    import pikepdf

    kids = list(item.get("/K", pikepdf.Array()))
    kinds = [kid.get("/S") if isinstance(kid, pikepdf.Dictionary) else None for kid in kids]
    if "/LBody" in kinds:
        return
    held = [kid for kid, kind in zip(kids, kinds, strict=True) if kind != "/Lbl"]
    body = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.LBody, P=item, Pg=item.Pg, K=pikepdf.Array(held)
        )
    )
    for kid in held:
        if isinstance(kid, pikepdf.Dictionary) and "/P" in kid:
            kid.P = body
    labels = [kid for kid, kind in zip(kids, kinds, strict=True) if kind == "/Lbl"]
    item.K = pikepdf.Array([*labels, body])


def _mark_furniture(pdf: Pdf, page: Any, content: set[int]) -> None:
    """Mark what no element holds, which are headers and footers, as no content."""

    def marked(sequence: re.Match[bytes]) -> bytes:
        return sequence[0] if int(sequence[1]) in content else _NO_CONTENT

    old = page.Contents.read_bytes()
    new = _CONTENT.sub(marked, old)
    if new != old:
        page.Contents = pdf.make_stream(new)
