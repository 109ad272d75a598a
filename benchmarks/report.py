"""The tables, as Markdown, and their place in docs/performance.md."""

from __future__ import annotations

import platform
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from figures import FIGURES, Figure, Samples, number

BEGIN, END = "<!-- written by make bench: -->", "<!-- to here -->"
LARGEST_CHANGE = 0.2
PACKAGES = ("premod", "django", "granian")
FLAGS = ("avx2", "avx512f", "sha_ni", "aes")


def against_isso(samples: Samples, ours: str, theirs: str) -> Iterator[str]:
    yield f"| figure | {ours} | {theirs} | ratio | promised | kept |"
    yield "|---|--:|--:|--:|---|---|"
    for figure in FIGURES:
        mine, other = samples.median(figure, ours), samples.median(figure, theirs)
        if mine is None:
            continue
        ratio = mine / other if other else None
        promised, kept = _promise(figure, mine, ratio)
        cells = (_cell(samples, figure, ours), _cell(samples, figure, theirs), number(ratio) if ratio else "–")
        yield f"| {figure.what} ({figure.unit}) | {' | '.join(cells)} | {promised} | {kept} |"


def against_scale(samples: Samples, small: str, large: str) -> Iterator[str]:
    yield f"| figure | {small} | {large} | change | within a fifth |"
    yield "|---|--:|--:|--:|---|"
    for figure in FIGURES:
        before, after = samples.median(figure, small), samples.median(figure, large)
        if before is None or after is None:
            continue
        change = after / before - 1
        worse = -change if figure.higher_is_better else change
        verdict = "yes" if abs(change) <= LARGEST_CHANGE else "**no**" if worse > 0 else "better"
        cells = (_cell(samples, figure, small), _cell(samples, figure, large), f"{change:+.0%}")
        yield f"| {figure.what} ({figure.unit}) | {' | '.join(cells)} | {verdict} |"


def conditions(samples: Samples, isso: tuple[str, ...], command: str) -> Iterator[str]:
    others = max(samples.others_cores, default=0.0)
    versions = ", ".join([*(f"{name} {version(name)}" for name in PACKAGES), *isso])
    yield f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC by `{command}`; the load tool ran on the same machine, over"
    yield "loopback. Medians of the runs, with the lowest and the highest in parentheses."
    yield f"Processes that had no part in it used up to {others:.2f} cores meanwhile."
    yield ""
    yield f"- Processor: {_processor()}; {_memory_gb():.0f} GB of memory; Linux {platform.release()}."
    yield f"- Versions: Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}."
    yield from (f"- {note}" for note in samples.notes)
    yield ""
    yield "```text"
    yield from samples.commands
    yield "```"


def write(page: Path, lines: list[str]) -> None:
    """Put the lines between the page's two marks; what stands around them is written by hand."""
    text = page.read_text() if page.exists() else f"# Performance\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text("\n".join([f"{before}{BEGIN}", "", *lines, "", f"{END}{after}"]))


def _promise(figure: Figure, value: float, ratio: float | None) -> tuple[str, str]:
    if figure.promise is None:
        return "–", "–"
    found = ratio if figure.promise.of_ratio else value
    return figure.promise.text, "–" if found is None else "yes" if figure.promise.kept(found) else "**no**"


def _cell(samples: Samples, figure: Figure, server: str) -> str:
    values = samples.values.get((figure, server), [])
    middle = samples.median(figure, server)
    if middle is None:
        return "–"
    return f"{number(middle)} ({number(min(values))}–{number(max(values))})" if len(values) > 1 else number(middle)


def _processor() -> str:
    lines = subprocess.run(["lscpu"], capture_output=True, text=True, check=True).stdout.splitlines()
    found = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    known = " ".join(flag for flag in FLAGS if flag in found.get("Flags", "").split())
    model = f"family {found.get('CPU family', '?')} model {found.get('Model', '?')}"
    return f"{found['CPU(s)']} × {found.get('Model name', found['Architecture'])} ({model}; {known})"


def _memory_gb() -> float:
    return int(Path("/proc/meminfo").read_text().split()[1]) * 1024 / 1e9
