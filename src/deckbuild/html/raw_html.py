"""Text and raw HTML of documents, made safe: escaping, and an allow-list of tags.

A document's own tags may open in one place and close in another, so they are judged twice. `allowed_tags`
looks at one piece: complete tags of known elements stay, every other `<` becomes text, as readers mean
`List<int>` to be seen. `sanitise` then gets the assembled run and balances it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from deckbuild.machine.regex import regex
from deckbuild.model import image_tags
from deckbuild.model.text import parts_words

HELD = "\x02", "\x03"
"""Stand around the number of a piece that is put back after sanitising; no text of a document keeps them."""

_KEPT = frozenset(
    """
    a b big blockquote br caption cite code dd del details dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd
    li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead tr
    u ul var
    """.split()
)
_UNSEEN = frozenset(
    """
    abbr area audio base bdi bdo body button col colgroup font head html input label link map meta picture
    source strike time tt video wbr
    """.split()
)
_BOXES = frozenset(
    "address article aside center figcaption figure footer form header main nav section".split()
)
"""Elements that stand by themselves, as a `div` does."""

_FRAMES = frozenset(("iframe", "embed", "frame"))

_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}

_MOST_TAGS = 3000
"""Tags of a piece of HTML; of one with more only the text is left."""

_CONTROL = regex(r"[\x00-\x08\x0b-\x1f\x7f]")
_REFERENCE = regex(
    r"&#(?:0*(?:[0-8]|1[1-9]|2\d|3[01]|127)(?!\d)|x0*(?:[0-8b-f]|1[0-9a-f]|7f)(?![0-9a-f]));?", re.IGNORECASE
)
"""The same characters by their numbers, which sanitising would write out."""

_PROGRAM = regex(r"<(script|style)\b[^<>]*+>.*?(?:</\1\s*+>|\Z)", re.DOTALL | re.IGNORECASE)
_PIECE = regex(
    r"""<!--.*?(?:-->|\Z)|</?(?P<name>[A-Za-z][\w-]*+)(?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+>|<""", re.DOTALL
)
_WEB = regex(r"(?:https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
_DIRECTIVE = regex(r"\[(?=/?(?:latex|\$\$?)\]|sound:|anki:|\[type:)", re.IGNORECASE)
_DELIMITER = regex(r"\\(?=[(\[])")


def escape(text: str) -> str:
    """Text as HTML that shows just this text, inside an attribute too.

    Control characters show as U+FFFD: Anki parts the fields of a note with one of them.
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return _CONTROL.sub("\ufffd", text)


def is_web_address(url: str) -> bool:
    """Whether a link to `url` means the same on every device: http, https and mailto."""
    return _WEB.fullmatch(url) is not None


def without_programs(raw: str) -> str:
    """A block of raw HTML without its scripts and style sheets; an unclosed one goes on to the end."""
    return _PROGRAM.sub("", raw)


def allowed_tags(raw: str, image: Callable[[str, str, str], str]) -> str:
    """Raw HTML in which only whole tags of known elements are left as tags, not yet balanced.

    `image` gives what stands in place of an image, of which it is told the name as a medium, empty if it is
    none, the alternative text, and the name of the file.
    """

    def piece(match: re.Match[str]) -> str:
        name = (match["name"] or "").lower()
        if name in _KEPT or name in _UNSEEN:
            return match[0]
        if name in _BOXES:
            return "</div>" if match[0].startswith("</") else "<div>"
        if name == "img":
            url, text = image_tags.shown(match[0])
            return image(url if image_tags.is_medium(url) else "", text, image_tags.file_name(url))
        if name in _FRAMES:
            return _link(image_tags.shown(match[0])[0])
        return "" if match[0].startswith("<!--") else escape(match[0])

    return _PIECE.sub(piece, _REFERENCE.sub("\ufffd", _CONTROL.sub("\ufffd", raw)))


def _link(url: str) -> str:
    """What stands in place of a page inside the page, such as a video: a link to it; nothing without an address."""
    url = f"https:{url}" if url.startswith("//") else url
    return f'<a href="{escape(url)}">{escape(url)}</a>' if is_web_address(url) else escape(url)


def sanitise(html: str) -> str:
    """Balanced HTML with the allow-list's tags and attributes only; tables stand in a box that scrolls.

    `html` has passed `allowed_tags`. Of more than 3,000 tags only the text is left, since balancing takes
    quadratic time where they are nested.
    """
    if html.count("<") > _MOST_TAGS:
        return _PIECE.sub(lambda tag: "\n" if parts_words(tag[0]) else "", html)

    import nh3

    clean = nh3.clean(
        html,
        tags=set(_KEPT),
        clean_content_tags=set(),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    return clean.replace("<table>", '<div class="tw"><table>').replace("</table>", "</table></div>")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value kept for an attribute; a held piece put back inside one would break out of it."""
    if HELD[0] in value or (name == "href" and not is_web_address(value)):
        return None
    return value


def disarm(html: str) -> str:
    r"""HTML in which no text is a directive to Anki.

    `[latex]`, `[$]`, `[sound:` and their like make Anki run programs or play files wherever they stand in a
    field, code included; `\(` and `\[` start mathematics.
    """
    if "\\" in html:
        html = _DELIMITER.sub(r"<span>\\</span>", html)
    return disarm_brackets(html)


def disarm_brackets(html: str) -> str:
    r"""As `disarm`, for mathematics of our own making, where `\(` is meant."""
    return _DIRECTIVE.sub("&#91;", html) if "[" in html else html
