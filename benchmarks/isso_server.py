"""Isso from PyPI, with moderation on and its rate limit off, under gunicorn with one worker process."""

from __future__ import annotations

import http.client
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import workload
from load import Posting
from processes import Process, free_port
from workload import Fate, Thread

VERSIONS = ("isso==0.14.0", "gunicorn==27.0.1", "Werkzeug==3.1.9")
PAGE_SIZE = 50
SETTLE_SECONDS = 120
ACCEPTED, PENDING = 1, 2
POSTING = Posting("/new?uri=%%2Farticle-%d%%2F", "author")
_CONFIGURATION = """\
[general]
dbpath = {folder}/comments.db
host = {url}/
[moderation]
enabled = true
[guard]
enabled = false
"""
_INSERT = """INSERT INTO comments (id, tid, parent, created, mode, remote_addr, text, author, voters)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""


@dataclass
class IssoServer:
    """An Isso of its own in ``folder``, installed in ``environment``."""

    folder: Path
    environment: Path
    name: str = "Isso"
    port: int = field(default_factory=free_port)
    posting: Posting = POSTING

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def install(self) -> None:
        """Install Isso from PyPI, unless these versions are installed already."""
        done = self.environment / "installed"
        if done.exists() and done.read_text() == " ".join(VERSIONS):
            return
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(self.environment)], check=True)
        subprocess.run([self.environment / "bin" / "pip", "install", "-qq", *VERSIONS], check=True)
        done.write_text(" ".join(VERSIONS))

    def fill(self, threads: Sequence[Thread]) -> str:
        """Put the same comments into a new database that premod's is filled with; return what was made, in words."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / "isso.cfg").write_text(_CONFIGURATION.format(folder=self.folder.resolve(), url=self.url))
        with self.start():
            pass  # It makes its own tables.
        began = time.monotonic()
        with closing(self._connection()) as database, database:
            named = [(number, f"/{thread.slug}/", thread.slug) for number, thread in enumerate(threads, start=1)]
            database.executemany("INSERT INTO threads (id, uri, title) VALUES (?, ?, ?)", named)
            database.executemany(_INSERT, _rows(threads))
        return f"{self.stored():,} comments in {time.monotonic() - began:.0f} s"

    def start(self) -> Process:
        command = [str(self.environment / "bin" / "gunicorn"), "-w", "1", "-b", f"127.0.0.1:{self.port}", "isso.run"]
        settings = {"ISSO_SETTINGS": str(self.folder / "isso.cfg")}
        return Process(command, settings, self.folder / "server.log", f"{self.url}/")

    def thread_url(self, slug: str) -> str:
        limit = f"&limit={PAGE_SIZE}" if slug == workload.LONG.slug else ""
        return f"{self.url}/?uri={quote(f'/{slug}/', safe='')}{limit}"

    def stored(self) -> int:
        with closing(self._connection()) as database:
            return int(database.execute("SELECT COUNT(*) FROM comments").fetchone()[0])

    def settle(self) -> None:
        """Wait until it has answered, to nobody, what wrk had still asked for when its time was up."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=SETTLE_SECONDS)) as connection:
            connection.request("GET", "/")
            connection.getresponse().read()

    def _connection(self) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / "comments.db", timeout=60)


def _rows(threads: Sequence[Thread]) -> Iterator[tuple[object, ...]]:
    began = time.time() - 400 * workload.DAY_SECONDS
    for one in workload.plan(threads):
        mode = ACCEPTED if one.fate is Fate.APPROVED else PENDING
        author, address = f"Reader {one.commenter}", "10.0.0.0"
        created = began + one.seconds
        yield one.number, one.thread + 1, one.parent, created, mode, address, one.text, author, bytes(256)
