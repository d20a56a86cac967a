"""Links of wikis: `[[Cell]]`, `[[Cell|the cell]]`, `[[Cell#Wall]]`, embedded notes, and references to blocks.

On a card a link shows its text: there is nothing to follow it to. What looks like one in mathematics or code is
none: `[[1, 2], [3, 4]]`, `[[ -f name ]]`, `x[["key"]]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from deckbuild.machine.regex import regex
from deckbuild.syntax.vaults.prose import replaced

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_LINK = regex(
    r"(?P<embed>!)?(?<![A-Za-z0-9_)\]\[])\[\[(?P<target>[^\[\]|\n]*?)(?:\\?\|(?P<alias>[^\[\]\n]*))?\]\](?!\()"
)
_LABELLED = regex(r"\[(?P<text>[^\[\]\n]+)\]\((?:\[\[[^\[\]\n]+\]\]|\(\([^()\n]+\)\))\)")
"""A text that leads to a page or a block: `[cells]([[Cell]])`."""

_CONTENTS = regex(r"\s*\[{1,2}_{0,2}toc_{0,2}\]{1,2}\s*", re.IGNORECASE)
_FILE = regex(r".+\.(?!md\s*$)[A-Za-z][A-Za-z0-9]{1,9}\s*", re.IGNORECASE)
_BLOCK = regex(rf"(?:\{{\{{embed\s+)?\(\((?P<id>{UUID})\)\)(?:\s*\}}\}})?")
_EMBED = regex(r"\{\{embed\s+\[\[(?P<target>[^\[\]\n]+)\]\]\s*\}\}")
_DATE = regex(r"\d{2,4}[-./]\d{1,2}[-./]\d{1,4}|\d{4}(?:-W?\d\d)?")
_NO_NAME = regex(r"[\s\"':$*]|.*[=;{}<>\"]|(?:[^,]{1,2},)+[^,]{1,2}$")

Missing = Callable[[str], None]
"""Is told the name of what is embedded, and isn't here."""


def without_links(line: str, blocks: Mapping[str, str], missing: Missing) -> str:
    """A line with the texts of its links; `blocks` are the texts of the blocks of this document, by their id."""
    if "[[" in line or "]((" in line:
        if _CONTENTS.fullmatch(line):
            return ""
        line = replaced(_LABELLED, r"\g<text>", line)
        line = replaced(_EMBED, lambda match: _embedded(match["target"], missing), line)
        line = replaced(_LINK, lambda match: _shown(match, missing), line)
    if "((" in line:
        line = replaced(_BLOCK, lambda match: _block(match["id"], blocks, missing), line)
    return line


def _shown(match: re.Match[str], missing: Missing) -> str:
    target, alias = match["target"].strip("\\"), (match["alias"] or "").strip()
    if match["embed"] and _FILE.fullmatch(target):
        return match[0]
    if not _is_name(target):
        return match[0]
    if match["embed"]:
        return _embedded(target, missing)
    return alias or text_of(target)


def _is_name(target: str) -> bool:
    if not target or _NO_NAME.match(target):
        return False
    return any(map(str.isalpha, target)) or _DATE.fullmatch(target) is not None


def text_of(target: str) -> str:
    """What a link without a text of its own shows: the name of the note, else of the heading."""
    name, _, heading = target.partition("#")
    name = name.partition("^")[0].strip().removesuffix(".md")
    if name.startswith((".", "/")):
        name = name.rpartition("/")[2]
    heading = heading.rpartition("#")[2]
    return name or ("" if heading.startswith("^") else heading.strip())


def _embedded(target: str, missing: Missing) -> str:
    missing(text_of(target) or target)
    return text_of(target)


def _block(id: str, blocks: Mapping[str, str], missing: Missing) -> str:
    if id not in blocks:
        missing(id)
    return blocks.get(id, "…")
