"""Text in the lines of AsciiDoc as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.reading import code_span, escaped, wrapped
from deckbuild.syntax.latex_rules import told_formula

_INLINE = regex(
    r"(?P<maths>(?:stem|latexmath|asciimath):\[(?P<tex>(?:[^\]\\]|\\.)*)\])"
    r"|image:{1,2}(?P<image>[^\s\[]+)\[(?P<alt>[^\]]*)\]"
    r"|(?:link:|xref:)(?P<target>[^\s\[]+)\[(?P<said>[^\]]*)\]"
    r"|(?P<address>(?:https?|ftp|mailto):[^\s\[\]<>]+)(?:\[(?P<called>[^\]]*)\])?"
    r"|<<(?P<ref>[^<>,]+)(?:,\s*(?P<reftext>[^<>]+))?>>"
    r"|footnote:\w*\[(?P<note>[^\]]*)\]"
    r"|(?:kbd|btn|menu|icon|term|cite|pass|indexterm2?):[\w-]*\[(?P<plain>[^\]]*)\]"
    r"|\(\(\((?P<hidden>.*?)\)\)\)|\(\((?P<index>[^()]+)\)\)"
    r"|\[\[[^\[\]]*\]\]"
    r"|(?:\[[\w.#-]+\])?(?P<two>\*\*|__|``|##)(?P<inner2>.+?)(?P=two)"
    r"|(?<![\w*_`#])(?:\[[\w.#%-]+\])?(?P<one>[*_`#])(?P<inner>[^\s](?:.*?[^\s])?)(?P=one)(?!\w)"
    r"|(?P<script>[\^~])(?P<low>[^\s^~]+)(?P=script)"
    r"|\{(?P<attribute>[\w-]+)\}(?:\[(?P<label>[^\]]*)\])?"
)
_MARKS = {"*": "**", "_": "*", "#": "=="}
_ENTITIES = {
    "nbsp": " ",
    "blank": "",
    "empty": "",
    "sp": " ",
    "plus": "+",
    "asterisk": "*",
    "vbar": "|",
    "amp": "&",
}


def inline(text: str, values: Mapping[str, str]) -> str:
    """The Markdown of a text; `values` are the document's attributes."""
    parts, done = [], 0
    for found in _INLINE.finditer(text):
        before = text[done : found.start()]
        parts += [escaped(before.rstrip() if found["note"] is not None else before), _one(found, values)]
        done = found.end()
    return "".join((*parts, escaped(text[done:])))


def _one(found: re.Match[str], values: Mapping[str, str]) -> str:
    if found["maths"]:
        return told_formula(found["tex"].replace("\\]", "]"), False)
    if found["image"]:
        return f"![{escaped(found['alt'].split(',')[0])}](<{found['image']}>)"
    if found["target"] or found["address"]:
        target, said = found["target"] or found["address"], found["said"] or found["called"] or ""
        text = said.split(",")[0].strip("^ ") or target
        within = found["target"] and "://" not in target
        return inline(text, {}) if within else f"[{inline(text, {}) if said else escaped(text)}](<{target}>)"
    if found["ref"]:
        return inline(found["reftext"] or found["ref"], {})
    if found["note"] is not None:
        return f"^[{inline(found['note'], values)}]"
    if found["plain"] is not None:
        return escaped(found["plain"])
    if found["index"]:
        return inline(found["index"], values)
    sign, inner = (found["two"] or found["one"] or "")[:1], found["inner2"] or found["inner"] or ""
    if sign == "`":
        return code_span(inner.strip("+") if inner.startswith("+") and inner.endswith("+") else inner)
    if sign == "_" and not inner.strip("_ "):
        return escaped(found[0])
    if sign:
        return wrapped(_MARKS[sign], inline(inner, values))
    if found["script"]:
        tag = "sup" if found["script"] == "^" else "sub"
        return f"<{tag}>{escaped(found['low'])}</{tag}>"
    if name := found["attribute"]:
        value = values.get(name.lower(), _ENTITIES.get(name.lower()))
        if value is not None and found["label"] is not None:
            return inline(f"{value}[{found['label']}]", {})
        return escaped(found[0]) if value is None else escaped(value)
    return ""
