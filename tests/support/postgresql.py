"""A throw-away PostgreSQL cluster: ``python postgresql.py COMMAND …`` runs a command with one at hand.

PREMOD_TEST_DATABASE_URL names the cluster for the command; where it is set already, that one is used.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server import free_port


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster under a non-root user, on a free port and with fsync on; yield its URL; remove it at the end."""
    programs = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
    if programs is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="premod-postgresql-") as folder:
        owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if owner:
            postgres = pwd.getpwnam("postgres")
            os.chown(folder, postgres.pw_uid, postgres.pw_gid)
        data, port = f"{folder}/data", free_port()
        control = [*owner, str(programs / "pg_ctl"), "-D", data]
        initdb = [
            *owner,
            str(programs / "initdb"),
            "-D",
            data,
            "-U",
            "premod",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        ]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=50"
        start = [*control, "-w", "-l", f"{folder}/log", "-o", options, "start"]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            yield f"postgresql://premod@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, cwd=folder)


def main(command: list[str]) -> int:
    executable = shutil.which(command[0]) or command[0]
    if os.environ.get("PREMOD_TEST_DATABASE_URL"):
        return subprocess.run([executable, *command[1:]], check=False).returncode
    with cluster() as url:
        environment = {**os.environ, "PREMOD_TEST_DATABASE_URL": url, "PREMOD_DATABASE_URL": url}
        return subprocess.run([executable, *command[1:]], check=False, env=environment).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
