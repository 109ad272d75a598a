"""``premod serve`` in processes of its own, on a data folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

READY_SECONDS = 60


@dataclass
class Server:
    """A premod installation: start() and kill() it as often as a test likes; what it stored stays in ``data``."""

    data: Path
    database_url: str = ""
    port: int = field(default_factory=lambda: free_port())  # noqa: PLW0108 - defined below
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            "PREMOD_DATA": str(self.data),
            "PREMOD_DATABASE_URL": self.database_url,
            "PREMOD_PORT": str(self.port),
            **self.settings,
        }
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREMOD_")}
        return {**inherited, **ours}

    def start(self, *arguments: str) -> Server:
        with (self.data / "server.log").open("ab") as log:
            command = [sys.executable, "-m", "premod", "serve", *arguments]
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_ready()
        return self

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            assert self.process is not None
            assert self.process.poll() is None, f"premod serve ended: {self.log()}"
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"premod serve did not answer within {READY_SECONDS} s: {self.log()}")

    def kill(self) -> None:
        """Kill the supervisor, the server and the worker with SIGKILL, all at once."""
        assert self.process is not None
        for pid in descendants(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None

    def premod(self, *arguments: str, given: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a ``premod`` command on this installation."""
        command = [sys.executable, "-m", "premod", *arguments]
        done = subprocess.run(command, env=self.environment, input=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0 or not check, done.stderr
        return done

    def python(self, code: str) -> str:
        """Run code with this installation's Django set up; return what it prints."""
        setup = "import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'premod.project.settings'\ndjango.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", setup + code], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def log(self) -> str:
        return (self.data / "server.log").read_text()

    def request(
        self, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a GET, or a POST when there is a body; return status, headers and body, whatever the status."""
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=headers or {})
        if data is not None:
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, dict(response.headers), response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read()

    def json(self, path: str, body: object = None) -> dict[str, object]:
        return json.loads(self.request(path, body)[2])


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def descendants(pid: int) -> list[int]:
    """Return a process and everything it started, itself first."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(status.parent.name))
    found = [pid]
    for known in found:
        found.extend(children.get(known, []))
    return found


def wait_for(condition: object, what: str, seconds: float = 60) -> object:
    """Return the first true answer of ``condition``, or fail naming what was waited for."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:g} s for {what}")
