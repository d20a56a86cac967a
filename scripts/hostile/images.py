"""Images that lie about their size, never end, or stand for a file that is none of the collection's."""

from __future__ import annotations

import base64
import os
import struct
import zlib
from pathlib import Path

from hostile.case import Case, Content, Make, both, link, tree
from hostile.drawings import DRAWINGS, LAUGHS, svg


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


def _image(name: str, data: Content) -> Make:
    return tree({"n.md": _shown(name), name: data})


def _data(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


_GOOD = png(8, 8)
_HUGE = png(20_000, 20_000, b"\0" * 100)
_FRAME = b"," + struct.pack("<4H", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0"
_GIF = b"GIF89a" + struct.pack("<HH", 9, 9) + b"\x80\0\0" + bytes(6) + _FRAME + b";"

_FILES: dict[str, tuple[str, Content]] = {
    "cut-off-png": ("i.png", _GOOD[:40]),
    "png-without-rows": ("i.png", png(500, 500, b"")),
    "png-of-20000-squared": ("i.png", _HUGE),
    "png-of-2-billion": ("i.png", png(2**31 - 1, 2**31 - 1, b"")),
    "png-of-nothing": ("i.png", png(0, 0, b"")),
    "png-bomb": ("i.png", lambda: png(30_000, 30_000, bytes(90_000_000))),
    "png-within-the-limit": ("i.png", lambda: png(6_300, 6_300)),
    "png-of-16-bits": ("i.png", png(8, 8, None, 16)),
    "png-with-a-text-bomb": (
        "i.png",
        lambda: png(8, 8, None, 8, (b"zTXt", b"k\0\0" + zlib.compress(bytes(400_000_000), 9))),
    ),
    "png-with-a-profile-bomb": (
        "i.png",
        lambda: png(8, 8, None, 8, (b"iCCP", b"k\0\0" + zlib.compress(bytes(400_000_000), 9))),
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
    "gif-called-png": ("i.png", _GIF),
    "png-with-the-body-of-a-gif": ("i.png", _GOOD[:33] + _GIF),
    "png-with-the-signature-alone": ("i.png", _GOOD[:8] + _GIF),
    "gif-of-many-frames": ("i.gif", _GIF[:-1] + _FRAME * 200_000 + b";"),
    "gif-of-huge-frames": (
        "i.gif",
        _GIF[:-1] + (b"," + struct.pack("<4H", 0, 0, 65535, 65535) + b"\0\x02\x02\x44\x01\0") * 900 + b";",
    ),
    "png-of-2-billion-frames": (
        "i.png",
        png(8, 8, None, 8, (b"acTL", struct.pack(">II", 2**31 - 1, 0))),
    ),
    "png-of-many-chunks": ("i.png", png(8, 8, None, 8, *[(b"tEXt", b"k\0v")] * 200_000)),
    "webp-of-16384-squared": (
        "i.webp",
        b"RIFF\x20\0\0\0WEBPVP8L\x10\0\0\0\x2f\xff\xff\xff\x0f" + bytes(11),
    ),
    "png-of-colours-without-a-palette": ("i.png", _GOOD.replace(_GOOD[24:29], b"\x08\x03\0\0\0")),
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
    "process": "/proc/self/environ",
    "dashes": "--output=x.png",
    "line-end": "a%0Ab%1B.png",
    "climbing-by-doubles": "....//....//outside/secret.png",
    "climbing-behind-a-query": "x.png?/../../outside/secret.png",
    "data-of-a-page": "data:text/html;base64,PHNjcmlwdD4x",
    "data-cut-off": _data(_GOOD[:40]),
    "data-without-end": "data:image/png;base64,AAAA" + "=" * 50,
    "data-of-text": "data:text/plain;base64,AAAA",
    "data-svg-of-entities": _data(svg("<text>&j;</text>", LAUGHS).encode(), "svg+xml"),
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
    *(Case("images", f"svg-{name}", _image("i.svg", drawing)) for name, drawing in DRAWINGS.items()),
    *(Case("images", name, tree({"n.md": _shown(address)})) for name, address in _ADDRESSES.items()),
    Case(
        "images",
        "in-html",
        tree(
            {"n.md": '# A\n\n## What is it?\n\n<img src="../outside/secret.png" onerror=x> That, in words.\n'}
        ),
    ),
    Case(
        "images",
        "embedded",
        tree(
            {"n.md": "# A\n\n## What is it?\n\n![[../outside/secret.png]] ![[secret.png]] That, in words.\n"}
        ),
    ),
    Case(
        "images",
        "huge-in-a-drawing",
        _image("i.svg", svg(f"<image width='9' height='9' href='{_data(_HUGE)}'/>")),
    ),
    Case("images", "fifo", _fifo),
    Case("images", "many", _many),
    Case("images", "link-outside", _linked("@OUTSIDE@/secret.png")),
    Case("images", "link-to-a-process", _linked("/proc/self/environ")),
    Case(
        "images",
        "shown-5000-times",
        tree({"n.md": _shown("i.png)" + " ![](i.png)" * 5_000 + "("), "i.png": _GOOD}),
    ),
    Case("images", "link-to-itself", _linked("i.png")),
    Case("images", "link-to-a-device", _linked("/dev/zero")),
    Case(
        "images",
        "broken-in-all-outputs",
        _image("i.png", _HUGE),
        ("build", ".", "-o", "out", "--only", "deck,sheet,booklet,cutouts,preview"),
    ),
]
