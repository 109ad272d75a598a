"""A publisher's own web server, on another origin than premod's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from support.server import Server

PAGES = Path(__file__).parents[1] / "browser" / "publisher"


@dataclass(frozen=True)
class Publisher:
    """Serves the pages in ``publisher/``; ``url`` is on an origin the site allows, ``stranger`` on one it does not."""

    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def stranger(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Handler(BaseHTTPRequestHandler):
    def __init__(self, premod: str, *arguments: object) -> None:
        self.premod = premod
        super().__init__(*arguments)

    def do_GET(self) -> None:
        page = (PAGES / Path(self.path).name).read_text().replace("PREMOD", self.premod).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def publishing(premod: Server) -> Iterator[Publisher]:
    """Serve the publisher's pages, which embed comments from ``premod``."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, premod.url)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Publisher(server.server_port)
        server.shutdown()
