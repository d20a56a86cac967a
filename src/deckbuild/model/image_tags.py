"""`<img>` tags of raw HTML: what they show and say; the names of media, which are images and recordings."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import unquote

# Functions of `re` compile these when they are first used; few documents need them.
_TAG = r"""(?i)<img\b(?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+>"""
_ATTRIBUTE = r"""(?i)([a-z][\w:-]*+)\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'>]++)"""
AUDIO = "3gp aac flac m4a mp3 oga ogg opus spx wav".split()
VIDEO = "avi flv m4v mkv mov mp4 mpeg mpg ogv webm".split()
"""Endings of the recordings that Anki plays (`aqt/editor.py`), but for Flash."""

_MEDIUM = rf"db-[0-9a-f]{{16}}\.(?:png|jpg|gif|webp|svg|{'|'.join(AUDIO + VIDEO)})"


def is_medium(name: str) -> bool:
    """Whether a name is one that images get as media: made of their content, and no path."""
    return re.fullmatch(_MEDIUM, name) is not None


def is_recording(url: str) -> bool:
    """Whether the file at an address, or a medium, is to be played, as its name says."""
    return _ending(url) in (*AUDIO, *VIDEO)


def is_video(url: str) -> bool:
    """Whether a recording moves."""
    return _ending(url) in VIDEO


def _ending(url: str) -> str:
    return file_name(url).rpartition(".")[2].lower()


def media_names(text: str) -> set[str]:
    """All names of media that stand in a text."""
    return set(re.findall(_MEDIUM, text))


def shown(tag: str) -> tuple[str, str]:
    """Address and alternative text of an `<img>` tag; empty strings where it has none."""
    values = {name.lower(): html.unescape(value.strip("\"'")) for name, value in re.findall(_ATTRIBUTE, tag)}
    return values.get("src", ""), values.get("alt", "")


def file_name(url: str) -> str:
    """What the file at an address is called; `image`, if it stands in the address itself."""
    if url.lower().startswith("data:"):
        return "image"
    path = url.partition("?")[0].partition("#")[0]
    return unquote(path).replace("\\", "/").rpartition("/")[2]


def as_text(raw: str) -> str:
    """Raw HTML with the alternative text in place of each image."""
    return re.sub(_TAG, lambda tag: shown(tag[0])[1], raw) if "<" in raw else raw


def with_addresses(raw: str, address: Callable[[str], str]) -> str:
    """Raw HTML with each image at the address that `address` gives for its own.

    Where it gives none, the tag keeps its own, unless that could be taken for the name of a medium. A
    recording without a text gets the name of its file, by which paper names it.
    """

    def moved(tag: re.Match[str]) -> str:
        url, alt = shown(tag[0])
        new = address(url) or ("" if is_medium(url) else url)
        if not alt and is_recording(new):
            alt = file_name(url)
        return f'<img src="{html.escape(new)}" alt="{html.escape(alt)}">'

    return re.sub(_TAG, moved, raw)
