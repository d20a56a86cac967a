"""The window in which Anki shows cards: its page, its style sheets and its MathJax, in a real browser."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from anki_client import anki_client
from browser import ORIGIN, Reader
from conftest import ANKI_WEB
from deckbuild.collection.collection import one
from deckbuild.collection.media import gather
from deckbuild.commands.kept_models import read
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Library, Medium
from deckbuild.package.apkg import apkg

PAGE = """<!doctype html>
<html class="{html}" data-bs-theme="{theme}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="css/webview.css"><link rel="stylesheet" href="css/reviewer.css">
<style id="style"></style>
<script>
MathJax = {{
  tex: {{
    displayMath: [["\\\\[", "\\\\]"]], processEscapes: false, processEnvironments: false, processRefs: false,
    packages: {{"[+]": ["noerrors", "mathtools"], "[-]": ["textmacros"]}},
  }},
  loader: {{
    load: ["[tex]/noerrors", "[tex]/mathtools"], paths: {{mathjax: "{origin}/js/vendor/mathjax"}},
    versionWarnings: false,
  }},
  startup: {{typeset: false}},
}};
</script>
<script src="js/vendor/mathjax/tex-chtml-full.js"></script>
<body class="card card1 {body}"><div id="qa"></div>
</html>"""
"""The page of Anki's reviewer, with the settings of its `mathjax.js`."""

SHOW = """
async ([html, css, body]) => {
  document.getElementById('style').textContent = css;
  document.body.className = body;
  const qa = document.getElementById('qa');
  while (!MathJax.typesetClear) await new Promise((loaded) => setTimeout(loaded, 20));
  MathJax.typesetClear();
  qa.innerHTML = html;
  await MathJax.startup.promise;
  await MathJax.typesetPromise([qa]);
  await Promise.all([...document.images].map((image) => image.decode()));
  await document.fonts.ready;
}
"""

SCROLLING = """
() => [...document.querySelectorAll('#qa *')].filter((box) => ['auto', 'scroll'].includes(
  getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1 && box.checkVisibility()
).map((box) => [box.tagName, box.scrollWidth, getComputedStyle(box).backgroundAttachment.includes('local')])
"""
"""The boxes that scroll sideways, how wide their content is, and whether a shadow at the edge says so."""


class Side(NamedTuple):
    """One side of a card, with the style sheet of its note type."""

    name: str
    html: str
    css: str
    ordinal: int


@cache
def library(path: Path) -> Library:
    """The documents of a folder, or one document, as a library with a lock of its own, with nothing written."""
    collection = one((path,), path if path.is_dir() else path.parent)
    names = ((file, collection.source(file)) for file in collection.files)
    documents = [read(file, name, collection.preferences(name)) for file, name in names]
    gathered = gather(documents, collection.root)
    made = collate(gathered.documents, Lock("0123456789abcdef"), 1_700_000_000, "Cards").library
    return replace(made, media=gathered.media)


def sides(path: Path, collection: Path) -> list[Side]:
    """All sides of all cards of a folder's documents, or of one, as Anki renders them after an import.

    `collection` is an empty folder for that of Anki.
    """
    made = library(path)
    found = []
    with anki_client(collection) as anki:
        anki.import_package(apkg(made))
        for place, entry in enumerate(made.entries, 1):
            css = anki.css(f"deckbuild {entry.note.kind}")
            for ordinal, faces in enumerate(anki.cards(entry.guid), 1):
                for face, html in zip(("front", "back"), faces, strict=True):
                    found.append(Side(f"{place:03}-{entry.note.kind}-{ordinal}-{face}", html, css, ordinal))
    return found


def fill(folder: Path, media: Iterable[Medium]) -> None:
    """Put Anki's web files, a page for each of both modes and the media of cards into a folder."""
    for name in ("css", "js"):
        (folder / name).symlink_to(ANKI_WEB / name)
    for night in (False, True):
        html, body, theme = ("night-mode", "nightMode night_mode", "dark") if night else ("", "", "light")
        page = PAGE.format(html=html, body=body, theme=theme, origin=ORIGIN)
        (folder / f"{theme}.html").write_text(page)
    for medium in media:
        (folder / medium.name).write_bytes(medium.data)


def show(shown: Reader, side: Side, night: bool) -> None:
    """Show one side, its folded parts closed."""
    body = f"card card{side.ordinal} {'nightMode night_mode' if night else ''}"
    shown.page.evaluate(SHOW, [side.html, side.css, body])


def unfold(shown: Reader) -> None:
    """Open all folded parts of the side that is shown."""
    shown.page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true })")
