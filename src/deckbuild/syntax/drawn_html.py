"""Raw HTML that plays or draws, as images: what follows knows one element for all that is seen or heard."""

from __future__ import annotations

import base64
import html
import re

from deckbuild.machine.regex import regex

_PLAYER = regex(r"<(?P<name>audio|video)\b.*?</(?P=name)\s*>", re.IGNORECASE | re.DOTALL)
_DRAWING = regex(r"<svg\b.*?</svg\s*>", re.IGNORECASE | re.DOTALL)
_SOURCE = regex(r"""\ssrc\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)""", re.IGNORECASE)
_TITLE = regex(r"<title\b[^<>]*>([^<>]*)</title\s*>", re.IGNORECASE)
_NAMESPACES = (
    ("xmlns=", 'xmlns="http://www.w3.org/2000/svg"'),
    ("xmlns:xlink=", 'xmlns:xlink="http://www.w3.org/1999/xlink"'),
)


def as_images(raw: str) -> str:
    """Raw HTML with an `<img>` in place of each player and each drawing, in as many lines.

    A player's is its first source, a drawing's the drawing itself: inside an image no script runs, and
    nothing is fetched.
    """
    lowered = raw.lower()
    if "<audio" in lowered or "<video" in lowered:
        raw = _PLAYER.sub(_player, raw)
    return _DRAWING.sub(_drawing, raw) if "<svg" in lowered else raw


def _player(match: re.Match[str]) -> str:
    source = _SOURCE.search(match[0])
    url = html.unescape(source[1].strip("\"'")) if source else ""
    return _image(url, "", match[0]) if url else match[0]


def _drawing(match: re.Match[str]) -> str:
    title = _TITLE.search(match[0])
    head, end, rest = match[0].partition(">")
    missing = [given for name, given in _NAMESPACES if name not in head]
    whole = " ".join([head[:4], *missing]) + head[4:] + end + rest
    data = base64.b64encode(whole.encode()).decode()
    said = html.unescape(title[1]).strip() if title else ""
    return _image(f"data:image/svg+xml;base64,{data}", said, match[0])


def _image(url: str, alt: str, whole: str) -> str:
    """The tag on the last line of the element, so that what takes it has taken all of its lines."""
    above = "\n" * whole.count("\n")
    return f'{above}<img src="{html.escape(url)}" alt="{html.escape(alt)}">'
