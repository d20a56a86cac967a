"""The preview page on this computer, made again when a file changes; the page then loads itself again.

It listens on the loopback address only, answers only who asks for that by name (a page of the web could give
its own name that address), and gives nothing but the page and word of changes.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from deckbuild.report.diagnostics import Code, Failure

ADDRESS = "127.0.0.1"
PAUSE = 0.4
"""Seconds between two looks at the files: soon enough for somebody who saves and turns to the browser."""

_BEAT = 15.0
"""Seconds after which a waiting page hears that the server is there; thus the server notices who is gone."""

_DIGITS = 9
"""Of the number of a page; Python reads some 4,000."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Pages:
    """The newest page and its number, for those who wait for another."""

    def __init__(self, page: bytes) -> None:
        self.page = page
        self.number = 1
        self._changed = threading.Condition()

    def put(self, page: bytes) -> None:
        """Take a new page and tell who waits."""
        with self._changed:
            self.page = page
            self.number += 1
            self._changed.notify_all()

    def wait(self, known: int) -> bool:
        """Whether there is another page than number `known`; waits for it, though not for long."""
        with self._changed:
            return self._changed.wait_for(lambda: self.number != known, timeout=_BEAT)


class Server(ThreadingHTTPServer):
    """Gives the newest page. Raises `Failure` if the port can't be had; 0 is any."""

    daemon_threads = True

    def __init__(self, pages: Pages, port: int) -> None:
        self.pages = pages
        try:
            super().__init__((ADDRESS, port), _Handler)
        except OSError as error:
            why = error.strerror or "unknown reason"
            raise Failure(Code.NO_PORT.at("preview", 1, port=port, why=why)) from error
        self.names = {f"{name}:{self.server_port}" for name in (ADDRESS, "localhost")}

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that is gone before its answer is, or speaks no HTTP."""

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{ADDRESS}:{self.server_port}/"


def serve(
    render: Callable[[int], bytes | None],
    signature: Callable[[], object],
    port: int,
    say: Callable[[str], None],
) -> None:
    """Serve the page until the user interrupts. `render` makes it, given its number; None keeps the old one.

    SIGTERM ends it too, and orderly: a shell lets its background jobs ignore SIGINT.
    `signature` gives a value that differs when a file has changed. Raises `Failure` if the port can't be had.
    """
    seen = signature()
    page = render(1)
    if page is None:
        return
    pages = Pages(page)
    with Server(pages, port) as server:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"{server.url} shows the preview and follows your changes; press Ctrl+C to stop")
        pause = threading.Event()
        with suppress(KeyboardInterrupt):
            while not pause.wait(PAUSE):
                now = signature()
                if now != seen:
                    seen = now
                    fresh = render(pages.number + 1)
                    if fresh is not None:
                        pages.put(fresh)
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        try:
            target = urlsplit(self.path)
        except ValueError:  # brackets that are no address
            target = urlsplit("")
        if self.headers.get("Host") not in self.server.names:
            self._answer(HTTPStatus.FORBIDDEN, b"This preview answers to its own address only.\n")
        elif target.path == "/":
            self._answer(HTTPStatus.OK, self.server.pages.page, "text/html; charset=utf-8")
        elif target.path == "/changes" and self.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
            with suppress(OSError):  # the page is gone
                self._tell_changes(parse_qs(target.query).get("since", [""])[0])
        else:
            self._answer(HTTPStatus.NOT_FOUND, b"There is only the preview here.\n")

    def _tell_changes(self, since: str) -> None:
        self._head(HTTPStatus.OK, "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while not self.server.pages.wait(int(since) if since.isdecimal() and len(since) <= _DIGITS else 0):
            self.wfile.write(b": still here\n\n")
            self.wfile.flush()
        self.wfile.write(b"event: change\ndata: \n\n")

    def _answer(self, status: HTTPStatus, body: bytes, kind: str = "text/plain; charset=utf-8") -> None:
        self._head(status, kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in _HEADERS.items():
            self.send_header(name, value)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: each reload would be a line."""
