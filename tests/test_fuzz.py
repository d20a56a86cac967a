"""Any bytes make a deck, a preview and the HTML of the prints, or a failure that says why.

`make soak` tries thousands; `make test` fifty.
"""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from deckbuild.cards import note_types
from deckbuild.cards.stored import stored_notes
from deckbuild.collection.print_settings import DEFAULT
from deckbuild.decode.source import decode
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock, dump, parse
from deckbuild.model import Document, codec
from deckbuild.package.apkg import apkg
from deckbuild.paper import selection
from deckbuild.paper.press import layout
from deckbuild.paper.sheet.sheet_pieces import Content, across, in_columns
from deckbuild.paper.words import words
from deckbuild.preview.page import preview
from deckbuild.read import extract
from deckbuild.report.diagnostics import Failure
from deckbuild.report.headline import headline, printable

PIECES = [
    *"# ## - * _ ~~ == ` ``` | |---| > 1. [x] [ ] ![ ]( ) $ $$ \\ { } {{c1:: }} <b> </b>".split(),
    *"<!-- --> & : ? ^ √ ∑".split(),
    *"( ) / a x² word Answer: Q: A: **Term**: [^1] [[ ]] %% \t \r \u2028 \0 \ufeff".split(" "),
    "\n",
    "\n\n",
    "    ",
    "<details><summary>",
    "</summary>",
    "<!-- deckbuild: skip -->",
    "data:image/png;base64,AAAA",
    "\u202e",
    "a\u0301",
    "👩\u200d🔬",
]
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join)
BYTES = st.binary(max_size=200) | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@example(b"# A\n\n" + b"{{c1::" * 60 + b"x" + b"}}" * 60)
@example(b"\xff\xfe\x00")
@given(BYTES)
def test_any_bytes_make_outputs_or_a_failure(data: bytes) -> None:
    try:
        document = extract(decode(data, "a.md"))
    except Failure as failure:
        assert all(headline(problem) == printable(headline(problem)) for problem in failure.diagnostics)
        return
    assert codec.decode(codec.encode(document), Document) == document
    made = collate([document], Lock("0"), 1_700_000_000, "Notes")
    assert parse(dump(made.lock).decode(), "deckbuild.lock") == made.lock
    notes = tuple(stored_notes(made.library, note_types.note_types(), made.rendered))
    assert apkg(made.library, (), notes).startswith(b"PK")
    assert preview(made.library, notes, None, "no sheet").startswith(b"<!doctype html>")
    content = Content(
        selection.tables(made.library),
        selection.formulas(made.library),
        selection.questions(made.library),
        words=words("en"),
    )
    page = layout.sheet(DEFAULT)
    for piece in (*across(content, page), *in_columns(content, page, "en")):
        assert piece.html
