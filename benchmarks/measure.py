"""The measurements: every server takes its turn in each round, so that a slow minute of the machine hits all alike."""

from __future__ import annotations

import http.client
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import figures
import load
import workload
from figures import Samples
from premod_server import PremodServer
from processes import MemoryWatch, Process
from server import Server

ROUNDS = 3
CONNECTIONS = 16
LOAD_SECONDS = 8
WARM_UP_SECONDS = 1
IDLE_SECONDS = 3
FRESH_PAGES = 300
HELD = 5_000
PERCENTILE = 0.99

Running = Sequence[tuple[Server, Process]]


def measure(servers: Sequence[Server], folder: Path) -> Samples:
    samples = Samples()
    with ExitStack() as started:
        running = [(server, started.enter_context(server.start())) for server in servers]
        _idle(running, samples)
        watches = {server.name: started.enter_context(MemoryWatch(process)) for server, process in running}
        _reads(running, samples, workload.SHORT.slug, figures.READS, figures.READ_P99)
        _reads(running, samples, workload.LONG.slug, figures.PAGES, figures.PAGE_P99)
        _fresh_pages(running, samples)
        _posts(running, samples, folder)
        for name, watch in watches.items():
            samples.add(figures.PEAK_MEMORY, name, watch.peak.pss)
            samples.add(figures.PEAK_RSS, name, watch.peak.rss)
    for _ in range(ROUNDS):
        for server in servers:
            if isinstance(server, PremodServer):
                samples.add(figures.DECISIONS, server.name, server.decisions_per_second(HELD))
    return samples


def _idle(running: Running, samples: Samples) -> None:
    for server, process in running:
        load.read(process, server.thread_url(workload.SHORT.slug), connections=1, seconds=WARM_UP_SECONDS)
    time.sleep(IDLE_SECONDS)
    for server, process in running:
        samples.add(figures.IDLE_MEMORY, server.name, process.memory().pss)


def _reads(running: Running, samples: Samples, slug: str, rate: figures.Figure, slowest: figures.Figure) -> None:
    for _ in range(ROUNDS):
        for server, process in running:
            done = load.read(process, server.thread_url(slug), connections=CONNECTIONS, seconds=LOAD_SECONDS)
            samples.add(rate, server.name, done.per_second)
            samples.add(slowest, server.name, done.p99_ms)
            _note(samples, server, done)
            server.settle()


def _fresh_pages(running: Running, samples: Samples) -> None:
    for _ in range(ROUNDS):
        for server, _process in running:
            if isinstance(server, PremodServer):
                samples.add(figures.FRESH_P99, server.name, _fresh_page_p99_ms(server))


def _fresh_page_p99_ms(server: PremodServer) -> float:
    url = urlsplit(server.thread_url(workload.LONG.slug))
    taken = []
    connection = http.client.HTTPConnection(url.netloc, timeout=30)
    for _ in range(FRESH_PAGES):
        server.change(workload.LONG.slug)
        began = time.perf_counter()
        connection.request("GET", url.path)
        connection.getresponse().read()
        taken.append((time.perf_counter() - began) * 1e3)
    connection.close()
    return sorted(taken)[int(len(taken) * PERCENTILE)]


def _posts(running: Running, samples: Samples, folder: Path) -> None:
    acknowledged = {server.name: 0 for server, _ in running}
    before = {server.name: server.stored() for server, _ in running}
    for _ in range(ROUNDS):
        for server, process in running:
            done = load.post(process, server.url, server.posting, folder, connections=CONNECTIONS, seconds=LOAD_SECONDS)
            samples.add(figures.POSTS, server.name, done.per_second)
            samples.add(figures.POST_P99, server.name, done.p99_ms)
            acknowledged[server.name] += done.acknowledged
            _note(samples, server, done)
            server.settle()
    for server, _ in running:
        stored = server.stored() - before[server.name]
        note = f"{server.name} acknowledged {acknowledged[server.name]:,} posts and stored {stored:,}"
        samples.notes.append(note + ("." if stored >= acknowledged[server.name] else ": **some are lost**."))


def _note(samples: Samples, server: Server, done: load.Load) -> None:
    samples.commands[done.command] = None
    samples.others_cores.append(done.others_cores)
    if done.refused or done.broken:
        samples.notes.append(f"{server.name}: {done.refused} answers refused, {done.broken} broken: `{done.command}`")
