"""AsciiDoc: titles, lists, definitions, blocks and tables, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.asciidoc_lines import FENCE, ITEM, STYLE, TERM, TITLE, end_of_definition
from deckbuild.syntax.formats.asciidoc_text import inline
from deckbuild.syntax.formats.long_lines import refuse_signs
from deckbuild.syntax.formats.reading import Reading, Writer, started
from deckbuild.syntax.latex_rules import told_formula

_LONGEST_VALUE = 2_000
"""Characters of an attribute, which each `{name}` repeats; a longer one keeps its name there."""

_ATTRIBUTE = regex(r":!?(?P<name>[\w-]+)!?:(?:\s+(?P<value>.*))?$")
_ANCHOR = regex(r"\[\[[^\[\]]*\]\]\s*")
_TABLE = regex(r"[|,:!]={3,}\s*$")
_BLOCK_TITLE = regex(r"\.(?P<text>[^\s.].*)$")
_NOTICE = regex(r"(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+(?P<text>.*)")
_DIRECTIVE = regex(r"(?:include|ifdef|ifndef|endif|ifeval|toc)::")
_RULE = regex(r"(?:'{3,}|-{3}|\*{3}|<{3,})\s*$")
_HARD = regex(r"\s\+\s*$")


def read(lines: Sequence[str], name: str) -> Reading:
    """The blocks of a document. Raises `Unreadable` for lines beyond the limits."""
    refuse_signs(lines)
    reader = _Reader(lines)
    reader.blocks(1, len(lines))
    return reader.out.reading(flows=True)


class _Reader:
    """Reads lines by number; `style` and `title` are those that stand before the next block."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.out = Writer()
        self.values: dict[str, str] = {}
        self.style = ""
        self.title = ""
        self._indent = 0
        self._depth = 0

    def blocks(self, first: int, last: int) -> None:
        """The lines from the first to the last."""
        self._depth += 1
        at = first
        while at <= last:
            at = self.one(at, last)
        self._depth -= 1

    def one(self, at: int, last: int) -> int:
        """What begins at a line; returns the line behind it."""
        line = self.lines[at - 1].rstrip()
        bare = _ANCHOR.sub("", line) if line.startswith("[[") else line
        fence = FENCE.match(line) if self._depth < 20 else None
        if not bare.strip():
            if line.strip():
                self.out.aside[at] = "an anchor"
            else:
                self.out.gap()
                self._indent = 0 if not self._goes_on(at + 1, last) else self._indent
        elif line.startswith("//") and not fence:
            self.out.aside[at] = "a comment"
        elif title := TITLE.match(bare):
            self._titled(title, at)
        elif (found := _ATTRIBUTE.match(line)) or _DIRECTIVE.match(line):
            self.out.aside[at] = "a setting"
            if found and len(found["value"] or "") <= _LONGEST_VALUE:
                self.values[found["name"].lower()] = (found["value"] or "").strip()
        elif fence:
            return self._fenced(fence, at, last)
        elif _TABLE.match(line):
            return self._table(at, last)
        elif (style := STYLE.match(line)) and not line.startswith("[["):
            self.style = style["text"]
            self.out.aside[at] = "how a block is set"
        elif (found := _BLOCK_TITLE.match(line)) and not ITEM.match(line):
            self.title = found["text"]
            self._shown_title(at, last)
        elif line.strip() == "+":
            self._indent = max(self._indent, 2)
            self.out.gap()
        elif _RULE.match(line):
            self.out.gap()
            self.out.add("---", at)
            self.out.gap()
        else:
            return self._text(bare, at, last)
        return at + 1

    def _goes_on(self, at: int, last: int) -> bool:
        return at <= last and bool(ITEM.match(self.lines[at - 1]))

    def _titled(self, found: re.Match[str], at: int) -> None:
        self.out.gap()
        self.out.add(f"{'#' * len(found['signs'])} {self.inline(found['text'])}", at)
        self.out.gap()
        self._indent, self.style = 0, ""

    def _shown_title(self, at: int, last: int) -> None:
        """The title of a block, unless the block is a fold, which it is the summary of."""
        ahead = " ".join(self.lines[at : min(last, at + 2)])
        if "collapsible" in self.style + ahead:
            return
        self.out.gap()
        self.out.add(f"**{self.inline(self.title)}**", at)
        self.out.gap()
        self.title = ""

    def _text(self, line: str, at: int, last: int) -> int:
        item = ITEM.match(line)
        term = TERM.match(line) if not item else None
        if item:
            return self._item(item, at)
        if term and "://" not in term["term"]:
            self.out.gap()
            self.out.add(started(self.inline(term["term"])), at)
            end = end_of_definition(self.lines, at, last)
            with self.out.inside(": ", "  "):
                if term["text"]:
                    self.out.add(self.inline(term["text"]), at)
                self.blocks(at + 1, end)
            self.out.gap()
            return end + 1
        if notice := _NOTICE.match(line):
            self.out.gap()
            self.out.add(f"> [!{notice['kind']}]", at)
            self.out.add(f"> {self.inline(notice['text'])}", at)
            return at + 1
        if line.startswith(" ") and not self._indent and (at == 1 or not self.lines[at - 2].strip()):
            return self._indented(at, last)
        hard = "\\" if _HARD.search(line) else ""
        text = self.inline(_HARD.sub("", line).strip())
        self.out.add(" " * self._indent + (text if self._indent else started(text)) + hard, at)
        return at + 1

    def _item(self, item: re.Match[str], at: int) -> int:
        sign = item["sign"]
        depth = len(sign) - 1 if sign[0] in "*." else 0
        mark = (
            "1." if sign[0] == "." or sign == "<.>" else "-" if sign[0] in "*-" else f"{sign.strip('<>.')}."
        )
        if mark == "1." and self.style and "start=" in self.style:
            mark = re.sub(r".*start=(\d+).*", r"\1.", self.style)
        lead = " " * (3 * depth)
        self.out.add(f"{lead}{mark} {self.inline(item['text'])}", at)
        self._indent = len(lead) + len(mark) + 1
        return at + 1

    def _indented(self, at: int, last: int) -> int:
        """Lines that are set as they are, since they are indented."""
        end = at
        while end < last and self.lines[end].startswith(" ") and self.lines[end].strip():
            end += 1
        self.out.code([text[1:] for text in self.lines[at - 1 : end]], "", at)
        return end + 1

    def _fenced(self, fence: re.Match[str], at: int, last: int) -> int:
        """A block between two equal lines."""
        sign = fence["sign"]
        end = next((n for n in range(at + 1, last + 1) if self.lines[n - 1].rstrip() == sign), last + 1)
        style, self.style = self.style, ""
        inner = self.lines[at : end - 1]
        kind = style.split(",")[0].split("%")[0].split("#")[0].strip()
        if sign[0] == "/":
            self.out.aside.update(dict.fromkeys(range(at, min(end, last) + 1), "a comment"))
        elif sign[0] == "+" and kind in ("stem", "latexmath", "asciimath"):
            self.out.gap()
            self.out.add(told_formula("\n".join(inner), True), at, min(end, last))
            self.out.gap()
        elif sign[0] in "-.`+" and sign != "--":
            language = fence["language"] or _language(style)
            with self.out.inside(" " * self._indent, " " * self._indent):
                self.out.code([_CALLOUT.sub(r"(\1)", text) for text in inner], language, at + 1)
        elif "collapsible" in style:
            self._fold(at, end)
        elif sign[0] == "_" or kind in ("quote", *_KINDS):
            self.out.gap()
            with self.out.inside("> ", "> "):
                if kind in _KINDS:
                    self.out.add(f"[!{kind}]", at)
                self.blocks(at + 1, end - 1)
            self.out.gap()
        else:
            self.out.gap()
            self.blocks(at + 1, end - 1)
            self.out.gap()
        return end + 1

    def _fold(self, at: int, end: int) -> None:
        title, self.title = self.title or "Details", ""
        self.out.gap()
        self.out.add("<details>", max(1, at - 2))
        self.out.add(f"<summary>{title.replace('<', '&lt;')}</summary>", max(1, at - 2))
        self.out.gap()
        self.blocks(at + 1, end - 1)
        self.out.gap()
        self.out.add("</details>", min(end, len(self.lines)))
        self.out.gap()

    def _table(self, at: int, last: int) -> int:
        from deckbuild.syntax.formats.asciidoc_tables import rows_of

        sign = self.lines[at - 1].rstrip()
        end = next((n for n in range(at + 1, last + 1) if self.lines[n - 1].rstrip() == sign), last + 1)
        style, self.style = self.style, ""
        found, titled = rows_of(self.lines[at : end - 1], at + 1, sign[0], style)
        rows = [([self.inline(cell) for cell in cells], SourceSpan(*span)) for cells, span in found]
        if rows:
            self.out.rows(rows, titled)
        return end + 1

    def inline(self, text: str) -> str:
        """The Markdown of a text in a line."""
        return inline(text, self.values)


_CALLOUT = regex(r"<(\d{1,2})>(?=(?:\s*<\d{1,2}>)*\s*$)")
"""A number at the end of a line of code that is explained below it."""

_KINDS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")


def _language(style: str) -> str:
    parts = [part.strip() for part in style.split(",")]
    return parts[1] if parts and parts[0] in ("source", "") and len(parts) > 1 and "=" not in parts[1] else ""
