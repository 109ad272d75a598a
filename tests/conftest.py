"""What every test may ask for."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from support.rows import SITE
from support.server import Server


@pytest.fixture(scope="session")
def new_database() -> Callable[[], str]:
    """Return a maker of empty databases: SQLite's is named by an empty URL, since each server has its own folder."""
    cluster = os.environ.get("PREMOD_TEST_DATABASE_URL", "")

    def make() -> str:
        if not cluster:
            return ""
        name = f"premod_{uuid.uuid4().hex}"
        with psycopg.connect(cluster, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"{cluster.rpartition('/')[0]}/{name}"

    return make


@pytest.fixture(scope="session")
def new_server(
    tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]
) -> Iterator[Callable[..., Server]]:
    """Return a maker of installations; each is stopped at the end."""
    made: list[Server] = []

    def make(**settings: str) -> Server:
        made.append(Server(Path(tmp_path_factory.mktemp("premod")), new_database(), settings=settings))
        return made[-1]

    yield make
    for server in made:
        server.stop()


@pytest.fixture(scope="session")
def server(new_server: Callable[..., Server]) -> Server:
    """Return a running installation with server and worker, a site without rate limits, and an article: "harbour"."""
    running = new_server()
    running.start()
    running.python(SITE)
    return running
