"""``premod serve``: server and worker together, both restarted when they die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from premod import configuration
from premod.project.parent import SUPERVISED

RESTART_SECONDS = 1.0
STOP_SECONDS = 20


@click.command()
@click.option("--host", default=lambda: configuration.text("PREMOD_HOST"), show_default="PREMOD_HOST, or 127.0.0.1")
@click.option("--port", type=int, default=lambda: configuration.number("PREMOD_PORT"), show_default="PREMOD_PORT, or 8000")
@click.option("--worker/--no-worker", default=True, help="Judge held comments here, too.", show_default=True)
@click.option("--demo", is_flag=True, help="Fill the sample site with comments on the first start.")
def serve(*, host: str, port: int, worker: bool, demo: bool) -> None:
    """Serve readers, moderators and the API, and judge what they post.

    The database is brought up to date first. Stops on SIGTERM or Ctrl-C, letting requests in hand finish.
    """
    os.environ[SUPERVISED] = str(os.getpid())
    _run("migrate")
    children = [Child(["worker"])] if worker else []
    threading.Thread(target=_welcome, args=(f"http://{host}:{port}", demo), daemon=True).start()
    for child in children:
        child.start()
    try:
        _server(host, port).serve()
    finally:
        for child in children:
            child.stop()


class Child:
    """A ``premod`` command in a process of its own, started again whenever it ends by itself."""

    def __init__(self, arguments: list[str]) -> None:
        self._arguments = arguments
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        # Started from this thread and not from the one that watches: the kernel ends a child with the thread it came from.
        self._process = self._spawn()
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _watch(self) -> None:
        while self._process is not None:
            code = self._process.wait()
            if self._stopping.wait(RESTART_SECONDS):
                return
            click.echo(f"premod {self._arguments[0]} ended with code {code}; starting it again", err=True)
            self._process = self._spawn()

    def _spawn(self) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches the supervisor alone, which then stops its children in order.
        return subprocess.Popen(_command(*self._arguments), start_new_session=True)


def _server(host: str, port: int) -> Granian:
    return Granian(
        "premod.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=max(1, configuration.number("PREMOD_PROCESSES")),
        blocking_threads=max(1, configuration.number("PREMOD_THREADS")),
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
    )


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "premod", *arguments]


def _run(*arguments: str) -> None:
    # In a process of its own, so that this one, which only supervises, never loads Django.
    if subprocess.run(_command(*arguments), check=False).returncode:
        raise click.ClickException(f"premod {arguments[0]} failed; its message stands above")


def _welcome(url: str, demo: bool) -> None:  # noqa: FBT001
    while not _answers(url):
        time.sleep(0.1)
    click.echo(f"premod answers on {url}\n  readers     {url}/\n  moderators  {url}/console/\n  API         {url}/api/v1/openapi.json")
    if demo:
        _run("demo", "--url", url, "--once")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as response:
            return bool(response.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError):
        return False
