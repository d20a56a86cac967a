"""Question and answer on one line, told apart by bold or by the sign of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.extract.page.asking import asks, has_sign
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.signature import marked_start
from deckbuild.extract.records.further_families import SET_APART
from deckbuild.extract.records.layouts import Layout
from deckbuild.extract.records.record import Part, Record, wordy
from deckbuild.machine.regex import regex

_BEHIND_SIGN = regex(r"(?P<sign>[?？؟][\"»”*_)]*)\s*(?:[-–—:→=]+>?\s*)?(?=\S)")
_CJK = regex(r"[\u3040-\u30ff\u3400-\u9fff]")


def part_lines(page: Page, made: Layout, records: Sequence[Record]) -> None:
    """Where most heads hold their answers on the same line, behind bold or a sign, it is taken from there."""
    cuts = [
        _inline_cut(page, r, start)
        if len(r.question) == 1 and not r.options and page.units[r.at].kind == "text"
        else None
        for r, start in zip(records, made.starts, strict=True)
    ]
    found = [c for c in cuts if c]
    asking = sum(asks(page.units[c[0].at].text[c[0].start : c[0].end]) >= 0.3 for c in found)
    mixed = made.family.name == SET_APART
    if not mixed and (len(found) < 0.6 * len(records) or asking < 0.4 * len(records)):
        return
    for record, parts in zip(records, cuts, strict=True):
        if parts and record.marker is None:
            question, answer = parts
            record.question, record.answer = [question], [answer, *record.answer]
            record.asks = max(record.asks, asks(page.units[question.at].text[question.start : question.end]))
            record.answered = record.inline = True


def _inline_cut(page: Page, record: Record, start: int) -> tuple[Part, Part] | None:
    """Question and answer on one line, if they can be told apart."""
    unit = page.units[record.at]
    if page.signs[record.at].emphasis == "start":
        end = marked_start(unit.content)
        behind = end + len(unit.text[end:]) - len(unit.text[end:].lstrip(" *:–—-：→>"))
        if start < end and wordy(unit.text[behind:]) and len(unit.text) - behind >= 2:
            return Part(record.at, start, end), Part(record.at, behind)
    match = _BEHIND_SIGN.search(unit.text, start)
    if not match or match.start() <= 5:
        return None
    rest = unit.text[match.end() :]
    if re.match(r"[(\[{]|[#^]\w", rest) or has_sign(rest) or not wordy(rest) or len(rest) < 2:
        return None
    if match.end() - match.start() > 1 or (not unit.text.isascii() and _CJK.search(unit.text)):
        return Part(record.at, start, match.end("sign")), Part(record.at, match.end())
    return None
