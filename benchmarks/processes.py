"""A server in processes of its own: start, stop, and what the whole tree of them uses. Linux only."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

READY_SECONDS = 60
STOP_SECONDS = 30
WATCH_SECONDS = 0.5
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Memory:
    """Of a tree of processes, in MB of 10^6 bytes: PSS counts a shared page once, RSS once in each process."""

    pss: float
    rss: float


class Process:
    """A command that runs as long as this context does."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path, ready_url: str) -> None:
        self._command, self._environment = list(command), {**os.environ, **environment}
        self._log, self._ready_url = log, ready_url
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_ready()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._running()
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def memory(self) -> Memory:
        pss = rss = 0
        for pid in descendants(self._running().pid):
            found = _smaps(pid)
            pss, rss = pss + found.get("Pss", 0), rss + found.get("Rss", 0)
        return Memory(pss * 1024 / 1e6, rss * 1024 / 1e6)

    def cpu_seconds(self) -> float:
        return sum(_cpu_seconds(pid) for pid in descendants(self._running().pid))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError("not started")
        return self._process

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self._running().poll() is None:
            try:
                with urllib.request.urlopen(self._ready_url, timeout=30):  # noqa: S310 - our own server on loopback.
                    return
            except urllib.error.HTTPError as answer:
                answer.close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{' '.join(self._command)} does not answer; see {self._log}")


class MemoryWatch:
    """Looks at a process's memory twice a second; ``peak`` holds the highest of each kind."""

    def __init__(self, process: Process) -> None:
        self._process, self._stopping = process, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.peak = process.memory()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopping.wait(WATCH_SECONDS):
            now = self._process.memory()
            self.peak = Memory(max(self.peak.pss, now.pss), max(self.peak.rss, now.rss))


def descendants(pid: int) -> list[int]:
    """Return a process and everything it started, itself first."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        fields = _read(status).rpartition(")")[2].split()
        if fields:
            children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found = [pid]
    for known in found:
        found.extend(children.get(known, []))
    return found


def machine_cpu_seconds() -> float:
    """Return what all processes of the machine have used, and what the host took away from it."""
    user, nice, system, _idle, _wait, _irq, _softirq, steal = Path("/proc/stat").read_text().split()[1:9]
    return (int(user) + int(nice) + int(system) + int(steal)) / _TICKS_PER_SECOND


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _smaps(pid: int) -> dict[str, int]:
    lines = (line.split() for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()[1:])
    return {name.rstrip(":"): int(kibibytes) for name, kibibytes, _ in lines}


def _cpu_seconds(pid: int) -> float:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS_PER_SECOND if fields else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""  # It ended meanwhile.
