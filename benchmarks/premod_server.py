"""premod as ``premod serve`` runs it: one server process and one worker, SQLite, every setting at its default."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from load import Posting
from processes import Process, free_port

HERE = Path(__file__).parent
SETTLE_SECONDS = 120
POLL_SECONDS = 0.1
POSTING = Posting("/api/v1/articles/article-%d/comments", "name")


@dataclass
class PremodServer:
    """An installation of its own in ``folder``, with ``background`` comments beside the threads that are measured."""

    name: str
    folder: Path
    background: int
    port: int = field(default_factory=free_port)
    posting: Posting = POSTING

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def fill(self) -> str:
        """Make the data anew and check its ledger; return what was made, in words."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        made = self._run(sys.executable, str(HERE / "fill.py"), "--background", str(self.background))
        began = time.monotonic()
        self._run(sys.executable, "-m", "premod", "ledger", "verify")
        return f"{made}, and verified in {time.monotonic() - began:.0f} s"

    def start(self) -> Process:
        command = [sys.executable, "-m", "premod", "serve"]
        return Process(command, self._environment, self.folder / "server.log", f"{self.url}/healthz")

    def thread_url(self, slug: str) -> str:
        return f"{self.url}/api/v1/articles/{slug}/comments"

    def stored(self) -> int:
        return self._count("SELECT COUNT(*) FROM comments_comment")

    def settle(self) -> None:
        deadline = time.monotonic() + SETTLE_SECONDS
        while self._count("SELECT COUNT(*) FROM comments_comment WHERE status = 'held'"):
            if time.monotonic() > deadline:
                raise RuntimeError(f"comments are still held after {SETTLE_SECONDS} s: does the worker run?")
            time.sleep(POLL_SECONDS)

    def change(self, slug: str) -> None:
        """Have every reader of a thread be given it anew, as a decision would."""
        with closing(self._connection()) as database, database:
            database.execute("UPDATE comments_article SET revision = revision + 1 WHERE slug = ?", (slug,))

    def decisions_per_second(self, held: int) -> float:
        """Hold comments, have a worker judge them all, and return its rate between the first decision and the last."""
        self._run(sys.executable, str(HERE / "fill.py"), "--held", str(held))
        known = self._count("SELECT MAX(id) FROM comments_decisionrecord")
        self._run(sys.executable, "-m", "premod", "worker", "--once")
        with closing(self._connection()) as database:
            count, first, last = database.execute(
                "SELECT COUNT(*), MIN(decided_at), MAX(decided_at) FROM comments_decisionrecord WHERE id > ?", (known,)
            ).fetchone()
        if count != held:
            raise RuntimeError(f"{count} decisions on {held} held comments")
        return float(count) / (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()

    @property
    def _environment(self) -> dict[str, str]:
        return {"PREMOD_DATA": str(self.folder), "PREMOD_DATABASE_URL": "", "PREMOD_PORT": str(self.port)}

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, env={**os.environ, **self._environment}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
        return done.stdout.strip()

    def _count(self, query: str) -> int:
        with closing(self._connection()) as database:
            return int(database.execute(query).fetchone()[0])

    def _connection(self) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / "premod.sqlite3", timeout=60)
