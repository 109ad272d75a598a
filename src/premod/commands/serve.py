"""``premod serve``: server and worker together, both restarted when they die."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from premod import configuration
from premod.project.parent import SUPERVISED

RESTART_SECONDS = 1.0
STOP_SECONDS = 20


@click.command()
@click.option("--host", default=lambda: configuration.text("PREMOD_HOST"), show_default="PREMOD_HOST")
@click.option("--port", type=int, default=lambda: configuration.number("PREMOD_PORT"), show_default="PREMOD_PORT")
@click.option("--worker/--no-worker", default=True, help="Judge held comments here, too.", show_default=True)
@click.option("--demo", is_flag=True, help="Fill the sample site with comments on the first start.")
def serve(*, host: str, port: int, worker: bool, demo: bool) -> None:
    """Serve readers, moderators and the API, and judge what they post.

    The database is brought up to date first. Stops on SIGTERM or Ctrl-C, letting requests in hand finish.
    """
    _refuse_if_taken(host, port)
    os.environ[SUPERVISED] = str(os.getpid())
    _run("migrate")
    children = [Child(["worker"])] if worker else []
    threading.Thread(target=_welcome, args=(host, port), kwargs={"demo": demo}, daemon=True).start()
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
        # From this thread and not from the one that watches: the kernel ends a child with the thread it came from.
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
        return subprocess.Popen(  # noqa: S603 - our own program.
            _command(*self._arguments), start_new_session=True
        )


def _refuse_if_taken(host: str, port: int) -> None:
    """Raise ClickException if something listens there: granian would share the port with another premod in silence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            hint = "choose another port with --port or PREMOD_PORT"
            raise click.ClickException(f"{host}:{port} cannot be listened on ({error.strerror}); {hint}") from error


def _server(host: str, port: int) -> MPServer:
    return MPServer(
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
    if subprocess.run(_command(*arguments), check=False).returncode:  # noqa: S603 - our own program.
        raise click.ClickException(f"premod {arguments[0]} failed; its message stands above")


def _welcome(host: str, port: int, *, demo: bool) -> None:
    while not _answers(host, port):
        time.sleep(0.1)
    url = f"http://{host}:{port}"
    click.echo(f"premod answers on {url}")
    for who, path in (("readers", "/"), ("moderators", "/console/"), ("API", "/api/v1/openapi.json")):
        click.echo(f"  {who:<12}{url}{path}")
    if demo:
        _run("demo", "--url", url, "--once")


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True
