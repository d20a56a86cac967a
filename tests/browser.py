"""A real browser for tests: pages of our own, none of the network, and what a reader of them would mind."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from conftest import CHROMIUM

ORIGIN = "http://page.test"

_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --font-render-hinting=none"
).split()

FAULTS = """
() => {
  const faults = [];
  const scale = document.documentElement;
  if (scale.scrollWidth > scale.clientWidth)
    faults.push(`the page is ${scale.scrollWidth} px wide, and the window ${scale.clientWidth}`);
  for (const error of document.querySelectorAll('mjx-merror, [data-mjx-error], .mjx-merror'))
    faults.push(`MathJax: ${error.textContent} ${error.getAttribute('data-mjx-error') || ''}`);

  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = (upper, lower) => [0, 1, 2].map((at) => upper[at] * upper[3] + lower[at] * (1 - upper[3]));
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255).map(
      (c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement)
      layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };

  const canvas = Object.assign(document.createElement('canvas'), {width: 40, height: 40});
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  const drawn = (text, font) => {
    pen.clearRect(0, 0, 40, 40);
    pen.font = font;
    pen.fillText(text, 4, 30);
    return pen.getImageData(0, 0, 40, 40).data.join();
  };
  const seen = new Set(), boxes = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility() || element.closest('mjx-assistive-mml')) continue;
    const style = getComputedStyle(element);
    const paper = behind(element);
    const [one, other] = [light(over(parse(style.color), paper)), light(paper)].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)} of “${text.slice(0, 30)}”`);
    if (element.closest('mjx-container')) continue;
    const font = `${style.fontWeight} 24px ${style.fontFamily}`;
    boxes[font] ??= [drawn('\\u{378}', font), drawn('\\u{e0fff}', font), drawn('\\u{10fffd}', font)];
    for (const sign of new Set(text)) {
      if (sign < '\\u{7f}' || seen.has(font + sign) || /[\\p{M}\\p{Z}\\p{Cf}]/u.test(sign)) continue;
      seen.add(font + sign);
      if (boxes[font].includes(drawn(sign, font)))
        faults.push(`no glyph for U+${sign.codePointAt(0).toString(16)}`);
    }
  }
  return [...new Set(faults)];
}
"""
"""What is wrong with a page as it stands: too wide, faint, broken formulas, boxes in place of glyphs."""


class Reader:
    """A page of the browser, and what went wrong while it was shown."""

    def __init__(self, page: Page, files: Path | None) -> None:
        self.page = page
        self.problems: list[str] = []
        self._files = files
        page.on("console", lambda message: self._tell(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("requestfailed", lambda request: self.problems.append(f"{request.url} failed"))
        page.route("**/*", self._serve)

    def _tell(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(text)

    def _serve(self, route: Route) -> None:
        """Give a file of the test's folder; all else is a request that must not be made."""
        url = route.request.url.partition("?")[0]
        if url.startswith(("chrome://", "chrome-extension://", "blob:")):  # the viewer of PDFs
            route.continue_()
            return
        path = self._files / url.removeprefix(f"{ORIGIN}/") if self._files else None
        if not url.startswith(f"{ORIGIN}/") or not path or not path.is_file():
            self.problems.append(f"{url} was asked for")
            route.abort()
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        route.fulfill(body=path.read_bytes(), content_type=f"{kind}; charset=utf-8")

    def faults(self) -> list[str]:
        """Everything that is wrong up to now; what went wrong while it was shown is told once."""
        found = [*self.problems, *self.page.evaluate(FAULTS)]
        self.problems.clear()
        return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without windows, as the system has it."""
    assert CHROMIUM
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def reader(opened: Browser, width: int, files: Path | None = None, **options: Any) -> Iterator[Reader]:
    """A page of a width in pixels, which gets the files of a folder and nothing else."""
    context = opened.new_context(viewport={"width": width, "height": 844}, **options)
    context.set_default_timeout(15_000)
    try:
        yield Reader(context.new_page(), files)
    finally:
        context.close()
