"""Measure premod and Isso on the same work, print the tables and write them to docs/performance.md: ``make bench``."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import report
import workload
from isso_server import VERSIONS, IssoServer
from measure import measure
from premod_server import PremodServer
from server import Server

OUT = Path(__file__).resolve().parent / "out"
BACKGROUND_COMMENTS = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=0, help="measure with this many comments in the database, too")
    parser.add_argument("--out", type=Path, help="the Markdown page to put the tables into")
    wanted = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed: apt-get install wrk")
    ours = PremodServer("premod", OUT / "premod", BACKGROUND_COMMENTS)
    isso = IssoServer(OUT / "isso", OUT / "isso-venv")
    servers: list[Server] = [ours, isso]
    isso.install()
    print(f"{ours.name}: {ours.fill()}", flush=True)
    print(f"{isso.name}: {isso.fill(workload.threads(BACKGROUND_COMMENTS))}", flush=True)
    if wanted.scale:
        large = PremodServer(f"premod, {wanted.scale:,} comments", OUT / "premod-scale", wanted.scale)
        print(f"{large.name}: {large.fill()}", flush=True)
        servers.append(large)
    samples = measure(servers, OUT)
    lines = list(report.against_isso(samples, ours.name, isso.name))
    if wanted.scale:
        lines += ["", *report.against_scale(samples, ours.name, servers[-1].name)]
    lines += [
        "",
        *report.conditions(samples, VERSIONS, f"make bench SCALE={wanted.scale}" if wanted.scale else "make bench"),
    ]
    print("\n".join(["", *lines]))
    if wanted.out:
        report.write(wanted.out, lines)


if __name__ == "__main__":
    main()
