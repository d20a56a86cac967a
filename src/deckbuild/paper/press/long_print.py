"""Long prints in parts: each is set by a process of its own, and one file is made of all.

Where a part ends depends on its content alone, so the file is the same on any number of processors. The parts
have no headers and footers; those are printed over the pages when all are there and their number is known.
The structure for screen readers can't be joined, so long prints have none.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec import Struct

from deckbuild.machine import processes
from deckbuild.machine.processes import Progress
from deckbuild.paper.press.layout import PIXEL, POINT
from deckbuild.paper.press.pdf import Bookmark, PageHtml, press

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

LONGEST = 100
"""Pages, as estimated, up to which one process sets all, with tags."""
PART = 25
"""Least pages of a part, as estimated: some 250 MB of memory while it is set."""
LINK = "page:"
"""How the contents name the place of an id, until its page is known."""


class SetPart(Struct, frozen=True):
    """A part that has been set: pages, headings, and where each id stands: page and distance from its top."""

    pages: int
    marks: tuple[Bookmark, ...]
    places: dict[str, tuple[int, float]]


def cuts(pages: Sequence[float], starts: Sequence[int]) -> list[slice]:
    """The parts of a print, given the pages that each of its pieces takes and how good a start each is.

    Of the places where a part is long enough and not yet too long, the first of the best ends it.
    """
    ends: list[int] = []
    best: int | None = None
    length = 0.0
    for place, size in enumerate(pages):
        if best is not None and length >= 1.4 * PART:
            ends.append(best)
            length = sum(pages[best:place])
            best = None
        if length >= PART and (best is None or starts[place] > starts[best]):
            best = place
        length += size
    return [slice(start, stop) for start, stop in zip([0, *ends], [*ends, len(pages)], strict=True)]


def long_pdf(
    parts: Sequence[PageHtml],
    output: str,
    fonts: Sequence[str],
    progress: Progress,
    front: Callable[[Mapping[str, int]], PageHtml] | None = None,
    furniture: Callable[[Sequence[str]], PageHtml] | None = None,
) -> bytes:
    """The parts, given as HTML, as one file.

    `front` makes pages to stand before them from the page of each id, `furniture` as many pages of headers
    and footers as it gets topics. Raises `Failure` as `press` does.
    """
    with TemporaryDirectory(prefix="deckbuild-print-") as name:
        folder = Path(name)
        found = _set_all(parts, output, fonts, folder, progress)
        files = [folder / f"{number}.pdf" for number in range(len(parts))]
        if front:
            ahead = _front(front, found, output, fonts, folder / "front.pdf")
            found, files = [ahead, *found], [folder / "front.pdf", *files]
        above: bytes | None = None
        if furniture:
            with press(output, fonts, tagged=False) as set_pages:
                above = set_pages(furniture(list(_topics(found)))).pdf(tagged=False)
        return _joined(found, files, above)


def _set_all(
    parts: Sequence[PageHtml], output: str, fonts: Sequence[str], folder: Path, progress: Progress
) -> list[SetPart]:
    done: list[SetPart] = []
    with processes.ended_by_force(output), processes.pool(len(parts)) as pool:
        jobs = [
            pool.submit(_set, html, output, tuple(fonts), folder / f"{number}.pdf")
            for number, html in enumerate(parts)
        ]
        for job in jobs:
            done.append(job.result())
            progress(len(done), len(parts))
    return done


def _set(html: PageHtml, output: str, fonts: Sequence[str], file: Path) -> SetPart:
    with press(output, fonts, tagged=False) as set_pages:
        typeset = set_pages(html)
        file.write_bytes(typeset.pdf(tagged=False))
        places = {
            id: (number, box.top)
            for number, page in reversed(list(enumerate(typeset.pages)))
            for id, box in page.items()
        }
        return SetPart(len(typeset.pages), typeset.marks, places)


def _front(
    front: Callable[[Mapping[str, int]], PageHtml],
    found: Sequence[SetPart],
    output: str,
    fonts: Sequence[str],
    file: Path,
) -> SetPart:
    """The pages before the parts: set once to count them, and again with the numbers that follow."""
    places = _places(found)
    with press(output, fonts, tagged=False) as set_pages:
        count = len(set_pages(front(dict.fromkeys(places, 8888))).pages)
    return _set(front({id: count + page + 1 for id, (page, _) in places.items()}), output, fonts, file)


def _places(found: Sequence[SetPart]) -> dict[str, tuple[int, float]]:
    """Where ids stand in the whole print."""
    return {
        id: (first + page, top)
        for first, part in zip(_firsts(found), found, strict=True)
        for id, (page, top) in part.places.items()
    }


def _firsts(found: Sequence[SetPart]) -> list[int]:
    """The first page of each part, counted from 0."""
    return list(accumulate((part.pages for part in found[:-1]), initial=0))


def _topics(found: Sequence[SetPart]) -> Iterator[str]:
    """For each page the first heading of the second level on it, else the last before."""
    topic = ""
    for part in found:
        for page in range(part.pages):
            titles = [mark.title for mark in part.marks if mark.page == page and mark.level == 2]
            yield titles[0] if titles else topic
            topic = titles[-1] if titles else topic


def _joined(found: Sequence[SetPart], files: Sequence[Path], above: bytes | None) -> bytes:
    import pikepdf

    with pikepdf.open(files[0]) as whole:
        for file in files[1:]:
            with pikepdf.open(file) as part:
                whole.pages.extend(part.pages)
        if above:
            with pikepdf.open(io.BytesIO(above)) as furniture:
                for number, over in enumerate(furniture.pages):
                    _print_over(whole, number, over)
        _link(whole, _places(found))
        _bookmark(whole, found)
        data = io.BytesIO()
        whole.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return data.getvalue()


def _print_over(whole: Pdf, number: int, over: Page) -> None:
    """Print one page over another. The names that pikepdf's own `add_overlay` gives differ each time.

    The name tells the page, since the pages of a part share their resources.
    """
    import pikepdf

    page, name = whole.pages[number], f"/Furniture{number}"
    page.add_resource(whole.copy_foreign(over.as_form_xobject()), pikepdf.Name.XObject, pikepdf.Name(name))
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ q {name} Do Q".encode())


def _link(whole: Pdf, places: Mapping[str, tuple[int, float]]) -> None:
    """Let the links of the contents lead to their pages."""
    import pikepdf

    for page in whole.pages:
        for annotation in page.get("/Annots", pikepdf.Array()):
            uri = str(annotation.get("/A", pikepdf.Dictionary()).get("/URI", ""))
            if uri.startswith(LINK) and uri.removeprefix(LINK) in places:
                number, top = places[uri.removeprefix(LINK)]
                del annotation["/A"]
                annotation["/Dest"] = pikepdf.make_page_destination(
                    whole, number, "XYZ", left=0, top=_height(whole, number) - _points(top)
                )


def _bookmark(whole: Pdf, found: Sequence[SetPart]) -> None:
    """Make the outline of the headings of all parts."""
    import pikepdf

    with whole.open_outline() as outline:
        outline.root.clear()
        path: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
        for first, part in zip(_firsts(found), found, strict=True):
            for mark in part.marks:
                top = _height(whole, first + mark.page) - _points(mark.top)
                item = pikepdf.OutlineItem(mark.title, first + mark.page, "XYZ", left=0, top=top)
                while path[-1][0] >= mark.level:
                    path.pop()
                path[-1][1].append(item)
                path.append((mark.level, item.children))


def _height(whole: Pdf, number: int) -> float:
    return float(whole.pages[number].mediabox[3])


def _points(pixels: float) -> float:
    return pixels / PIXEL / POINT
