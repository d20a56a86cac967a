"""`deckbuild preview`, written and served."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from conftest import needs_chromium, needs_pango
from deckbuild.cli import cli

pytestmark = [needs_pango, pytest.mark.xdist_group("browser")]

DOCUMENT = "# Bees\n\n## Q: How many legs has a bee?\n**Answer:** Six.\n"


class Served(NamedTuple):
    """A preview that is being served, and the document that it shows."""

    process: subprocess.Popen[str]
    port: int
    document: Path

    @contextmanager
    def asked(self, path: str, **headers: str) -> Iterator[http.client.HTTPResponse]:
        """An answer under way."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
            with connection.getresponse() as response:
                yield response

    def status(self, path: str, **headers: str) -> int:
        with self.asked(path, **headers) as response:
            return response.status

    def text(self, path: str) -> str:
        with self.asked(path) as response:
            return response.read().decode()


def written(folder: Path) -> Path:
    """A document alone in a folder of its own."""
    path = folder / "notes" / "bees.md"
    path.parent.mkdir()
    path.write_text(DOCUMENT)
    return path


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def serving(document: Path) -> Iterator[Served]:
    """A preview in a process of its own that ignores SIGINT, as a background job of a shell does, until it is ended."""
    command = [sys.executable, "-m", "deckbuild", "preview", str(document.parent), "--serve", "--port", "0"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ, preexec_fn=_ignore_interrupts
    ) as process:
        try:
            assert process.stderr
            line = process.stderr.readline()
            port = re.match(r"http://127\.0\.0\.1:(\d+)/ ", line)
            assert port, line
            yield Served(process, int(port[1]), document)
            process.terminate()
            assert process.wait(60) == 0
        finally:
            process.kill()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return written(tmp_path)


@pytest.fixture
def served(document: Path) -> Iterator[Served]:
    """A preview for a test that changes its document."""
    with serving(document) as process:
        yield process


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One preview for all tests that leave its document as it is."""
    with serving(written(tmp_path_factory.mktemp("unchanged"))) as process:
        yield process


def test_the_page_is_written_and_no_lock(document: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["preview", str(document.parent), "-o", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert b"How many legs" in (tmp_path / "out/notes-preview.html").read_bytes()
    assert not list(tmp_path.rglob("deckbuild.lock"))


def test_build_makes_the_page_too(document: Path, tmp_path: Path) -> None:
    build = ["build", str(document.parent), "-o", str(tmp_path / "out"), "--only", "preview"]
    assert CliRunner().invoke(cli, build).exit_code == 0
    assert (tmp_path / "out/notes-preview.html").exists()


def test_a_page_is_told_of_a_change(served: Served) -> None:
    assert "How many legs" in served.text("/")
    with served.asked("/changes?since=1") as waiting:
        served.document.write_text(DOCUMENT.replace("legs", "wings"))
        assert waiting.read().endswith(b"event: change\ndata: \n\n")
    assert "How many wings" in served.text("/")


def test_who_missed_a_change_is_told_at_once(unchanged: Served) -> None:
    assert unchanged.text("/changes?since=0").startswith("event: change")


def test_other_names_and_other_pages_get_nothing(unchanged: Served) -> None:
    assert unchanged.status("/", Host=f"evil.example:{unchanged.port}") == 403
    assert unchanged.status("/changes", Sec_Fetch_Site="cross-site") == 404
    assert unchanged.status("/../../etc/passwd") == 404
    with unchanged.asked("/") as response:
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_odd_clients_get_an_answer_or_nothing_and_no_traceback(document: Path) -> None:
    with serving(document) as served:
        reset = struct.pack("ii", 1, 0)
        for request in (
            b"GET / HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % served.port * 5,
            b"GET http://[::1/x HTTP/1.1\r\n\r\n",
            b"\xff\xfe\0GET",
        ):
            with closing(socket.create_connection(("127.0.0.1", served.port))) as client:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                client.sendall(request)
        assert served.text(f"/changes?since={'9' * 5_000}").startswith("event: change")
        served.process.terminate()
        assert served.process.stderr
        assert served.process.stderr.read() == ""


def test_a_broken_document_keeps_the_page(served: Served) -> None:
    served.document.write_bytes(b"\0\1\2" * 100)
    assert served.process.stderr
    assert "not-text" in served.process.stderr.readline()
    assert "How many legs" in served.text("/")


def test_a_port_in_use_is_told(unchanged: Served) -> None:
    command = ["preview", str(unchanged.document.parent), "--serve", "--port", str(unchanged.port)]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 1
    assert "no-port" in done.output


@needs_chromium
def test_the_browser_follows(served: Served) -> None:
    pytest.importorskip("playwright")
    from browser import browser

    with browser() as opened:
        page = opened.new_page()
        page.goto(f"http://127.0.0.1:{served.port}/")
        card = page.frame_locator("#card")
        card.get_by_text("How many legs has a bee?").wait_for()
        page.keyboard.press("Space")
        card.get_by_text("Six.").wait_for()
        served.document.write_text(DOCUMENT.replace("Six.", "Six, like all insects."))
        card.get_by_text("Six, like all insects.").wait_for()
