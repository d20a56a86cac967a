"""Drawings that reach out, never end, or take more than a picture is worth."""

from __future__ import annotations

from base64 import b64encode


def svg(inner: str, head: str = "", size: str = 'width="10" height="10"') -> str:
    """A drawing, with what stands before it."""
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>{inner}</svg>'


def _wrapped(depth: int) -> str:
    """A drawing in a drawing, and so on."""
    drawing = svg("<rect width='9' height='9'/>")
    for _ in range(depth):
        data = b64encode(drawing.encode()).decode()
        drawing = svg(f"<image width='9' height='9' href='data:image/svg+xml;base64,{data}'/>" * 2)
    return drawing


LAUGHS = (
    "<!DOCTYPE svg [<!ENTITY a '"
    + "x" * 50
    + "'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)
"""Entities that are a billion characters."""


def _chain(element: str, uses: str) -> str:
    """Thirty elements each of which uses the next twice."""
    return svg(
        "".join(
            f"<{element} id='n{n}'>"
            + f"<path d='M0 0L1 1L2 2' {uses.replace('@', f'url(#n{n + 1})')}/>" * 2
            + f"</{element}>"
            for n in range(30)
        )
        + f"<path d='M0 0L1 1L2 2' {uses.replace('@', 'url(#n0)')}/>"
    )


def _spread(kind: str, attributes: str, count: int) -> str:
    """Shapes filled with a gradient that goes on for ever."""
    stops = "<stop offset='0' stop-color='red'/><stop offset='1' stop-color='blue'/>"
    return svg(
        f"<{kind} id='g' {attributes}>{stops}</{kind}>"
        + "<rect width='9' height='9' fill='url(#g)'/>" * count
    )


DRAWINGS: dict[str, str] = {
    "of-masks-in-masks": _chain("mask", "mask='@'"),
    "of-clips-in-clips": _chain("clipPath", "clip-path='@'"),
    "of-markers-on-markers": _chain("marker", "marker-mid='@' marker-end='@'"),
    "of-patterns-of-patterns": _chain("pattern", "fill='@' style='stroke: @'"),
    "of-fine-gradients": _spread("linearGradient", "spreadMethod='repeat' x2='1e-7'", 1),
    "of-fine-rings": _spread("radialGradient", "spreadMethod='reflect' r='.0001'", 500),
    "of-narrowed-gradients": _spread(
        "linearGradient", "spreadMethod='reflect' gradientTransform='matrix(1e-7 0 0 1e-7 0 0)'", 9
    ),
    "of-many-rings": _spread("radialGradient", "spreadMethod='repeat' r='.02'", 900),
    "called-so": "<html><script>1</script></html>",
    "of-entities": svg("<text>&j;</text>", LAUGHS),
    "of-an-outer-entity": (
        svg("<text>&x;</text>", "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file://@OUTSIDE@/secret.md'>]>")
    ),
    "that-reads": svg('<image width="9" height="9" xlink:href="file://@OUTSIDE@/secret.png"/>'),
    "that-fetches": svg('<image width="9" height="9" href="http://192.0.2.1/x.png"/>'),
    "with-style": (
        svg(
            "<style>@import url(file://@OUTSIDE@/secret.css); rect{fill:url(http://192.0.2.1/#a)}</style><rect width='9' height='9'/>"
        )
    ),
    "with-script": svg("<script>fetch('http://192.0.2.1')</script><rect onload='1' width='9' height='9'/>"),
    "that-uses-itself": svg('<g id="a"><use xlink:href="#a"/></g><use xlink:href="#a"/>'),
    "of-copies": (
        svg("".join(f'<g id="g{n}"><use href="#g{n + 1}"/><use href="#g{n + 1}"/></g>' for n in range(40)))
    ),
    "of-patterns": (
        svg(
            '<pattern id="p" width="1" height="1"><rect fill="url(#p)" width="9" height="9"/></pattern><rect fill="url(#p)" width="9" height="9"/>'
        )
    ),
    "of-masks": (
        svg(
            '<mask id="m"><rect mask="url(#m)" width="9" height="9"/></mask><rect mask="url(#m)" width="9" height="9"/>'
        )
    ),
    "of-markers": (
        svg(
            '<marker id="m"><path marker-start="url(#m)" d="M0 0L9 9"/></marker><path marker-start="url(#m)" d="M0 0L9 9"/>'
        )
    ),
    "of-gradients": (
        svg(
            '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect fill="url(#a)" width="9" height="9"/>'
        )
    ),
    "of-fine-patterns": (
        svg(
            '<pattern id="p" width=".001" height=".001" patternUnits="userSpaceOnUse"><rect width=".0005" height="1"/></pattern><rect fill="url(#p)" width="9999" height="9999"/>'
        )
    ),
    "of-fine-dashes": svg('<path stroke="#000" stroke-dasharray="1e-9" d="M0 0L1e9 1e9"/>'),
    "deep": svg("<g>" * 20_000 + "</g>" * 20_000),
    "of-many-paths": svg("<path d='M0 0L9 9'/>" * 150_000),
    "of-one-path": svg(f"<path d='M0 0{'L9 9' * 900_000}'/>"),
    "without-bounds": svg("<rect width='1e30' height='1e30'/>", size='width="1e30" height="1e30"'),
    "of-odd-numbers": (
        svg(
            "<rect width='nan' height='-inf' rx='1e400'/><circle r='--'/>",
            size='viewBox="0 0 0 0" width="NaN"',
        )
    ),
    "of-text": svg(f"<text textLength='1' rotate='{'1 ' * 9_000}'>{'word ' * 9_000}</text>"),
    "of-data-in-data": _wrapped(9),
    "of-a-foreign-page": svg(
        "<foreignObject width='9' height='9'><iframe src='file://@OUTSIDE@/secret.md'/></foreignObject>"
    ),
    "with-a-style-sheet": svg(
        "<rect width='9' height='9'/>",
        "<?xml-stylesheet type='text/css' href='file://@OUTSIDE@/secret.css'?>",
    ),
    "that-uses-what-is-outside": svg(
        "<use href='file://@OUTSIDE@/secret.svg#a'/><use href='http://192.0.2.1/a.svg#a'/>"
    ),
    "with-a-font": svg(
        "<style>@font-face { font-family: x; src: url(file://@OUTSIDE@/secret.ttf) } text { font-family: x }</style><text>x</text>"
    ),
    "of-an-outer-document-type": svg("<text>x</text>", "<!DOCTYPE svg SYSTEM 'http://192.0.2.1/x.dtd'>"),
    "of-outer-parameters": svg(
        "<text>x</text>", "<!DOCTYPE svg [<!ENTITY % a SYSTEM 'http://192.0.2.1/x.dtd'> %a;]>"
    ),
    "of-inner-entities": svg("<text>&a;</text>", f"<!DOCTYPE svg [<!ENTITY a '{'x' * 90_000}'>]>"),
    "of-quadratic-entities": svg(
        f"<text>{'&a;' * 40_000}</text>", f"<!DOCTYPE svg [<!ENTITY a '{'x' * 40_000}'>]>"
    ),
    "of-an-unknown-encoding": "<?xml version='1.0' encoding='punycode'?>" + svg("<text>x</text>"),
    "of-a-false-encoding": "<?xml version='1.0' encoding='utf-16'?>" + svg("<text>x</text>"),
    "of-blur": svg(
        "<filter id='f'><feGaussianBlur stdDeviation='1e9'/></filter><rect filter='url(#f)' width='9' height='9'/>"
    ),
    "of-offsets": svg(
        "<filter id='f'>"
        + "<feOffset dx='1e300'/>" * 9_000
        + "</filter>"
        + "<rect filter='url(#f)' width='9' height='9'/>"
    ),
    "of-turns": svg(f"<rect transform='{'rotate(1) scale(1.1) ' * 60_000}' width='9' height='9'/>"),
    "of-a-long-style": svg(f"<rect style='{'fill:red;' * 200_000}' width='9' height='9'/>"),
    "of-many-rules": svg(
        "<style>"
        + "".join(f"g.a{n} > rect, #b{n} {{ fill: red }}" for n in range(9_000))
        + "</style>"
        + "<rect/>" * 900
    ),
    "of-a-tiny-view": svg(
        "<rect width='9' height='9'/>", size='viewBox="0 0 1e-300 1e-300" width="9" height="9"'
    ),
    "of-arcs": svg(f"<path d='M0 0{'A9 9 0 1 1 9 9' * 150_000}'/>"),
    "of-curves-and-dashes": svg(
        f"<path stroke='red' stroke-dasharray='.001' d='M0 0{'C1 2 3 4 5 6' * 100_000}'/>"
    ),
    "of-points": svg(f"<polyline points='{'1,2 ' * 900_000}'/>"),
    "of-many-long-paths": svg(f"<path d='M0 0{'L9 9' * 9_000}'/>" * 90),
    "in-itself": svg("<svg width='9' height='9'>" * 900 + "</svg>" * 900),
    "of-stops": svg(
        "<linearGradient id='a'>"
        + "<stop offset='.5'/>" * 19_000
        + "</linearGradient>"
        + "<rect fill='url(#a)' width='9' height='9'/>"
    ),
    "of-words-on-a-path": svg(
        "<path id='p' d='M0 0L9 9'/><text><textPath href='#p' startOffset='1e300'>"
        + "word " * 9_000
        + "</textPath></text>"
    ),
    "of-clips": svg(
        "<clipPath id='c'><rect clip-path='url(#c)' width='9' height='9'/></clipPath><rect clip-path='url(#c)' width='9' height='9'/>"
    ),
    "of-switches-and-links": svg(
        "<switch><a href='javascript:alert(1)'><rect width='9' height='9'/></a></switch>"
    ),
}
