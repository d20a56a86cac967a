"""The preview page: the cards that Anki makes, driven in a real browser; nothing breaks out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import FIXTURES, needs_chromium
from deckbuild.cards.note_types import note_types
from deckbuild.cards.sides import card_sides
from deckbuild.cards.stored import stored_notes
from deckbuild.collection.collection import one
from deckbuild.commands.context import about, read_documents, with_images
from deckbuild.decode.source import decode
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Library
from deckbuild.package.apkg import apkg
from deckbuild.preview.page import preview
from deckbuild.read import extract
from deckbuild.report.report import Report

pytest.importorskip("anki")
pytest.importorskip("playwright")

from msgspec.structs import astuple, replace

from anki_client import anki_client
from browser import ORIGIN, Reader, browser, reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator

pytestmark = pytest.mark.xdist_group("browser")

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
HOSTILE = """# A </title><script>window.broken = 1</script>

## Q1: What ends </script><script>window.broken = 2</script> it?
**Answer:** <!--<script> "'>]]> <img src=x onerror="parent.broken = 3"> <iframe src="javascript:4"></iframe>

<script>parent.broken = 5</script>

<a href="javascript:parent.broken=6">x</a> [y](javascript:parent.broken=7) $\\href{javascript:8}{x}$
"""


SCROLLED = """([top, question]) => {
  const list = document.getElementById('list');
  list.scrollTop = top ? 0 : list.scrollHeight;
  return [...list.querySelectorAll('button')].some((each) => each.textContent.startsWith(question));
}"""


@cache
def cards() -> Library:
    folder = FIXTURES / "cards"
    collection = one((folder,), folder)
    context = about(collection, Report(quiet=True))
    gathered = with_images(context, read_documents(context))
    made = collate(gathered.documents, Lock("0123456789abcdef"), 1_700_000_000, "Cards").library
    return replace(made, media=gathered.media)


def hostile() -> Library:
    return collate(
        [extract(decode(HOSTILE.encode(), "a.md"))], Lock("0"), 1_700_000_000, "</script><b>"
    ).library


def many() -> Library:
    text = "".join(f"Q: What is {number}?\nA: A number.\n\n" for number in range(700))
    return collate([extract(decode(text.encode(), "a.md"))], Lock("0"), 1_700_000_000, "Many").library


def page(library: Library, sheet: bytes | None, why: str = "") -> bytes:
    return preview(library, stored_notes(library, note_types()), sheet, why)


def test_sides_are_those_that_anki_makes(tmp_path: Path) -> None:
    made = cards()
    with anki_client(tmp_path) as anki:
        assert anki.import_package(apkg(made))["new"] > 20
        for note in stored_notes(made, note_types()):
            ours = [card_sides(note_types()[note.kind], note.values, ordinal) for ordinal in note.ordinals]
            theirs = [
                tuple(re.sub(' data-cloze="[^"]*"', "", side) for side in sides)
                for sides in anki.cards(note.guid)
            ]
            assert list(map(astuple, ours)) == theirs


def test_the_same_library_gives_the_same_page() -> None:
    assert page(cards(), PDF) == page(cards(), PDF)


def test_without_the_sheet_the_page_says_why() -> None:
    assert b"no Pango" in page(cards(), None, "no Pango")


def test_nothing_of_a_document_is_markup_of_the_page() -> None:
    html = page(hostile(), PDF).decode()
    assert html.count("<script") == html.count("</script") == 2
    assert "<title>&lt;/script&gt;&lt;b&gt;: preview</title>" in html


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("preview")
    (made / "cards.html").write_bytes(page(cards(), PDF))
    (made / "empty.html").write_bytes(page(Library("Empty", (), ()), None, "There is nothing to print"))
    (made / "hostile.html").write_bytes(page(hostile(), PDF))
    (made / "many.html").write_bytes(page(many(), None))
    return made


@pytest.fixture
def shown(chromium: Browser, folder: Path, request: pytest.FixtureRequest) -> Iterator[Reader]:
    width = getattr(request, "param", 1000)
    with reader(chromium, width, folder) as opened:
        opened.page.goto(f"{ORIGIN}/cards.html")
        yield opened
        assert opened.faults() == []


def card(shown: Reader) -> FrameLocator:
    return shown.page.frame_locator("#card")


def asked(shown: Reader) -> str:
    return card(shown).locator(".question").first.inner_text()


@needs_chromium
@pytest.mark.parametrize("shown", [390, 1500], indirect=True)
def test_every_view_is_read_with_ease_in_both_modes(shown: Reader) -> None:
    for _ in range(2):
        for view in ("Sheet", "Ledger", "Problems", "Cards"):
            shown.page.get_by_role("button", name=view, exact=True).click()
            assert shown.faults() == []
        shown.page.keyboard.press("d")


@needs_chromium
def test_a_long_list_goes_on_both_ways_as_it_is_scrolled(shown: Reader) -> None:
    shown.page.goto(f"{ORIGIN}/many.html")
    entries = shown.page.locator("#list button")
    assert entries.count() == 300
    shown.page.keyboard.press("ArrowLeft")
    card(shown).get_by_text("What is 699?").wait_for()
    for top, question in ((True, "What is 0?"), (False, "What is 699?")):
        shown.page.wait_for_function(SCROLLED, arg=[top, question])
        shown.page.get_by_role("button", name=question).click()
        card(shown).get_by_text(question).wait_for()
    assert entries.count() == 700


@needs_chromium
def test_after_a_click_the_space_bar_turns_the_card(shown: Reader) -> None:
    shown.page.click("#next")
    shown.page.keyboard.press("Space")
    card(shown).get_by_text("halves the range in which").wait_for()


@needs_chromium
def test_keys_turn_cards_and_go_on(shown: Reader) -> None:
    assert asked(shown) == "Why is the sky blue?"
    assert card(shown).locator("#answer").count() == 0
    shown.page.keyboard.press("Space")
    card(shown).get_by_text("Short waves").wait_for()
    shown.page.keyboard.press("ArrowRight")
    card(shown).get_by_text("binary search").wait_for()
    assert card(shown).locator("#answer").count() == 0
    shown.page.keyboard.press("ArrowLeft")
    shown.page.keyboard.press("ArrowLeft")
    card(shown).get_by_text("What is a semaphore?").wait_for()


@needs_chromium
def test_a_click_turns_the_card_and_keys_work_inside_it(shown: Reader) -> None:
    card(shown).locator(".question").click()
    card(shown).get_by_text("Short waves").wait_for()
    shown.page.keyboard.press("ArrowRight")
    card(shown).get_by_text("binary search").wait_for()


@needs_chromium
def test_dark_and_phone(shown: Reader) -> None:
    assert shown.page.locator("#card").bounding_box()["width"] == 390
    shown.page.get_by_role("button", name="Phone", exact=True).click()
    assert shown.page.locator("#card").bounding_box()["width"] > 390
    shown.page.get_by_role("button", name="Dark", exact=True).click()
    card(shown).locator("body.nightMode").wait_for()


@needs_chromium
def test_formulas_and_images_are_shown_without_a_network(shown: Reader) -> None:
    shown.page.get_by_role("searchbox", name="Text").fill("bayes")
    shown.page.get_by_role("button", name="Show answer").click()
    card(shown).locator("mjx-container[display] svg").wait_for()
    shown.page.get_by_role("searchbox", name="Text").fill("figure")
    shown.page.get_by_role("button", name="Show answer").click()
    image = card(shown).get_by_role("img", name="Two waves")
    image.wait_for()
    assert image.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") == 800


@needs_chromium
def test_filters(shown: Reader) -> None:
    count = shown.page.get_by_role("status")
    total = count.inner_text().split()[0]
    shown.page.get_by_label("Kind").select_option("cloze")
    assert count.inner_text().startswith("4 of ")
    assert "[...]" in card(shown).locator(".answer").inner_text()
    shown.page.get_by_label("Kind").select_option("")
    shown.page.get_by_label("Section").select_option(label="\u00a0\u00a0Ports")
    assert count.inner_text().startswith("4 of ")
    shown.page.get_by_label("Section").select_option("")
    shown.page.get_by_role("combobox", name="Problems").select_option("1")
    assert 0 < int(count.inner_text().split()[0]) < int(total)
    shown.page.get_by_role("searchbox", name="Text").fill("raw html")
    assert count.inner_text().startswith("1 of ")
    assert "is on the web" in shown.page.locator("#wrongs").inner_text()
    shown.page.get_by_role("combobox", name="Problems").select_option("")
    shown.page.keyboard.press("Tab")
    shown.page.get_by_role("searchbox", name="Text").fill("deadlock nowhere")
    assert count.inner_text().startswith("0 of ")
    shown.page.get_by_role("searchbox", name="Text").fill("")
    assert count.inner_text().split()[0] == total


@needs_chromium
def test_what_was_chosen_outlives_a_reload(shown: Reader) -> None:
    shown.page.keyboard.press("ArrowRight")
    shown.page.keyboard.press("Space")
    card(shown).get_by_text("halves the range in which").wait_for()
    shown.page.reload()
    card(shown).get_by_text("halves the range in which").wait_for()


@needs_chromium
def test_ledger_and_sheet(shown: Reader) -> None:
    shown.page.get_by_role("button", name="Ledger").click()
    assert shown.page.get_by_role("rowheader", name="cards.md").is_visible()
    shown.page.get_by_text("cards.md: each line").click()
    shown.page.get_by_role("cell", name="note:5.question").wait_for()
    shown.page.get_by_role("button", name="Sheet").click()
    assert shown.page.get_by_role("link", name="Open the sheet").get_attribute("href").startswith("blob:")


@needs_chromium
def test_every_control_has_a_name(shown: Reader) -> None:
    unnamed = """() => [...document.querySelectorAll('button, input, select, iframe')].filter(
      (each) => !(each.labels?.length || each.title || each.textContent.trim() || each.ariaLabel)).length"""
    assert shown.page.evaluate(unnamed) == 0


@needs_chromium
def test_a_page_without_cards(chromium: Browser, folder: Path) -> None:
    with reader(chromium, 1000, folder) as opened:
        opened.page.goto(f"{ORIGIN}/empty.html")
        for key in ("Space", "ArrowRight", "d"):
            opened.page.keyboard.press(key)
        assert opened.page.get_by_role("status").inner_text() == "0 of 0 cards"
        for view in ("Sheet", "Ledger", "Problems"):
            opened.page.get_by_role("button", name=view, exact=True).click()
        assert opened.faults() == []


@needs_chromium
def test_a_hostile_document_does_nothing(chromium: Browser, folder: Path) -> None:
    with reader(chromium, 1000, folder) as opened:
        opened.page.goto(f"{ORIGIN}/hostile.html")
        opened.page.keyboard.press("Space")
        card(opened).locator("#answer").wait_for()
        for link in card(opened).get_by_role("link").all():
            link.click()
        assert opened.page.evaluate("window.broken") is None
        assert opened.faults() == []
