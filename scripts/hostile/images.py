"""Images that lie about their size, never end, or stand for a file that is none of the collection's."""

from __future__ import annotations

import base64
import os
import struct
import zlib
from pathlib import Path

from hostile.case import Case, Make, both, link, tree


def png(
    width: int, height: int, rows: bytes | None = None, depth: int = 8, *chunks: tuple[bytes, bytes]
) -> bytes:
    """A grey PNG; without `rows` it has the rows that it says."""
    data = rows if rows is not None else b"\0" * ((width * depth // 8 + 1) * height)
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _shown(address: str) -> str:
    return f"# Pictures\n\n## What does it show?\n\n![a picture]({address})\n\nThat, in words.\n"


def _image(name: str, data: bytes | str) -> Make:
    return tree({"n.md": _shown(name), name: data})


def _svg(inner: str, head: str = "", size: str = 'width="10" height="10"') -> str:
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>{inner}</svg>'


def _data(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


_GOOD = png(8, 8)
_HUGE = png(20_000, 20_000, b"\0" * 100)
_LAUGHS = (
    "<!DOCTYPE svg [<!ENTITY a '"
    + "x" * 50
    + "'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)

_FILES: dict[str, tuple[str, bytes | str]] = {
    "cut-off-png": ("i.png", _GOOD[:40]),
    "png-without-rows": ("i.png", png(500, 500, b"")),
    "png-of-20000-squared": ("i.png", _HUGE),
    "png-of-2-billion": ("i.png", png(2**31 - 1, 2**31 - 1, b"")),
    "png-of-nothing": ("i.png", png(0, 0, b"")),
    "png-bomb": ("i.png", png(30_000, 30_000, bytes(90_000_000))),
    "png-within-the-limit": ("i.png", png(6_300, 6_300)),
    "png-of-16-bits": ("i.png", png(8, 8, None, 16)),
    "png-with-a-text-bomb": (
        "i.png",
        png(8, 8, None, 8, (b"zTXt", b"k\0\0" + zlib.compress(bytes(400_000_000), 9))),
    ),
    "png-with-a-profile-bomb": (
        "i.png",
        png(8, 8, None, 8, (b"iCCP", b"k\0\0" + zlib.compress(bytes(400_000_000), 9))),
    ),
    "png-with-wrong-sums": ("i.png", _GOOD[:-20] + b"0" * 20),
    "png-of-one-row": ("i.png", png(400_000, 1)),
    "gif-of-65535-squared": ("i.gif", b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\x80\0\0" + bytes(20)),
    "cut-off-jpeg": ("i.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(20)),
    "jpeg-of-65535-squared": (
        "i.jpg",
        b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xd9",
    ),
    "cut-off-webp": ("i.webp", b"RIFF\xff\xff\xff\xffWEBPVP8L" + bytes(9)),
    "text-called-png": ("i.png", "no image\n"),
    "page-called-svg": ("i.svg", "<html><script>1</script></html>"),
    "svg-of-entities": ("i.svg", _svg("<text>&j;</text>", _LAUGHS)),
    "svg-of-an-outer-entity": (
        "i.svg",
        _svg("<text>&x;</text>", "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file://@OUTSIDE@/secret.md'>]>"),
    ),
    "svg-that-reads": (
        "i.svg",
        _svg('<image width="9" height="9" xlink:href="file://@OUTSIDE@/secret.png"/>'),
    ),
    "svg-that-fetches": ("i.svg", _svg('<image width="9" height="9" href="http://192.0.2.1/x.png"/>')),
    "svg-with-style": (
        "i.svg",
        _svg(
            "<style>@import url(file://@OUTSIDE@/secret.css); rect{fill:url(http://192.0.2.1/#a)}</style><rect width='9' height='9'/>"
        ),
    ),
    "svg-with-script": (
        "i.svg",
        _svg("<script>fetch('http://192.0.2.1')</script><rect onload='1' width='9' height='9'/>"),
    ),
    "svg-that-uses-itself": ("i.svg", _svg('<g id="a"><use xlink:href="#a"/></g><use xlink:href="#a"/>')),
    "svg-of-copies": (
        "i.svg",
        _svg("".join(f'<g id="g{n}"><use href="#g{n + 1}"/><use href="#g{n + 1}"/></g>' for n in range(40))),
    ),
    "svg-of-patterns": (
        "i.svg",
        _svg(
            '<pattern id="p" width="1" height="1"><rect fill="url(#p)" width="9" height="9"/></pattern><rect fill="url(#p)" width="9" height="9"/>'
        ),
    ),
    "svg-of-masks": (
        "i.svg",
        _svg(
            '<mask id="m"><rect mask="url(#m)" width="9" height="9"/></mask><rect mask="url(#m)" width="9" height="9"/>'
        ),
    ),
    "svg-of-markers": (
        "i.svg",
        _svg(
            '<marker id="m"><path marker-start="url(#m)" d="M0 0L9 9"/></marker><path marker-start="url(#m)" d="M0 0L9 9"/>'
        ),
    ),
    "svg-of-gradients": (
        "i.svg",
        _svg(
            '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect fill="url(#a)" width="9" height="9"/>'
        ),
    ),
    "svg-of-fine-patterns": (
        "i.svg",
        _svg(
            '<pattern id="p" width=".001" height=".001" patternUnits="userSpaceOnUse"><rect width=".0005" height="1"/></pattern><rect fill="url(#p)" width="9999" height="9999"/>'
        ),
    ),
    "svg-of-fine-dashes": ("i.svg", _svg('<path stroke="#000" stroke-dasharray="1e-9" d="M0 0L1e9 1e9"/>')),
    "deep-svg": ("i.svg", _svg("<g>" * 20_000 + "</g>" * 20_000)),
    "svg-of-many-paths": ("i.svg", _svg("<path d='M0 0L9 9'/>" * 150_000)),
    "svg-of-one-path": ("i.svg", _svg(f"<path d='M0 0{'L9 9' * 900_000}'/>")),
    "svg-without-bounds": (
        "i.svg",
        _svg("<rect width='1e30' height='1e30'/>", size='width="1e30" height="1e30"'),
    ),
    "svg-of-odd-numbers": (
        "i.svg",
        _svg(
            "<rect width='nan' height='-inf' rx='1e400'/><circle r='--'/>",
            size='viewBox="0 0 0 0" width="NaN"',
        ),
    ),
    "svg-of-text": ("i.svg", _svg(f"<text textLength='1' rotate='{'1 ' * 9_000}'>{'word ' * 9_000}</text>")),
    "larger-than-the-limit": ("i.png", _GOOD + bytes(6_000_000)),
}

_ADDRESSES = {
    "outside": "../outside/secret.png",
    "outside-escaped": "%2e%2e/outside/secret.png",
    "outside-backslash": "..\\\\outside\\\\secret.png",
    "outside-absolute": "@OUTSIDE@/secret.png",
    "outside-file-url": "file://@OUTSIDE@/secret.png",
    "device": "/dev/zero",
    "remote": "http://192.0.2.1/x.png",
    "remote-without-scheme": "//192.0.2.1/x.png",
    "network-share": "\\\\\\\\192.0.2.1\\\\share\\\\x.png",
    "nul": "a%00b.png",
    "long-name": "a" * 5_000 + ".png",
    "no-utf-8": "%ff%fe.png",
    "folder": ".",
    "data-of-20000-squared": _data(_HUGE),
    "data-cut-off": _data(_GOOD[:40]),
    "data-without-end": "data:image/png;base64,AAAA" + "=" * 50,
    "data-of-text": "data:text/plain;base64,AAAA",
    "data-svg-of-entities": _data(_svg("<text>&j;</text>", _LAUGHS).encode(), "svg+xml"),
}


def _fifo(folder: Path, outside: Path) -> None:
    tree({"n.md": _shown("i.png")})(folder, outside)
    os.mkfifo(folder / "i.png")


def _many(folder: Path, outside: Path) -> None:
    pictures = {f"i{n}.png": png(40, 40 + n) for n in range(300)}
    text = "".join(f"## What is {n}?\n\n![]({name})\n\n" for n, name in enumerate(pictures))
    tree({"n.md": text, **pictures})(folder, outside)


def _linked(target: str) -> Make:
    return both(link("i.png", target), tree({"n.md": _shown("i.png")}))


CASES = [
    *(Case("images", name, _image(*file)) for name, file in _FILES.items()),
    *(Case("images", name, tree({"n.md": _shown(address)})) for name, address in _ADDRESSES.items()),
    Case(
        "images",
        "in-html",
        tree({"n.md": '# A\n\n## What?\n\n<img src="../outside/secret.png" onerror=x> That.\n'}),
    ),
    Case(
        "images",
        "embedded",
        tree({"n.md": "# A\n\n## What?\n\n![[../outside/secret.png]] ![[secret.png]] That.\n"}),
    ),
    Case("images", "fifo", _fifo),
    Case("images", "many", _many),
    Case("images", "link-outside", _linked("@OUTSIDE@/secret.png")),
    Case("images", "link-to-itself", _linked("i.png")),
    Case("images", "link-to-a-device", _linked("/dev/zero")),
    Case(
        "images",
        "broken-in-all-outputs",
        _image("i.png", _HUGE),
        ("build", ".", "-o", "out", "--only", "deck,sheet,booklet,cutouts,preview"),
    ),
]
