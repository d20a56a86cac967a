"""What lines with separators, delimited lines and tables offer as notes, before anything is chosen."""

from __future__ import annotations

from conftest import Case, cases
from deckbuild.decode.source import decode
from deckbuild.extract.page.page import page
from deckbuild.extract.patterns.patterns import patterns
from deckbuild.model import Blocks
from deckbuild.model.text import block_text
from deckbuild.syntax import markdown
from deckbuild.syntax.units import units

KINDS = ("table", "tabbed", "strong separator", "weak separator")


def shown(side: Blocks) -> str:
    return " / ".join(line.strip() for line in block_text(side).splitlines() if line.strip())


@cases("separated.md")
def test_separated(case: Case) -> None:
    lines = decode(case.text.encode(), "doc.md").lines
    blocks = markdown.blocks(lines)
    offered = [p for p in patterns(page("doc", units(lines, blocks)), blocks) if p.kind in KINDS]
    notes = [[f"{shown(n.question)} | {shown(n.answer)}" for n in p.notes] for p in offered]
    assert case.expected.splitlines() in notes if case.expected else not any(notes)
