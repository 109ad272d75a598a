"""Load from wrk, on this machine."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from processes import Process, machine_cpu_seconds
from texts import paragraphs

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk measured; ``acknowledged`` counts answers that did what was asked, ``others_cores`` is foreign load."""

    answers: int
    seconds: float
    p50_ms: float
    p99_ms: float
    bytes: int
    acknowledged: int
    refused: int
    broken: int
    server_cores: float
    others_cores: float
    command: str

    @property
    def per_second(self) -> float:
        return self.acknowledged / self.seconds


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a server takes comments: ``path`` holds %d for the article's number."""

    path: str
    name_field: str


def read(process: Process, url: str, *, connections: int, seconds: int) -> Load:
    return _wrk(process, url, connections, seconds, "read.lua")


def post(process: Process, url: str, posting: Posting, folder: Path, *, connections: int, seconds: int) -> Load:
    """Post comments of texts that no other call posts."""
    texts = folder / "texts.json-strings"
    texts.write_text("".join(f"{json.dumps(text)[1:-1]}\n" for text in paragraphs()))
    arguments = posting.path, posting.name_field, str(texts.resolve().relative_to(ROOT)), uuid.uuid4().hex[:8]
    done = _wrk(process, url, connections, seconds, "post.lua", *arguments)
    return replace(done, command=done.command.replace(arguments[-1], "RUN"))


def _wrk(process: Process, url: str, connections: int, seconds: int, script: str, *arguments: str) -> Load:
    if urlsplit(url).hostname != "127.0.0.1":
        raise ValueError(f"load is for 127.0.0.1 only, not for {url}")
    command = [
        "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"--timeout={TIMEOUT_SECONDS}s", "--latency",
        "-s", str(HERE.relative_to(ROOT) / script), url, "--", *arguments,
    ]  # fmt: skip
    cpu = Cpu(process)
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    measured = json.loads(done.stdout.splitlines()[-1])
    server, others = cpu.since(measured["seconds"])
    return Load(**measured, server_cores=server, others_cores=others, command=shlex.join(command))


class Cpu:
    """What a server has used since this was made, and what processes that have no part in the measurement have."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._before = self._now()

    def since(self, seconds: float) -> tuple[float, float]:
        machine, server, loaders = (now - then for now, then in zip(self._now(), self._before, strict=True))
        return server / seconds, max(0.0, machine - server - loaders) / seconds

    def _now(self) -> tuple[float, float, float]:
        return machine_cpu_seconds(), self._process.cpu_seconds(), _own_cpu_seconds()


def _own_cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
