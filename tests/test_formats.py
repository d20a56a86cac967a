"""Documents of other formats, each with all that its reader knows; `make accept` takes what the code now says."""

from __future__ import annotations

import io
import json
import re
import zipfile
from contextlib import suppress
from pathlib import Path

import genanki
import pytest
from anki.collection import Collection, ExportAnkiPackageOptions
from click.testing import CliRunner

from conftest import FIXTURES, needs_pango
from deckbuild.cli import cli
from deckbuild.collection.collection import one
from deckbuild.collection.documents import documents
from deckbuild.decode.source import decode
from deckbuild.ledger.ledger import verify
from deckbuild.model import SourceSpan, outline
from deckbuild.model.changing import changed
from deckbuild.model.text import block_text
from deckbuild.read import SUFFIXES, extract, read
from deckbuild.report.diagnostics import Failure
from deckbuild.syntax.formats.formats import BINARY, packed, reading
from deckbuild.syntax.formats.reading import Unreadable, broken
from test_golden import shown

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted((FIXTURES / "formats").glob("*.*"))
NAMES = [path.name for path in DOCUMENTS]


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_documents_of_other_formats_are_read_as_accepted(path: Path, accept: bool) -> None:
    golden = ROOT / "tests" / "golden" / "formats" / f"{path.name}.txt"
    text = shown(path)
    if accept:
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text, "`make accept` takes the new reading"


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_all_places_are_lines_of_the_file(path: Path) -> None:
    document = read(path, path.name)
    count = document.ledger[-1].span.end_line
    verify(document.ledger, count)
    spans: list[SourceSpan] = []

    def seen(value: object) -> None:
        if isinstance(value, SourceSpan):
            spans.append(value)

    changed((document.root, document.derived), seen)
    assert all(1 <= span.line <= span.end_line <= count for span in spans)


def test_make_knows_the_same_endings_as_the_collection() -> None:
    found = re.findall(r"-iname '\*(\.\w+)'", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert sorted(found) == sorted(SUFFIXES)


def questions(text: str, name: str) -> list[str]:
    """The first lines of what is asked in a text."""
    return [re.sub(r"^ *\d+ qa \[.*?\] ", "", line) for line in shown_text(text, name) if " qa [" in line]


@pytest.mark.parametrize("number", ["²", "9" * 6000, "-1", "0", " 7 ", "1e9", "", "٣", "1114111"])
@pytest.mark.parametrize("attribute", ["type=A start", "start"])
def test_numbers_of_attributes_may_be_anything(number: str, attribute: str) -> None:
    page = (
        f"<h2>What is ebb?</h2><ol {attribute}='{number}'><li>falling<li>water</ol>"
        f"<table><tr><td colspan='{number}' rowspan='{number}'>a<td>b<tr><td>c</table>"
    )
    document = extract(decode(page.encode(), "n.html"))
    verify(document.ledger, 1)


def shown_text(text: str, name: str) -> list[str]:
    document = extract(decode(text.encode(), name))
    return [f"{n.span.line} qa [] {block_text(n.question)}" for n, _ in outline.notes(document)]


@pytest.mark.parametrize(
    "name",
    [f"a{suffix}" for suffix in SUFFIXES if suffix not in BINARY],
)
def test_empty_and_broken_files_make_no_notes(name: str) -> None:
    assert questions("", name) == []
    with suppress(Failure):
        assert questions("<<<;;\t,,\x0c\n", name) == []


@pytest.mark.parametrize(
    "text", ["{", '{"a"', '["a" "b"]', '{"a": tru}', '"a', "[1,,2]", '{"a": 1} x', "[" * 5_000]
)
def test_broken_json_is_refused_with_its_line_where_it_asks(text: str) -> None:
    with pytest.raises(Failure, match="wrong-format") as caught:
        extract(decode(b'{"question": \n' + text.encode(), "a.json"))
    assert caught.value.diagnostics[0].line == 2
    assert questions(f"\n// settings of a program\n{text}", "a.json") == []


def test_numbers_go_on_with_a_list_inside_a_paragraph() -> None:
    lines = ["1. What is ebb?", "Falling water.", "2. What is flow?", "Rising water."]
    assert broken(lines) == ["1. What is ebb?\\", "Falling water.", "2. What is flow?\\", "Rising water."]
    assert broken(["In", "2. Kings"]) == ["In\\", "2. Kings"]


def test_formulas_that_stand_in_other_files_are_not_shown() -> None:
    text = (
        "\\begin{definition}[Ebb]\nWater that falls.\n\\begin{equation}\n\\input{ebb.tex}\n\\end{equation}\n"
        "\\end{definition}\n\\begin{definition}[Flow]\nWater that rises.\n\\end{definition}\n"
    )
    document = extract(decode(text.encode(), "tides.tex"))
    assert [block_text(n.answer) for n, _ in outline.notes(document)] == [
        "Water that falls.",
        "Water that rises.",
    ]


def test_pages_nested_too_deeply_are_refused() -> None:
    with pytest.raises(Failure, match="wrong-format"):
        extract(decode(b"<div>" * 5_000 + b"What?", "a.html"))


def test_a_field_without_end_is_refused() -> None:
    with pytest.raises(Failure, match="wrong-format"):
        extract(decode(b'What is it?,"' + b"so\n" * 100_000, "a.csv"))


def test_standard_input_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = CliRunner().invoke(cli, ["check", "-"], input="## What is it?\n\n## Which one?\n\nThis.\n")
    assert (found.exit_code, "-:1: warning" in found.stderr) == (0, True)


def test_what_is_not_read_is_told_once_for_each_kind(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## What is shown?\n\n![It](shown.svg)\n\n## Which?\n\nThis one.\n")
    (tmp_path / "shown.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    for name in ("b.pdf", "c.pdf", "d.pptx", "other.svg", ".hidden.pdf"):
        (tmp_path / name).write_text("x")
    found = CliRunner().invoke(cli, ["check", str(tmp_path)]).stderr
    assert "2 PDFs are not read: b.pdf, c.pdf [unread]" in found
    assert "a file of slides is not read: d.pptx [unread]" in found
    assert "an image that no document shows is not read: other.svg [unread]" in found
    assert found.count("[unread]") == 3


def test_excluded_files_and_folders_of_templates_are_left_out(tmp_path: Path) -> None:
    for name in ("a.md", "drafts/b.md", "old/c.csv", "Templates/d.md", "page.html", "page_files/e.html"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("## What is it?\n\nThis.\n")
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian/templates.json").write_text('{"folder": "Templates"}')
    (tmp_path / "deckbuild.toml").write_text('sources = ["."]\nexclude = ["drafts", "*.csv"]\n')
    found = one([tmp_path], tmp_path)
    assert [found.source(file) for file in found.files] == ["a.md", "page.html"]


def test_pages_that_deckbuild_wrote_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## What is it?\n\nThis.\n")
    CliRunner().invoke(cli, ["explain", str(tmp_path / "a.md"), "--html", str(tmp_path / "a.html")])
    assert [file.name for file in one([tmp_path], tmp_path).files] == ["a.md"]


@pytest.fixture(params=[True, False], ids=["older form", "newer form"])
def somebodys_deck(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A deck that Anki exported, in either form of its packages."""
    collection = Collection(str(tmp_path / "collection.anki2"))
    (tmp_path / "cell.png").write_bytes(_PIXEL)
    image = collection.media.add_file(str(tmp_path / "cell.png"))
    deck = collection.decks.id("Biology::Cell")
    assert deck is not None
    for kind, tags, *fields in (
        ("Basic", ["energy"], "What makes <b>ATP</b>?", f'<ul><li>a</li><li>b</li></ul><img src="{image}">'),
        ("Basic (and reversed card)", [], "Zelle", r"cell \(x^2\) [sound:a.mp3]"),
        ("Cloze", [], "The {{c1::ribosome}} makes protein.", "It reads RNA."),
    ):
        note = collection.new_note(collection.models.by_name(kind))
        note.fields[:2], note.tags = fields, tags
        collection.add_note(note, deck)
    path = tmp_path / "folder" / "old.apkg"
    path.parent.mkdir()
    options = ExportAnkiPackageOptions(with_scheduling=False, with_media=True, legacy=request.param)
    collection.export_anki_package(out_path=str(path), options=options, limit=None)
    collection.close()
    return path


_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def test_a_deck_of_anki_is_read_by_its_templates(somebodys_deck: Path) -> None:
    notes = [note for note, _ in outline.notes(read(somebodys_deck, "old.apkg"))]
    assert [(block_text(n.question), n.tags) for n in notes] == [
        ("What makes ATP?", ("energy",)),
        ("Zelle", ()),
        ("The ribosome makes protein.", ()),
    ]
    assert block_text(notes[1].answer) == "cell x^2"


@needs_pango
def test_a_deck_of_anki_is_printed_with_its_media_and_makes_no_lock(somebodys_deck: Path) -> None:
    folder = somebodys_deck.parent
    refused = CliRunner().invoke(cli, ["build", str(somebodys_deck), "-o", str(folder / "out")])
    assert (refused.exit_code, "[only-printed]" in refused.stderr) == (1, True)
    built = CliRunner().invoke(
        cli, ["build", str(somebodys_deck), "--only", "cutouts", "-o", str(folder / "out")]
    )
    assert (built.exit_code, "warning" in built.stderr) == (0, False)
    assert [file.name for file in (folder / "out").iterdir()] == ["old-cutouts.pdf"]
    assert not (folder / "deckbuild.lock").exists()


@pytest.mark.parametrize("size", [10, 200_000_000])
def test_bombs_in_word_files_are_refused(size: int) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as stream:
            for _ in range(size // 1_000_000 + 1):
                stream.write(b" " * 1_000_000)
    with pytest.raises(Unreadable):
        packed("a.docx", data.getvalue())


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ('Target="NULL"', "a.docx/word/NULL"),
        ('Target="media/lost one.png"', "a.docx/word/media/lost%20one.png"),
        ('TargetMode="External" Target="file:///sea.png"', "file:///sea.png"),
    ],
)
def test_word_files_are_read_without_their_lost_pictures(target: str, address: str) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    picture = (
        '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        f' xmlns:r="{office}" r:embed="r9"/></w:drawing></w:r>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r9" '
        f'Type="{office}/image" {target}/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>What is ebb?</w:t></w:r>{picture}</w:p></w:body></w:document>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    _, found = packed("a.docx", data.getvalue())
    assert [line for line in found.lines if line] == [f"What is ebb?![](<{address}>)"]


def test_lines_of_a_line_block_may_go_on() -> None:
    text = "What is a tide?\n===============\n\n| The sea rises,\n  and falls.\n| Twice a day.\n"
    document = extract(decode(text.encode(), "a.rst"))
    (note, _), *_ = outline.notes(document)
    assert block_text(note.answer).split() == "The sea rises, and falls. Twice a day.".split()


def test_signs_of_plain_text_are_no_markup() -> None:
    page = "<h2>What is a[i] * b[j] in x_1_2?</h2><p># 5 &lt;b&gt; `c` ~~d~~ ==e== &amp;amp; f[x]</p>"
    assert shown_text(page, "a.html") == ["1 qa [] What is a[i] * b[j] in x_1_2?"]
    answer = next(iter(outline.notes(extract(decode(page.encode(), "a.html")))))[0].answer
    assert block_text(answer) == "# 5 <b> `c` ~~d~~ ==e== &amp; f[x]"


def test_a_file_of_rows_has_the_deck_of_its_export_and_no_title() -> None:
    text = "#separator:tab\n#deck:Sea::Words\n#tags:sea\n#guid column:1\na1\tebb\tgoing out\na2\tneap\tsmall tide\n"
    document = extract(decode(text.encode(), "words.txt"))
    assert (document.title, document.deck) == ("", "Sea::Words")
    assert [note.tags for note, _ in outline.notes(document)] == [("sea",), ("sea",)]


def test_plain_fields_of_an_export_keep_their_signs() -> None:
    text = (
        "#separator:tab\n#html:false\nWhat does <b> do?\tBold: a & b\nx < y\tless\nWhat is <br>?\tA break\n"
    )
    document = extract(decode(text.encode(), "tags.txt"))
    asked = [block_text(note.question) for note, _ in outline.notes(document)]
    assert asked == ["What does <b> do?", "x < y", "What is <br>?"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("n.adoc", "stem:[" * 9_000),
        ("n.org", "*a " * 20_000),
        ("n.rst", "*a " * 20_000),
        ("n.rst", "-" * 20_000 + "x"),
    ],
)
def test_lines_of_nothing_but_signs_are_refused(name: str, text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        reading(name, ["Waves", "", text])
    assert caught.value.line == 3


def sides(text: str, name: str) -> list[tuple[str, str]]:
    """Question and answer of each note of a text."""
    notes = outline.notes(extract(decode(text.encode(), name)))
    return [(block_text(note.question), block_text(note.answer)) for note, _ in notes]


def test_formulas_of_mathjax_3_are_those_for_screen_readers() -> None:
    page = (
        "<h2>What is force?</h2><p>It is <mjx-container class='MathJax CtxtMenu_Attached_0' jax='CHTML'>"
        "<mjx-math aria-hidden='true'><mjx-mi></mjx-mi></mjx-math><mjx-assistive-mml display='inline'><math>"
        "<mi>m</mi><mi>a</mi></math></mjx-assistive-mml></mjx-container>.</p><h2>What is work?</h2><p>Force."
    )
    assert sides(page, "n.html")[0] == ("What is force?", "It is ma.")


def test_the_option_of_letter_a_is_no_answer() -> None:
    bank = '[{"text": "Which is a gas?", "a": "Neon", "b": "Iron", "correct": "a"},'
    bank += ' {"text": "Which is a metal?", "a": "Argon", "b": "Iron", "correct": "b"}]'
    found = sides(bank, "n.json")
    assert [answer for _, answer in found] == ["Neon", "Iron"]
    assert "Argon" in found[1][0]


def test_sides_of_org_drill_ask_both_ways_and_links_are_no_clozes() -> None:
    entries = (
        "* Word :drill:\n:PROPERTIES:\n:DRILL_CARD_TYPE: twosided\n:END:\nTranslate.\n** Latin\nripa\n"
        "** English\nbank\n* Why is it full? :drill:\nIt rained [[https://example.org][there]].\n"
    )
    found = sides(entries, "n.org")
    assert [(q.split(), a.split()) for q, a in found] == [
        (["Word", "Translate.", "Latin", "ripa"], ["English", "bank"]),
        (["Why", "is", "it", "full?"], ["It", "rained", "there."]),
    ]
    notes = outline.notes(extract(decode(entries.encode(), "n.org")))
    assert [note.reverse for note, _ in notes] == [True, False]


def test_links_and_footnotes_of_asciidoc_by_attributes() -> None:
    text = "= Locks\n:site: https://example.org\n\n== What is a lock?\n\nA {site}[basin] with two gates."
    text += " footnote:[One at each end.]\n\n== What is a weir?\n\nA dam.\n"
    assert sides(text, "n.adoc")[0] == ("What is a lock?", "A basin with two gates.")


def test_older_pages_that_logseq_keeps_are_not_read(tmp_path: Path) -> None:
    for place in ("pages", "logseq/bak/pages"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "locks.md").write_text("- What is a lock? #card\n\t- A basin\n")
    (tmp_path / "logseq/config.edn").write_text("{}")
    assert [str(path.relative_to(tmp_path)) for path in documents([tmp_path])] == ["pages/locks.md"]


def test_clozes_and_reversed_notes_of_an_export_of_anki_are_what_their_columns_say() -> None:
    rows = "#separator:tab\n#notetype column:1\n#tags column:4\n"
    rows += (
        "Cloze\tAn {{c1::ebb}} falls.\t\ttides sea\nBasic (and reversed card)\tspate\ta high river\trivers\n"
    )
    rows += "Basic\tWhat is a bore?\tA wave in a river\trivers\n"
    document = extract(decode(rows.encode(), "n.txt"))
    found = {str(note.kind): note.tags for note, _ in outline.notes(document)}
    assert found["cloze"] == ("tides", "sea")
    assert {block_text(note.question): note.reverse for note, _ in outline.notes(document)} == {
        "An ebb falls.": False,
        "spate": True,
        "What is a bore?": False,
    }


def test_what_is_left_out_is_no_unread_file_and_no_idle_setting(tmp_path: Path) -> None:
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/tides.pdf").write_bytes(b"%PDF")
    (tmp_path / "tides.md").write_text("## What is an ebb?\n\nFalling water.\n")
    (tmp_path / "deckbuild.toml").write_text('exclude = ["slides", "*.csv"]\n')
    told = CliRunner().invoke(cli, ["check", str(tmp_path)]).output
    assert "unread" not in told
    assert "slides matches" not in told
    assert "“*.csv” matches no document" in told


def test_terms_of_a_glossary_stand_where_they_are_and_not_in_the_meaning_above() -> None:
    text = ".. glossary::\n\n   ebb\n      Tides turn at its end.\n\n   tide\n      A tide comes in.\n"
    text += "\n   Tides\n      Many.\n"
    notes = outline.notes(extract(decode(text.encode(), "n.rst")))
    assert [note.span.line for note, _ in notes] == [3, 6, 9]


def test_an_entry_to_be_learnt_ends_the_entries_above() -> None:
    text = "* Ports\n** Note\nRead.\n*** Deep\nMore.\n** What is a quay? :drill:\nA wall.\n"
    assert [titles for _, titles in outline.notes(extract(decode(text.encode(), "n.org")))] == [()]


def test_fronts_of_a_deck_are_what_its_templates_show(tmp_path: Path) -> None:
    typed = genanki.Model(
        1111,
        "Type in",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[{"name": "1", "qfmt": "{{Front}}\n{{type:Back}}", "afmt": "{{FrontSide}}<hr>{{Back}}"}],
    )
    covered = genanki.Model(
        1112,
        "Covered",
        fields=[{"name": "Word"}, {"name": "Meaning"}, {"name": "Place"}],
        templates=[
            {
                "name": "1",
                "qfmt": "{{Word}}<div style='visibility: hidden'>{{Meaning}}</div>{{hint:Place}}",
                "afmt": "{{Word}}<hr>{{Meaning}} {{Place}}",
            }
        ],
    )
    deck = genanki.Deck(2222, "Birds")
    deck.add_note(genanki.Note(typed, ["What does an owl eat?", "Mice"]))
    deck.add_note(genanki.Note(covered, ["wren", "A small bird", "Hedges"]))
    deck.add_note(genanki.Note(typed, ["[$]a_1\\text{ of&nbsp;}b[/$]", "A share"]))
    path = tmp_path / "birds.apkg"
    genanki.Package(deck).write_to_file(path)
    notes = [note for note, _ in outline.notes(read(path, "birds.apkg"))]
    assert [(block_text(n.question), block_text(n.answer)) for n in notes] == [
        ("What does an owl eat?", "Mice"),
        ("wren", "A small bird\nHedges"),
        (r"a_1\text{ of }b", "A share"),
    ]


def test_a_file_of_rows_that_gives_nothing_says_what_would_take_it() -> None:
    text = "Width,Height\n11,121\n12,144\n13,169\n"
    document = extract(decode(text.encode(), "squares.csv"))
    (told,) = document.diagnostics
    assert told.code == "looks-like-notes"
    assert "`Question`" in told.hint
    assert questions(text.replace("Width,Height", "Question,Answer"), "squares.csv") == ["11", "12", "13"]


def test_bullets_typed_in_word_may_have_no_blank(tmp_path: Path) -> None:
    import docx

    made = docx.Document()
    for line in ("- maze: labyrinth", "-bowl: Schale", "-south: Süden", "• north: Norden"):
        made.add_paragraph(line)
    path = tmp_path / "words.docx"
    made.save(str(path))
    notes = [note for note, _ in outline.notes(read(path, "words.docx"))]
    assert [block_text(note.question) for note in notes] == ["maze", "bowl", "south", "north"]


_CALLED = (
    "",
    "*",
    "[s]{l}",
    "*{x}",
    "*[s]{l}",
    " Na b",
    " 1 2",
    "{a}",
    "{a}{b}",
    "{a}{b}{c}{d}",
    "[a]",
    "[",
    "\\x",
)


@pytest.mark.parametrize("called", _CALLED)
def test_commands_of_latex_may_lack_arguments_or_have_more(called: str) -> None:
    from pylatexenc.latexwalker import get_default_latex_context_db

    from deckbuild.syntax.formats import latex_names, latex_notes

    known = [spec.macroname for spec in latex_names.context(()).iter_macro_specs()]
    assert set(known) > {"caption", "card", "href", "section", "newacronym"}
    known += [spec.macroname for spec in get_default_latex_context_db().iter_macro_specs()]
    for name in sorted(
        {*known, *latex_names.GLOSSARY, "par", "frac", "hline", "textsubscript"} - {"deckbuildkept"}
    ):
        for text in (f"Ebb \\{name}{called} flow.", f"\\{name}{called}"):
            latex_notes.read(["\\section{Tides}", text, "", "More."], "n.tex")
    for name in (
        "itemize",
        "description",
        "tabular",
        "flashcard",
        "frame",
        "definition",
        "choices",
        "question",
    ):
        text = f"\\begin{{{name}}}{called} \\item{called} x & y \\\\ \\end{{{name}}}"
        latex_notes.read([text], "n.tex")


def test_captions_with_short_forms_and_links_without_words_are_shown() -> None:
    from deckbuild.syntax.formats import latex_notes

    text = [r"\caption[short]{A long one.}", r"\caption*{Plain.}", r"\url{a.org}", r"\href{b.org}"]
    found = latex_notes.read(text, "n.tex").lines
    assert [line for line in found if line] == ["A long one.", "Plain.", "<a.org>", "b.org"]


def test_a_file_that_is_not_of_its_format_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "## What is an ebb?\n\nFalling water.\n\n## What is a flow?\n\nRising water.\n"
    )
    (tmp_path / "b.json").write_text('{"question": \n{')
    arguments = ["build", str(tmp_path), "-o", str(tmp_path / "out"), "--only", "deck"]
    built = CliRunner().invoke(cli, arguments)
    assert built.exit_code == 0, built.stderr
    assert "b.json:2: warning" in built.stderr
    (tmp_path / "a.md").rename(tmp_path / "a.json")
    stopped = CliRunner().invoke(cli, arguments)
    assert (stopped.exit_code, "b.json:2: warning" in stopped.stderr) == (1, True)


@pytest.mark.parametrize(
    "card",
    [
        "\\begin{karte}{What is an ebb?}\nFalling \\textbf{water}.\n\\caption{By day}\n\\end{karte}",
        "\\begin{karte}[Tides]{What is an ebb?}\nFalling water. By day\n\\end{karte}",
        "\\begin{card}{What is an ebb?}Falling water.\\\\By day\\end{card}",
        "\\begin{note}"
        "\n\\begin{field}What is an ebb?\\end{field}\n\\begin{field}Falling water. By day\\end{field}\n\\end{note}",
    ],
)
def test_environments_of_cards_have_two_sides(card: str) -> None:
    ((question, answer),) = sides(f"\\begin{{document}}\n{card}\n\\end{{document}}\n", "n.tex")
    assert (question, answer.split()) == ("What is an ebb?", "Falling water. By day".split())


_TOLD = [
    {"goodAnswer": "Oslo"},
    {"answerKey": "C"},
    {"correctIndex": 2},
    {"indexOfCorrect": 2},
    {"solution": "Oslo"},
    {"right": "c"},
    {"ans_idx": 2},
    {"juste": "Oslo"},
    {"answer": "Oslo", "answerCount": 1},
]


@pytest.mark.parametrize("called", ["options", "answers", "liste"])
@pytest.mark.parametrize("told", _TOLD, ids=[next(iter(one)) for one in _TOLD])
def test_the_right_option_is_told_by_what_a_field_says(told: dict[str, object], called: str) -> None:
    record = {"question": "Which is furthest north?", called: ["Rome", "Bern", "Oslo", "Kiel"], **told}
    if called != "liste" or "juste" not in told:  # which alone say little
        assert [answer for _, answer in sides(json.dumps([record, record]), "n.json")][:1] == ["Oslo"]


@pytest.mark.parametrize("told", [{"correctIndex": 9}, {"goodAnswer": "Lund"}, {"bonne": "E"}])
@pytest.mark.parametrize("called", ["options", "answers"])
def test_options_of_which_none_is_told_are_no_answer(told: dict[str, object], called: str) -> None:
    record = {"question": "Which is furthest north?", called: ["Rome", "Bern", "Oslo", "Kiel"], **told}
    document = extract(decode(json.dumps([record]).encode(), "n.json"))
    assert not list(outline.notes(document))
    assert [found.code for found in document.diagnostics] == ["no-right-option"]


@pytest.mark.parametrize(
    "tag", ["<p>", "<div>", "<br>", "<b>", "</b>", "<p> </p>", "<String>", "<!-- x -->", "<x-y>"]
)
@pytest.mark.parametrize("name", ["n.csv", "n.tsv", "n.json", "n.txt"])
def test_tags_in_plain_fields_that_mark_up_nothing_are_text(tag: str, name: str) -> None:
    rows = [
        (f"What does {tag} do?", "It goes far."),
        ("Which one is it?", tag),
        (f"A `{tag}` in code?", "It is so."),
    ]
    if name == "n.json":
        text = json.dumps([{"question": question, "answer": answer} for question, answer in rows])
    else:
        sign = "," if name == "n.csv" else "\t"
        text = f"question{sign}answer\n" * (name != "n.txt") + "".join(f"{q}{sign}{a}\n" for q, a in rows)
    assert sides(text, name) == [(q.replace("`", ""), a) for q, a in rows]


def test_markup_in_plain_fields_holds_words() -> None:
    rows = "question,answer\nWhat is <b>ebb</b>?,<div>one<br></div><div>two</div>\n"
    rows += 'And flow?,rising<br>water\nWhere?,"<a href=""https://example.org"">there</a>"\n'
    found = [(question, answer.split()) for question, answer in sides(rows, "n.csv")]
    assert found == [
        ("What is ebb?", ["one", "two"]),
        ("And flow?", ["rising", "water"]),
        ("Where?", ["there"]),
    ]
    row = "Which <!-- id:7 --><br>are <b>two</b>?,one<br>two <br> three\nWhat else?,four\n"
    assert [side.split() for side in sides(f"question,answer\n{row}", "n.csv")[0]] == [
        ["Which", "are", "two?"],
        ["one", "two", "three"],
    ]
    text = "#separator:tab\n#html:true\nWhat is it?\t<p>one\nWhat else?\ttwo <br> three\n"
    assert [answer.split() for _, answer in sides(text, "n.txt")] == [["one"], ["two", "three"]]


def test_tags_that_a_sentence_of_markdown_is_about_are_text() -> None:
    text = "## What is <p>?\n\nA `List<String>`, or List<String>, in <li> or <td>.\n\n## What is <br>?\n\nOne<br>two\n"
    assert sides(text, "n.md") == [
        ("What is <p>?", "A List<String>, or List<String>, in <li> or <td>."),
        ("What is <br>?", "One\ntwo"),
    ]


def test_escaped_blanks_of_restructured_text_join_what_is_beside_them() -> None:
    text = "What is water?\n==============\n\nH\\ :sub:`2`\\ O, *re*\\ strict, a \\*star, :abbr:`a\\ b`.\n"
    ((_, answer),) = sides(text, "n.rst")
    assert answer == "H2O, restrict, a *star, ab."


@pytest.mark.parametrize("head", ["", "\n", "   :sorted:\n\n"])
def test_a_glossary_may_begin_on_the_next_line(head: str) -> None:
    text = f".. glossary::\n{head}   ebb\n      Falling.\n\n   flow\n      Rising.\n"
    assert sides(text, "n.rst") == [("ebb", "Falling."), ("flow", "Rising.")]


@pytest.mark.parametrize("term", ["bore:: A wave.", "bore::\n  A wave.", "bore::\n\nA wave."])
@pytest.mark.parametrize(
    "after", [".Heights\n|===\n|Kiel |0\n|===\n", "Tides are told here.\n", "[cols=2]\n|===\n|a |b\n|===\n"]
)
def test_the_last_answer_of_a_list_of_asciidoc_ends_with_it(term: str, after: str) -> None:
    found = sides(f"= Tides\n\nebb:: Falling water.\nflow:: Rising water.\n{term}\n\n{after}", "n.adoc")
    assert dict(found)["bore"] == "A wave."


@pytest.mark.parametrize(
    "title",
    [
        "Schlagwörter",
        "Mots-clés",
        "etiquetas",
        "теги",
        "标签",
        "タグ",
        "tagi",
        "trefwoorden",
    ],
)
def test_columns_of_tags_are_known_in_many_languages(title: str) -> None:
    rows = "Was ist Ebbe?,Fallendes Wasser,meer tide\nWas ist Flut?,Steigendes Wasser,meer\nUnd Watt?,Boden,meer\n"
    notes = [
        note for note, _ in outline.notes(extract(decode(f"Frage,Antwort,{title}\n{rows}".encode(), "n.csv")))
    ]
    assert [note.tags for note in notes] == [("meer", "tide"), ("meer",), ("meer",)]
    record = {"question": "Was ist Ebbe?", "answer": "Fallendes Wasser", title: ["meer", "tide"]}
    (note, _), *_ = outline.notes(extract(decode(json.dumps([record]).encode(), "n.json")))
    assert note.tags == ("meer", "tide")


@pytest.mark.parametrize("name", ["n.qmd", "n.Rmd", "n.md"])
def test_tags_of_front_matter_are_those_of_all_notes(name: str) -> None:
    text = "---\ntitle: Tides\ntags: [sea, moon]\n---\n\n## What is an ebb?\n\nFalling water.\n"
    assert [n.tags for n, _ in outline.notes(extract(decode(text.encode(), name)))] == [("sea", "moon")]


@pytest.mark.parametrize(
    "row",
    [
        "ebb - low; flow - high; bore - wave",
        "ebb - low;;flow - high;;bore - wave",
        "ebb : low ; flow : high ; bore : wave",
    ],
)
def test_pairs_on_one_line_may_be_parted_by_dashes_and_colons(row: str) -> None:
    assert sides(row + "\n", "n.txt") == [("ebb", "low"), ("flow", "high"), ("bore", "wave")]


def test_clozes_of_an_export_with_several_decks_have_them_as_tags() -> None:
    head = "#separator:tab\n#html:false\n#deck column:3\n#tags column:4\n"
    rows = (
        "What is ebb?\tLow\tSea::A\ta\nWhat is flow?\tHigh\tSea::B\tb\nWhat is a bore?\tA wave\tSea::B\tb\n"
    )
    notes = [
        n
        for n, _ in outline.notes(
            extract(decode(f"{head}{rows}An {{{{c1::ebb}}}} falls\t\tSea::B\tc\n".encode(), "n.txt"))
        )
    ]
    assert [n.tags for n in notes] == [("a", "Sea::A"), ("b", "Sea::B"), ("b", "Sea::B"), ("c", "Sea::B")]


@pytest.mark.parametrize(
    ("column", "count"),
    [([3.4, 2.1, 5], 0), ([1, 2, 3], 0), ([1814, 1861, 1789], 3), (["low", "high", "far"], 3)],
)
def test_numbers_of_rows_in_json_answer_only_where_they_are_asked_for(
    column: list[object], count: int
) -> None:
    rows = [
        {"id": n, "name": name, "value": v}
        for n, (name, v) in enumerate(zip(("ebb", "flow", "bore"), column, strict=True))
    ]
    assert len(sides(json.dumps(rows), "n.json")) == count


def test_tasks_of_an_assignment_that_nothing_answers_make_no_notes() -> None:
    told = [("Measure the ebb [40 points]", "Use a gauge."), ("Draw the tides [20 points]", "By hand.")]
    told += [("Write a report [20 points; none without it]", "Two pages at most.")]
    cells = [{"cell_type": "markdown", "source": [f"### {title} ###\n", "\n", text]} for title, text in told]
    cells.append({"cell_type": "code", "source": [], "outputs": []})
    document = extract(decode(json.dumps({"cells": cells, "metadata": {}}, indent=1).encode(), "n.ipynb"))
    assert not list(outline.notes(document))
    assert {found.code for found in document.diagnostics} == {"unanswered"}


def test_citations_of_quarto_are_no_text_of_cards() -> None:
    text = (
        "## What is an ebb?\n\nFalling water [@smith2020; see @lee, p. 3] (@fig-ebb), as `@x[@y]` in @fig-low"
    )
    text += " of @doe99. Ask a@b.org.\n"
    ((_, answer),) = sides(text, "n.qmd")
    assert answer == "Falling water, as @x[@y] in fig-low of doe99. Ask a@b.org."


TEX = r"""\newtheorem{task}{Exercise}
\begin{document}
\begin{task}
Show that tides repeat.
\end{task}
% by hand
\begin{proof}
The moon returns: \[t = 12.4\] hours later.

So does the ebb.
\end{proof}
\begin{exercise}[*]
Show that a bore runs upstream.
\end{exercise}
Text between.
\begin{proof}
Of nothing.
\end{proof}
\begin{longtable}{|l|l|}
\hline
Term & Meaning \\ \hline
\endfirsthead
Term & Meaning \\ \hline
\endhead
\multicolumn{2}{r}{on the next page} \\
\endfoot
\endlastfoot
ebb & falling water \\
% flow & rising water \\
bore & a wave \\
\end{longtable}
\end{document}"""


def test_proofs_behind_exercises_solve_them_and_long_tables_have_titles_once() -> None:
    document = extract(decode(TEX.encode(), "n.tex"))
    notes = {block_text(n.question): (n.span.line, block_text(n.answer)) for n, _ in outline.notes(document)}
    assert notes.keys() == {"Show that tides repeat.", "ebb", "bore"}
    line, proof = notes["Show that tides repeat."]
    assert line == 4 and proof.startswith("The moon") and proof.endswith("So does the ebb.")
    assert notes["ebb"] == (28, "falling water") and notes["bore"] == (30, "a wave")


def test_code_in_fields_of_rows_stands_as_it_is_and_tags_cut_at_their_end_are_none() -> None:
    rows = 'What is a?\t"<pre class=""language-py"">for a in b:\n    x **= a*b*c\n\n    [y](2)</pre>"\n'
    rows += (
        "What is b?\t<b>Answer</b>: <code>a == b and c == d</code>\n<p>What is c?</p\t<p>Compare a < b</p\n"
    )
    rows += "What is d?\t<b>Answer</b>: a *loud* sea\nWhat is e?\t<i>Answer</i>: a wave\n"
    found = [n for n, _ in outline.notes(extract(decode(rows.encode(), "n.tsv")))]
    assert [block_text(n.answer) for n in found] == [
        "for a in b:\n    x **= a*b*c\n\n    [y](2)",
        "Answer: a == b and c == d",
        "Compare a < b",
        "Answer: a loud sea",
        "Answer: a wave",
    ]
    assert block_text(found[2].question) == "What is c?"
    (code,) = found[0].answer
    assert (type(code).__name__, code.language) == ("CodeBlock", "py")  # type: ignore[union-attr]


@pytest.mark.parametrize(("more", "count"), [("", 0), (": the moon pulls", 3)])
def test_a_column_of_links_alone_says_where_to_read(more: str, count: int) -> None:
    asked = ("ebb", "flow", "bore")
    rows = "".join(f"| What is {name}? | [Part 1](a.md){more}, <http://x.org/{name}> |\n" for name in asked)
    document = extract(decode(f"| Question | Read |\n|---|---|\n{rows}".encode(), "n.md"))
    assert sum(n.kind == "qa" for n, _ in outline.notes(document)) == count
