"""Server: hands out a built site as a static host does, with the headers of docs/hosting/."""

import functools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.browser.hosting import static_headers

BASE = "/ruanhuanjing/"


@contextmanager
def served(folder: Path, base: str = BASE) -> Iterator[str]:
    """The address of a site below 127.0.0.1, while it is handed out; the site stands in `folder`, under the path `base`."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Handler, folder, base))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {  # whatever the machine's own table says # noqa: RUF012 - the library's own way
        "": "application/octet-stream",
        ".avif": "image/avif",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".jpg": "image/jpeg",
        ".js": "text/javascript; charset=utf-8",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".webp": "image/webp",
    }

    def __init__(self, folder: Path, base: str, *connection: Any) -> None:
        self.base = base
        super().__init__(*connection, directory=str(folder))

    def send_header(self, keyword: str, value: str) -> None:
        """Sends a header, unless the host's rules have another value."""
        super().send_header(keyword, self._rules().get(keyword, value))

    def end_headers(self) -> None:
        """Adds the host's own headers."""
        for name, value in self._rules().items():
            if name != "Content-Type":
                super().send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Sends the site's own page for what is not there."""
        page = Path(self.directory, self.base.strip("/"), "404.html").read_bytes()
        self.path = self.base + "404.html"
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing."""

    def _rules(self) -> Mapping[str, str]:
        return static_headers("/" + self.path.partition("?")[0].removeprefix(self.base))
