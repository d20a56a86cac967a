"""Images of documents: which are read, what they are called, and what is refused."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import astuple, replace

from deckbuild.cards.stored import rendered_notes
from deckbuild.cli import cli
from deckbuild.collection.media import LARGEST, Gathered, gather
from deckbuild.decode.source import decode
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Document, outline
from deckbuild.model.text import block_text
from deckbuild.package.apkg import apkg
from deckbuild.paper import pieces
from deckbuild.read import extract
from deckbuild.report.headline import headline

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'


def document(text: str, name: str = "notes/a.md") -> Document:
    return extract(decode(text.encode(), name))


def gathered(root: Path, text: str) -> Gathered:
    return gather([document(f"## Q1: What is it?\n**Answer:** This: {text}\n")], root)


def problems(root: Path, text: str) -> list[str]:
    found = gathered(root, text)
    assert not found.media
    return [d.code for d in found.problems]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    for folder in ("notes/x", "notes/y"):
        (root / folder).mkdir(parents=True)
    (root / "notes/x/fig.png").write_bytes(PNG)
    (root / "notes/y/fig.png").write_bytes(PNG + b"other")
    (root / "notes/two words.svg").write_bytes(SVG)
    return root


@pytest.mark.parametrize(
    "text",
    [
        "![a](x/fig.png)",
        "![a](/notes/x/fig.png)",
        "![a](./x/../x/fig.png?raw=true)",
        '<img src="x/fig.png" alt="a">',
        "\n\n<p align=center><IMG alt=a SRC='x/fig.png'></p>",
        f"![a](data:image/png;base64,{base64.b64encode(PNG).decode()})",
    ],
)
def test_an_image_is_found_however_it_is_named(root: Path, text: str) -> None:
    found = gathered(root, text)
    assert [medium.data for medium in found.media] == [PNG]
    assert not found.problems
    assert found.media[0].name.encode() in json.dumps(str(found.documents)).encode()


@pytest.mark.parametrize(
    "text",
    [
        "**Answer:** ![](x/fig.png) shows it.",
        "**Answer:** [![](x/fig.png)](https://example.org/) shows it.",
        "Look: ![](x/fig.png)\n",
        "See [![](x/fig.png)](https://example.org/)\n\n- it",
    ],
)
def test_an_image_without_text_stays_where_labels_and_blanks_go(root: Path, text: str) -> None:
    read = document(f"## Q1: What is it?\n{text}\n")
    assert "/notes/x/fig.png" in {f"/{path.relative_to(root)}" for path in gather([read], root).files}


@pytest.mark.parametrize(
    ("text", "alt"),
    [
        ("![[x/fig.png]]", ""),
        ("![[fig.png|300]]", ""),
        ("![[x/fig.png|a fly|300x20]]", "a fly"),
        ("![[notes\\x\\fig.png|a fly]]", "a fly"),
        ("Two ![[nowhere/../x/fig.png]] of it", ""),
        ("\n\n| a | b |\n|---|---|\n| c | ![[fig.png\\|30]] |", ""),
    ],
)
def test_an_embedded_image_is_found_in_the_collection(root: Path, text: str, alt: str) -> None:
    (root / "notes/y/fig.png").unlink()
    found = gathered(root, text)
    assert [medium.data for medium in found.media] == [PNG]
    assert not found.problems
    assert f"alt='{alt}'" in str(found.documents)


def test_an_embedded_image_is_the_one_beside_its_document_or_near_the_root(root: Path) -> None:
    (root / "fig.png").write_bytes(PNG + b"near the root")
    assert [medium.data for medium in gathered(root, "![[fig.png]]").media] == [PNG + b"near the root"]
    (root / "notes/fig.png").write_bytes(PNG + b"beside")
    assert [medium.data for medium in gathered(root, "![[fig.png]]").media] == [PNG + b"beside"]


@pytest.mark.parametrize("text", ["![[nowhere.png]]", "![[../x.png]]", "![[y/x/fig.png]]"])
def test_an_embedded_image_may_be_missing(root: Path, text: str) -> None:
    assert problems(root, text) == ["missing-image"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![[A note]]", "A note"),
        ("![[a.png", "![[a.png"),
        ("[[fig.png]]", "fig.png"),
        ("![[fig.png#top]]", "fig.png"),
    ],
)
def test_embedded_notes_and_links_to_files_show_their_names(root: Path, text: str, shown: str) -> None:
    found = gathered(root, text)
    assert not found.problems
    assert block_text(outline.notes(found.documents[0])[0][0].answer) == f"This: {shown}"


def test_names_tell_files_of_one_name_apart_and_equal_files_share_one(root: Path) -> None:
    (root / "notes/copy.gif").write_bytes(PNG)
    found = gathered(root, "![](x/fig.png) ![](y/fig.png) ![](copy.gif) ![](two%20words.svg)")
    assert sorted(medium.name[-3:] for medium in found.media) == ["png", "png", "svg"]
    assert all(found.files.values())


def test_a_document_without_images_is_left_alone(root: Path) -> None:
    plain = document("## Q1: What?\n**Answer:** That.\n")
    assert gather([plain], root).documents[0] is plain


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("nowhere.png", "missing-image"),
        ("x", "missing-image"),
        ("a" * 300, "missing-image"),
        ("https://example.org/x.png", "remote-image"),
        ("//example.org/x.png", "remote-image"),
        ("../../secret.png", "outside-image"),
        ("link.png", "outside-image"),
        ("linked/secret.png", "outside-image"),
        ("a.md", "not-an-image"),
        ("large.png", "large-image"),
    ],
)
def test_what_is_not_read(root: Path, url: str, code: str) -> None:
    (root.parent / "secret.png").write_bytes(PNG)
    (root / "notes/link.png").symlink_to(root.parent / "secret.png")
    (root / "notes/linked").symlink_to(root.parent)
    (root / "notes/a.md").write_text("text")
    (root / "notes/large.png").write_bytes(PNG + bytes(LARGEST))
    assert problems(root, f"![alternative]({url})") == [code]


def test_a_file_address_is_refused(root: Path) -> None:
    assert problems(root, '<img src="file:///etc/passwd">') == ["outside-image"]


def test_a_problem_stands_at_the_line_of_the_image(root: Path) -> None:
    found = gather([document("# A\n\n## Q: What is it?\n**Answer:** This\n![x](y.png) ![x](y.png)\n")], root)
    assert [headline(d) for d in found.problems] == [
        "notes/a.md:5: warning: the file y.png does not exist; "
        "cards show its alt text or name [missing-image]"
    ]


def test_the_author_ignores_images_in_a_line_or_a_section(root: Path) -> None:
    text = """
## Q: What is it?
**Answer:** ![a](a.png) and <img src="b.png"> <!-- deckbuild: ignore missing-image -->

<!-- deckbuild: ignore missing-image -->
## More

### Q: What is that?
**Answer:** ![b](b.png)

## Q: What is the rest?
<!-- deckbuild: ignore missing-image -->
- ![c](c.png)
- ![d](d.png)

![a](a.png) ![a](a.png)
"""
    assert [(d.line, d.code) for d in gather([document(text)], root).problems] == [(16, "missing-image")]


def test_media_go_into_the_package_and_change_their_notes(root: Path) -> None:
    (root / "notes/a.md").write_text("## Q: What is it?\n**Answer:** ![A fly](x/fig.png)\n\n![](y/fig.png)\n")
    build = ["build", str(root / "notes"), "-o", str(root / "build"), "--only", "deck"]
    assert CliRunner().invoke(cli, build).exit_code == 0
    with zipfile.ZipFile(next((root / "build").glob("*.apkg"))) as package:
        names = json.loads(package.read("media"))
        assert sorted(package.read(number) for number in names) == [PNG, PNG + b"other"]
    (root / "notes/x/fig.png").write_bytes(PNG + b"new")
    again = CliRunner().invoke(cli, build)
    assert "0 added, 1 changed" in again.output


def test_only_images_of_notes_go_into_the_package(root: Path) -> None:
    found = gather([document("![](y/fig.png)\n\n## Q: What is it?\n**Answer:** ![](x/fig.png)\n")], root)
    library, *_ = astuple(collate(found.documents, Lock("0"), 1_700_000_000, "Notes"))
    package = apkg(replace(library, media=found.media))
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert len(json.loads(archive.read("media"))) == 1


def test_check_tells_of_images_and_the_settings_silence_it(root: Path) -> None:
    (root / "notes/a.md").write_text("## Q: What is it?\n**Answer:** ![A fly](nowhere.png)\n")
    assert "missing-image" in CliRunner().invoke(cli, ["check", str(root)]).output
    (root / "deckbuild.toml").write_text('ignore = ["missing-image"]')
    assert "missing-image" not in CliRunner().invoke(cli, ["check", str(root)]).output


SOUND = b"\xff\xfb\x90\x64" + bytes(range(256))


@pytest.mark.parametrize(
    "text",
    [
        "![[a b.mp3]]",
        "![](<a b.mp3>)",
        "![](a b.mp3)",
        "![chirp](a%20b.mp3)",
        "[a memo](a%20b.mp3)",
        "[sound:a b.mp3]",
        '<audio controls src="a b.mp3"></audio>',
        "see <audio><source src='a b.mp3'><source src='a.ogg'>No sound</audio>",
        '<video\n controls>\n\n<source src="a b.mp3">\n</video>',
    ],
)
def test_recordings_are_played_on_cards_and_named_on_paper(root: Path, text: str) -> None:
    (root / "notes/a b.mp3").write_bytes(SOUND)
    found = gathered(root, f"listen\n\n{text}")
    assert not found.problems
    (medium,) = found.media
    assert medium.name.endswith(".mp3")
    library = replace(
        collate(found.documents, Lock("0123456789abcdef"), 1, "Birds").library, media=found.media
    )
    (note,) = rendered_notes(library)
    assert f"[sound:{medium.name}]" in note.values[1]
    assert note.values[1].count("[sound:") == 1
    with zipfile.ZipFile(io.BytesIO(apkg(library))) as package:
        assert json.loads(package.read("media")) == {"0": medium.name}
    (entry,) = library.entries
    printed = pieces.blocks(entry.note.answer)
    assert "♪" in printed
    assert "[sound:" not in printed
    assert "a b.mp3" in printed.replace("<wbr>", "")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.mp3", b"#EXTM3U\nhttp://example.org/a.mp3\n\x00", "not-an-image"),
        ("a.wav", b"plain text", "not-an-image"),
        ("a.pdf", b"%PDF-1.7\n\xff", "not-an-image"),
        ("a.excalidraw", b"{}", "not-an-image"),
        ("b.heic", b"", "missing-image"),
    ],
)
def test_what_cannot_be_played_or_shown_is_told(root: Path, name: str, data: bytes, code: str) -> None:
    if data:
        (root / "notes" / name).write_bytes(data)
    for text in (f"![[{name}]]", f"![]({name})"):
        assert problems(root, text) == [code]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![a](two words.svg)", "<p>This: IMAGE</p>"),
        ("![a](x/fig.png =100x)", "<p>This: IMAGE</p>"),
        ("![a](x/fig.png =50x20) b", "<p>This: IMAGE b</p>"),
        ("![a](x/fig.png){width=50%} {b}", "<p>This: IMAGE {b}</p>"),
        ("![a](x/fig.png){.wide #one}", "<p>This: IMAGE</p>"),
        ('![a](two words.svg "A title") b', "<p>This: IMAGE b</p>"),
        ("![a](x/fig.png =100x 'A title') b", "<p>This: IMAGE b</p>"),
        ("![[fig (1).png|a]] b", "<p>This: IMAGE b</p>"),
    ],
)
def test_images_with_blanks_or_sizes_are_images(root: Path, text: str, shown: str) -> None:
    (root / "notes/fig (1).png").write_bytes(PNG)
    found = gathered(root, text)
    (note,) = rendered_notes(collate(found.documents, Lock("0123456789abcdef"), 1, "Cards").library)
    assert re.sub(r'<img src="db-\w+\.\w+" alt="a">', "IMAGE", note.values[1]) == shown


@pytest.mark.parametrize(
    "text",
    [
        '<svg viewBox="0 0 4 4"><title>a dot</title><circle r="2"/></svg>',
        '\n\n<svg viewBox="0 0 4 4">\n<title>a dot</title>\n\n  <circle r="2"/>\n</svg>',
        '\n\n<div>\n<svg viewBox="0 0 4 4"><title>a dot</title>\n<use xlink:href="#x"/></svg>\n</div>',
    ],
)
def test_drawings_in_the_text_are_images(root: Path, text: str) -> None:
    found = gathered(root, text)
    assert not found.problems
    (medium,) = found.media
    assert medium.data.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    (note,) = rendered_notes(collate(found.documents, Lock("0123456789abcdef"), 1, "Cards").library)
    assert f'<img src="{medium.name}" alt="a dot">' in note.values[1]
    assert "circle" not in note.values[1]
    assert {claim.fate for claim in found.documents[0].ledger} <= {"note", "blank"} or "<div>" in text


def test_a_broken_drawing_in_the_text_is_told(root: Path) -> None:
    assert problems(root, "<svg><circle r=2></svg>") == ["broken-image"]
