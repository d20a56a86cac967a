"""Text inside the lines of a web page as Markdown: emphasis, code, links, images, formulas."""

from __future__ import annotations

from lxml.etree import _Element

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.html_content import words_of
from deckbuild.syntax.formats.reading import code_span, escaped, wrapped
from deckbuild.syntax.latex_rules import bracketed, told_formula

PHRASES = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark math mjx-container q s"
    " samp small span strike strong sub sup time tt u var wbr button picture source annotation semantics".split()
)
"""Elements that stand inside a line."""

BREAK = "\x0f"
"""Stands for `<br>` in the Markdown of a run."""

_MARKS = dict.fromkeys(("strong", "b"), "**") | dict.fromkeys(("em", "i", "cite", "dfn", "var"), "*")
_MARKS |= dict.fromkeys(("del", "s", "strike"), "~~")
_KEPT = frozenset("sub sup kbd mark u ins".split())
_CODE = frozenset("code tt samp".split())
_BOLD = regex(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_MARKER = regex(r"mso-list\s*:\s*Ignore")
"""What Word says of the bullets and numbers of lists that it saves as text."""

_DISPLAYED = regex(r"display|block")
_PREVIEWS = frozenset(("MathJax", "MathJax_Preview", "MathJax_Display", "MathJax_SVG", "MathJax_SVG_Display"))
_TEX_IMAGE = regex(r"\s*\{\\displaystyle|.*\\(?:frac|sum|int|sqrt|alpha|beta|theta|mathbf|left)\b")


def phrase(element: _Element, inner: str) -> str:
    """The Markdown of an element inside a line, of that of all it holds."""
    tag = str(element.tag)
    if tag == "br":
        return BREAK
    if tag == "img":
        return _image(element)
    if tag == "a":
        return _link(element, inner)
    if tag in _CODE:
        return code_span("".join(element.itertext()))
    if _MARKER.search(element.get("style") or ""):
        marker = " ".join(plain(element).split())
        return f"{marker} " if any(map(str.isalnum, marker)) else "- "
    bold = tag == "span" and _BOLD.search(element.get("style") or "")
    mark = "**" if bold else _MARKS.get(tag, "")
    if mark and BREAK not in inner:
        return wrapped(mark, inner) if mark not in inner else inner
    if tag in _KEPT and inner.strip():
        return f"<{tag}>{inner}</{tag}>"
    if tag == "q":
        return f"“{inner}”"
    return inner


def plain(element: _Element) -> str:
    """The text of an element without Markdown, formulas as LaTeX."""
    parts = [element.text or ""]
    for child in element:
        found = mathematics(child)
        parts += [plain(child) if found is None else bracketed(found), child.tail or ""]
    return "".join(parts)


def mathematics(element: _Element) -> str | None:
    """The formula of an element of MathJax, KaTeX or MathML; None for others, nothing for what only shows one."""
    tag, classes = str(element.tag), frozenset((element.get("class") or "").split())
    if tag == "script" and (element.get("type") or "").startswith("math/tex"):
        return told_formula(element.text or "", "display" in (element.get("type") or ""))
    if tag == "img" and _TEX_IMAGE.match(element.get("alt") or ""):
        shown = any(
            "math" in a.tag or "math" in "".join(words_of(a)) for a in element.itersiblings(preceding=True)
        )
        return "" if shown else told_formula(element.get("alt") or "", "display" in words_of(element))
    if classes & _PREVIEWS and tag != "mjx-container":
        return ""
    if tag == "math" or classes & {"katex", "katex-display"} or tag == "mjx-container":
        math = element if tag == "math" else next(element.iter("math"), None)
        if math is None:
            return "" if tag == "mjx-container" else None
        from deckbuild.syntax.formats.mathml import latex

        told = element.get("display") or math.get("display") or " ".join(classes)
        return told_formula(latex(math), bool(_DISPLAYED.search(told)) and told != "inline")
    return None


def _image(element: _Element) -> str:
    source = element.get("src") or element.get("data-src") or ""
    alt = " ".join((element.get("alt") or "").split())
    if not source:
        return escaped(alt)
    address = f"<{source}>" if " " in source else source.replace("(", "%28").replace(")", "%29")
    return f"![{escaped(alt)}]({address})"


def _link(element: _Element, inner: str) -> str:
    target = (element.get("href") or "").strip()
    bare = inner.strip()
    if bare in ("¶", "#", "🔗", "§") or "headerlink" in (element.get("class") or ""):
        return ""
    if not bare or not target or target.startswith(("#", "javascript:")) or BREAK in inner or "](" in inner:
        return inner
    target = target.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C")
    lead, tail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{lead}[{bare}]({target}){tail}"
