"""Ends of lines: the author's are seen, those of an editor that wraps are not."""

from __future__ import annotations

import pytest

from deckbuild.decode.source import decode
from deckbuild.html.blocks import flow_html
from deckbuild.html.looks import Look, mathjax
from deckbuild.model import outline
from deckbuild.read import Preferences, extract

POEM = "The moon went out\nto look for her coat,\nand came back wet."
STEPS = "fill the kettle\nlight the stove\nwait"
LIST = "- a moon\n  out of doors\n- a coat"
WRAPPED = (
    "The tide is the rise and the fall of the sea that the moon and the sun\n"
    "cause together, twice a day in most places, and once in the rest of them\n"
    "where the shape of the coast forbids it."
)


def answer(text: str, kept: bool | None = None, name: str = "a.md") -> str:
    document = extract(decode(text.encode(), name), Preferences(line_breaks=kept))
    note, _ = outline.notes(document)[0]
    return flow_html(note.answer, Look(mathjax))


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize("lines", [POEM, STEPS])
@pytest.mark.parametrize("around", ["", f"\n## What is the tide?\n{WRAPPED}\n"])
def test_lines_that_the_author_ends_are_seen(lines: str, around: str, name: str) -> None:
    assert answer(f"## How does it go?\n{lines}\n{around}", name=name) == (
        f"<p>{'<br>'.join(lines.splitlines())}</p>"
    )


def test_lines_in_lists_are_seen_too() -> None:
    html = answer(f"## What is there to see?\n{LIST}\n\n## What else?\nNothing.\n")
    assert "<p>a moon<br>out of doors</p>" in html


def test_lines_that_are_wrapped_flow() -> None:
    assert "<br>" not in answer(f"## What is the tide?\n{WRAPPED}\n\n## What is the moon?\n{WRAPPED}\n")


def test_two_blanks_at_the_end_of_a_line_are_kept_where_lines_flow() -> None:
    text = f"## What is the tide?\n{WRAPPED}\nWet.  \nCold.\n\n## And so?\n{WRAPPED}\n"
    assert answer(text, kept=False).count("<br>") == 1


@pytest.mark.parametrize(("kept", "breaks"), [(True, 2), (False, 0)])
def test_the_settings_decide(kept: bool, breaks: int) -> None:
    for lines in (POEM, WRAPPED):
        assert answer(f"## How does it go?\n{lines}\n", kept).count("<br>") == breaks


WIDE = "so that it is as wide as any other line on this page would be"
ITEMS = {
    "emoji": "🔹 **Ebb**: {w}.\n🔹 **Flood**: {w}.\n⚓ Slack.",
    "below a lead-in": "It comes twice,\n{w}:\n✅ the ebb, {w},\n✅ the flood.",
    "keycaps": "1️⃣ The ebb, {w}.\n2️⃣ The flood, {w}.",
    "a letter and stops as pictures": "ℹ️ Ebb, {w}.\n‼️ Flood, {w}.",
    "one sign with a label": "It comes twice, {w}.\n⚠️ **Danger:** {w}.",
    "bullets": "• The ebb, {w}.\n• The flood, {w}.",
    "labels": "**Ebb:** {w}.\n**Flood:** {w}.",
    "labels before a colon": "*Ebb*: {w}.\n*Flood*: {w}.",
    "bold words": "**Ebb** goes, {w}.\n**Flood** comes, {w}.",
    "fields": "Ebb: {w}.\n1914: {w}.\nFlood: {w}.",
}


@pytest.mark.parametrize("kind", ITEMS)
def test_lines_that_begin_alike_are_items_where_all_is_wrapped(kind: str) -> None:
    text = ITEMS[kind].format(w=WIDE)
    html = answer(
        f"## What is the tide?\n{text}\n\n## What is the sea?\n{WRAPPED}\n\n## And so?\n{WRAPPED}\n"
    )
    assert html.count("<br>") == text.count("\n") - (kind == "below a lead-in")


def test_bold_words_and_letters_at_the_start_of_wrapped_lines_are_no_items() -> None:
    wrapped = (
        f"It is either a) wet or b) dry, {WIDE} and\n**never** both of them, {WIDE}, or\nc) damp, {WIDE}."
    )
    assert "<br>" not in answer(f"## How is it?\n{wrapped}\n\n## What is it?\n{WRAPPED}\n{WRAPPED}\n")
