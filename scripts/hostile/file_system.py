"""Names, links, folders and things that are no files."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from hostile.case import PLAIN, Case, Make, both, link, tree


def _named(name: bytes) -> Make:
    def make(folder: Path, outside: Path) -> None:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(PLAIN, encoding="utf-8")

    return make


def _named_folder(name: bytes) -> Make:
    def make(folder: Path, outside: Path) -> None:
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        path.mkdir()
        (path / "n.md").write_text(PLAIN, encoding="utf-8")

    return make


def _fifo(folder: Path, outside: Path) -> None:
    tree({})(folder, outside)
    os.mkfifo(folder / "pipe.md")


def _socket(folder: Path, outside: Path) -> None:
    tree({})(folder, outside)
    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as bound:
        os.chdir(folder)
        try:
            bound.bind("sock.md")
        finally:
            os.chdir(here)


def _folder(name: str) -> Make:
    def make(folder: Path, outside: Path) -> None:
        tree({})(folder, outside)
        (folder / name).mkdir(parents=True)

    return make


def _deep(folder: Path, outside: Path) -> None:
    tree({"/".join(["d"] * 300) + "/deep.md": PLAIN.replace("wave", "deep wave")})(folder, outside)


def _many(folder: Path, outside: Path) -> None:
    tree({f"f{n % 100}/{n}.bin": b"" for n in range(20_000)})(folder, outside)


def _output_folder(folder: Path, outside: Path) -> None:
    tree({})(folder, outside)
    (folder / "out" / f"{folder.name}.apkg").mkdir(parents=True)


def _output_fifo(folder: Path, outside: Path) -> None:
    tree({})(folder, outside)
    (folder / "out").mkdir()
    os.mkfifo(folder / "out" / f"{folder.name}.apkg")


def _links(folder: Path, outside: Path) -> None:
    tree({})(folder, outside)
    for n in range(2_000):
        (folder / f"l{n}.md").symlink_to(f"l{n + 1}.md")


def _output_link(target: str) -> Make:
    def make(folder: Path, outside: Path) -> None:
        tree({})(folder, outside)
        (folder / "out").mkdir()
        for ending in (".apkg", "-sheet.pdf"):
            (folder / "out" / f"{folder.name}{ending}").symlink_to(target.replace("@OUTSIDE@", str(outside)))

    return make


CASES = [
    Case("files", "fifo", _fifo),
    Case("files", "fifo-named", _fifo, ("build", "pipe.md", "-o", "out"), refused=True),
    Case("files", "fifo-listed", _fifo, ("list", "--json", "pipe.md"), refused=True),
    Case("files", "socket", _socket),
    Case("files", "device", link("zero.md", "/dev/zero")),
    Case("files", "device-named", link("zero.md", "/dev/zero"), ("build", "zero.md", "-o", "out"), refused=True),
    Case("files", "device-explained", link("zero.md", "/dev/zero"), ("explain", "zero.md"), refused=True),
    Case("files", "process-memory", link("mem.md", "/proc/self/mem")),
    Case("files", "link-outside", link("l.md", "@OUTSIDE@/secret.md")),
    Case("files", "link-by-steps", both(link("a/l.md", "../../outside/secret.md"), tree({}))),
    Case("files", "link-to-a-folder", link("d", "@OUTSIDE@")),
    Case("files", "link-inside", link("l.md", "n.md")),
    Case("files", "link-to-itself", link("l.md", "l.md")),
    Case("files", "link-to-the-parent", link("d", ".")),
    Case("files", "link-to-nothing", link("l.md", "nothing.md")),
    Case("files", "only-a-link-outside", link("n.md", "@OUTSIDE@/secret.md")),
    Case("files", "folder-called-md", _folder("folder.md")),
    Case("files", "name-no-utf-8", _named(b"caf\xe9.md")),
    Case("files", "name-no-utf-8-named", _named(b"caf\xe9.md"), ("build", os.fsdecode(b"caf\xe9.md"), "-o", "out")),
    Case("files", "name-no-utf-8-listed", _named(b"\xff.md"), ("list", "--json")),
    Case("files", "name-with-line-end", _named(b"a\nb.md")),
    Case("files", "name-with-escapes", _named(b"a\x1b[31m\x07.md")),
    Case("files", "name-of-controls", _named(b"\x01\x02\x7f.md")),
    Case("files", "name-with-markup", _named(b"<script>{{ 7 }}&amp;.md")),
    Case("files", "name-of-dashes", _named(b"--only=deck.md")),
    Case("files", "name-that-is-long", _named(b"n" * 252 + b".md")),
    Case("files", "name-that-is-long-named", _named(b"n" * 252 + b".md"), ("build", "n" * 252 + ".md", "-o", "out")),
    Case("files", "name-of-a-lock", _named(b"deckbuild.lock.md")),
    Case("files", "deep-folders", _deep),
    Case("files", "many-files", _many),
    Case("files", "output-a-file", tree({"out": "mine"}), refused=True),
    Case("files", "output-a-folder", _output_folder, refused=True),
    Case("files", "output-that-cannot-be-written", tree({}), ("build", ".", "-o", "/proc/out"), refused=True),
    Case("files", "output-with-nul-like-name", tree({}), ("build", ".", "-o", "o" * 300), refused=True),
    Case("files", "outputs-linked-outside", _output_link("@OUTSIDE@/secret.md")),
    Case("files", "output-folder-linked-outside", both(link("build", "@OUTSIDE@"), tree({})), ("build", "."), refused=True),
    Case("files", "output-below-a-link-outside", link("d", "@OUTSIDE@"), ("build", ".", "-o", "d/new"), refused=True),
    Case("files", "output-linked-by-steps", both(link("a", "@OUTSIDE@"), link("out", "a")), refused=True),
    Case("files", "output-linked-to-itself", link("out", "out"), refused=True),
    Case("files", "output-linked-inside", both(link("out", "build"), tree({"build/x": ""}))),
    Case("files", "output-a-fifo", _output_fifo),
    Case("files", "output-in-a-device", tree({}), ("build", ".", "-o", "/dev/full"), refused=True),
    Case("files", "output-below-a-document", tree({}), ("build", ".", "-o", "n.md/out"), refused=True),
    Case("files", "output-of-the-preview-outside", link("build", "@OUTSIDE@"), ("preview", "."), refused=True),
    Case("files", "page-over-the-lock", tree({"deckbuild.lock": ""}), ("explain", "n.md", "--html", "deckbuild.lock"), refused=True),
    Case("files", "page-over-a-document", tree({"m.md": PLAIN}), ("explain", "n.md", "--html", "m.md"), refused=True),
    Case("files", "page-through-a-link", link("out/p.html", "@OUTSIDE@/secret.md"), ("explain", "n.md", "--html", "out/p.html")),
    Case("files", "input-of-the-program", link("l.md", "/dev/stdin")),
    Case("files", "descriptors", link("l.md", "/proc/self/fd/0")),
    Case("files", "surroundings", link("l.md", "/proc/self/environ")),
    Case("files", "surroundings-named", tree({}), ("build", "/proc/self/environ", "-o", "out"), refused=True),
    Case("files", "the-processes", tree({}), ("list", "--json", "/proc/self/net"), refused=True),
    Case("files", "terminal", link("l.md", "/dev/tty")),
    Case("files", "chain-of-links", _links),
    Case("files", "name-of-braces", _named(b"{why}{0.__class__}%s%n.md")),
    Case("files", "name-of-a-message", _named(b"n.md:1: error: x [y].md")),
    Case("files", "name-of-directions", _named("\u202edm.txt\u2066.md".encode())),
    Case("files", "name-of-a-flag", _named(b"-rf.md"), ("build", "--", "-rf.md", "-o", "out"), refused=True),
    Case("files", "name-of-blanks", _named(b"   .md")),
    Case("files", "name-of-backslashes", _named(b"..\\..\\outside\\x.md")),
    Case("files", "name-of-dots", _named(b"...md")),
    Case("files", "name-of-a-drive", _named(b"C:x.md")),
    Case("files", "names-alike", both(_named("caf\u00e9.md".encode()), _named("cafe\u0301.md".encode()), _named(b"CAFE.MD"))),
    Case("files", "folder-no-utf-8", _named_folder(b"d\xff")),
    Case("files", "folder-with-line-end", _named_folder(b"d\n\x1b[31m")),
    Case("files", "no-such-path", tree({}), ("build", "nothing.md"), refused=True),
]  # fmt: skip
