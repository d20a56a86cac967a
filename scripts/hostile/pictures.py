"""Pictures that are small on disk and large when they are unpacked, of kinds that run programs, or hidden in others."""

from __future__ import annotations

import io
import os
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from hostile.case import PLAIN, Case, Content, Make, tree
from hostile.drawings import svg
from hostile.images import png
from hostile.styles import SETTINGS

_POSTSCRIPT = (
    b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(@OUTSIDE@/ran) (w) file closefile\nshowpage\n%%EOF\n"
)


def _tiff(width: int, height: int) -> bytes:
    """A picture of one strip that isn't there."""
    fields = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 200), (278, height), (279, 9))
    listed = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in fields)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(fields)) + listed + bytes(99)


def _bmp(width: int, height: int) -> bytes:
    return (
        b"BM"
        + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
        + bytes(99)
    )


def _webp(side: int) -> bytes:
    """An empty picture, a kilobyte of which unpacks to millions of pixels."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (side, side)).save(out, "WEBP", lossless=True)
    return out.getvalue()


def _marked(data: bytes, number: int) -> bytes:
    """The same WebP with a part that makes it another file."""
    part = b"note" + struct.pack("<II", 4, number)
    return b"RIFF" + struct.pack("<I", len(data) - 8 + len(part)) + data[8:] + part


def _address(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def _held(data: bytes, times: int = 1) -> str:
    return svg(f"<image width='9' height='9' href='{_address(data)}'/>" * times)


def _asked(names: list[str]) -> str:
    return "# Pictures\n\n" + "".join(
        f"## What shows wave {n}?\n\n![graph]({name})\n\nThe wave {n}, in words.\n\n"
        for n, name in enumerate(names)
    )


def _many_webps(folder: Path, outside: Path) -> None:
    data = _webp(4_000)
    names = [f"w{n}.webp" for n in range(60)]
    tree({"n.md": _asked(names), **{name: _marked(data, n) for n, name in enumerate(names)}})(folder, outside)


def _many_drawings(folder: Path, outside: Path) -> None:
    names = [f"d{n}.svg" for n in range(40)]
    contents = {name: _held(png(6_000, 6_000 - n)) for n, name in enumerate(names)}
    tree({"n.md": _asked(names), **contents})(folder, outside)


def _noise(count: int, size: int) -> Make:
    """Pictures that can't be packed."""

    def make(folder: Path, outside: Path) -> None:
        names = [f"p{n}.png" for n in range(count)]
        rows = {name: (b"tEXt", b"n\0" + b64encode(os.urandom(size * 3 // 4))) for name in names}
        tree({"n.md": _asked(names), **{name: png(8, 8, None, 8, row) for name, row in rows.items()}})(
            folder, outside
        )

    return make


_FILES: dict[str, tuple[str, Content]] = {
    "svg-behind-many-comments": ("i.svg", "<!---->" * 280 + "x"),
    "svg-behind-comments-and-marks": ("i.svg", "<?xml?><!----> " * 130 + "<svgx"),
    "svg-behind-blanks": ("i.svg", " " * 1_999 + "<"),
    "svg-with-postscript": ("i.svg", _held(_POSTSCRIPT)),
    "svg-with-tiff": ("i.svg", _held(_tiff(60_000, 60_000))),
    "svg-with-bmp": ("i.svg", _held(_bmp(30_000, -30_000))),
    "svg-with-pictures-in-pictures": ("i.svg", _held(svg("<rect width='9' height='9'/>").encode())),
    "svg-with-40-large-pictures": ("i.svg", lambda: _held(png(6_000, 6_000), 40)),
    "svg-with-the-same-picture-often": ("i.svg", lambda: _held(png(200, 200), 4_000)),
    "svg-in-utf-16": ("i.svg", svg("<rect width='9' height='9'/>").encode("utf-16")),
    "svg-of-namespaces": ("i.svg", svg("".join(f"<g xmlns:a{n}='b{n}'>" for n in range(900)) + "</g>" * 900)),
    "svg-of-styled-numbers": ("i.svg", svg("<rect style='stroke-width: 1e999; opacity: nan; stroke-dasharray: -1 nan' width='9' height='9'/>")),
    "svg-of-a-deep-selector": ("i.svg", svg("<style>" + "g " * 9_000 + "{ fill: red }</style>" + "<g>" * 400 + "</g>" * 400)),
    "svg-that-shows-itself": ("i.svg", svg("<image width='9' height='9' href='i.svg'/>")),
    "svg-of-animations": ("i.svg", svg("<rect width='9' height='9'><animate attributeName='x' dur='1ms' repeatCount='indefinite'/></rect>" * 900)),
    "postscript": ("i.eps", _POSTSCRIPT),
    "postscript-called-png": ("i.png", _POSTSCRIPT),
    "tiff-of-60000-squared": ("i.tiff", _tiff(60_000, 60_000)),
    "bmp-of-30000-squared": ("i.bmp", _bmp(30_000, 30_000)),
    "webp-of-6000-squared": ("i.webp", lambda: _webp(6_000)),
    "webp-of-many-parts": ("i.webp", lambda: b"RIFF\xff\xff\xff\x7fWEBP" + b"note\0\0\0\0" * 400_000),
    "webp-of-a-false-size": ("i.webp", lambda: _webp(64)[:30] + b"\xff" * 9),
    "gif-of-a-long-comment": ("i.gif", b"GIF89a\1\0\1\0\0\0\0!\xfe" + (b"\xff" + b"x" * 255) * 15_000),
    "jpeg-of-many-scans": ("i.jpg", b"\xff\xd8" + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" * 200_000 + b"\xff\xd9"),
    "jpeg-of-many-parts": ("i.jpg", b"\xff\xd8" + b"\xff\xe1\0\x08Exif\0\0" * 300_000 + b"\xff\xd9"),
    "png-of-many-palettes": ("i.png", png(8, 8, None, 8, *[(b"PLTE", b"\0\1\2" * 256)] * 4_000)),
    "png-that-packs-a-chunk-name": ("i.png", png(8, 8, None, 8, (b"\0\n\x1b[", b"x" * 900))),
    "png-of-a-row-too-many": ("i.png", png(9, 9, bytes(40_000_000))),
    "png-of-odd-turns": ("i.png", png(9, 9, None, 8, (b"eXIf", b"MM\0*\0\0\0\x08\xff\xff" + b"\x01\x12\0\3\0\0\0\1\xff\xff\0\0" * 9_000))),
    "png-of-packed-words": ("i.png", lambda: png(8, 8, None, 8, *[(b"iTXt", b"k\0\1\0\0\0" + zlib.compress(bytes(900_000), 9))] * 400)),
    "recording-of-a-playlist": ("i.mp3", "#EXTM3U\nhttp://192.0.2.1/x.mp3\nfile://@OUTSIDE@/secret.md\n"),
    "recording-of-noise": ("i.mp4", lambda: os.urandom(900_000)),
}  # fmt: skip

_STYLES: dict[str, Callable[[], bytes]] = {
    "postscript": lambda: _POSTSCRIPT,
    "tiff": lambda: _tiff(60_000, 60_000),
    "png-of-12000-squared": lambda: png(12_000, 12_000),
    "webp-of-16000-squared": lambda: _webp(16_000),
    "bmp": lambda: _bmp(30_000, 30_000),
    "drawing": lambda: svg("<path d='M0 0" + "L9 9" * 40_000 + "'/>").encode(),
    "deep-drawing": lambda: svg("<g>" * 9_000 + "</g>" * 9_000).encode(),
}
"""What a style sheet shows behind its text, in an address that holds it."""


def _styled(data: bytes) -> Make:
    style = f"p {{ background: url({_address(data)}); content: url({_address(data, 'svg+xml')}) }}"
    return tree({"deckbuild.toml": SETTINGS, "looks/print/own.css": style[:190_000]})


CASES = [
    *(Case("images", name, tree({"n.md": _asked([path]), path: data})) for name, (path, data) in _FILES.items()),
    *(Case("templates", f"style-with-{name}", lambda *at, make=make: _styled(make())(*at)) for name, make in _STYLES.items()),
    Case("images", "60-webps-of-4000-squared", _many_webps),
    Case("images", "40-drawings-with-large-pictures", _many_drawings),
    Case("images", "20-pictures-of-5-megabytes", _noise(20, 4_900_000), ("build", ".", "-o", "out", "--only", "deck")),
    Case("images", "30-pictures-of-5-megabytes-printed", _noise(30, 4_900_000)),
    Case("images", "name-with-line-end", tree({"n.md": _asked(["<a&#10;b\\nc.png>", "a%0Ab.png"]), "a\nb.png": png(8, 8)})),
    Case("images", "name-with-escapes", tree({"n.md": _asked(["%1b%5b31m%07.png", "%e2%80%ae.png"]), "\x1b[31m\x07.png": b"x", "\u202e.png": b"x"})),
    Case("images", "text-of-a-long-line", tree({"n.md": f"{PLAIN}\n## What is it?\n\n![{'word ' * 60_000}](i.png \"{'t' * 60_000}\")\n", "i.png": png(8, 8)})),
]  # fmt: skip
