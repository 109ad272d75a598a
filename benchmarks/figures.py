"""What is measured, what is promised of it, and the samples taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True, slots=True)
class Promise:
    """What a figure, or its ratio to Isso's, has to be: a sentence, and whether it is kept."""

    text: str
    kept: Callable[[float], bool]
    of_ratio: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    unit: str
    higher_is_better: bool = False
    promise: Promise | None = None


def at_most(limit: float, unit: str) -> Promise:
    return Promise(f"≤ {limit:g} {unit}", lambda value: value <= limit)


def at_least_times(ratio: float) -> Promise:
    return Promise(f"≥ {ratio:g} × Isso", lambda value: value >= ratio, of_ratio=True)


READS = Figure("50-comment thread, 16 connections", "answers/s", True, at_least_times(100))
READ_P99 = Figure("50-comment thread, 16 connections, p99", "ms", promise=at_most(10, "ms"))
PAGES = Figure("5,000-comment thread, first page, 16 connections", "answers/s", True)
PAGE_P99 = Figure("5,000-comment thread, first page, 16 connections, p99", "ms", promise=at_most(50, "ms"))
FRESH_P99 = Figure("the same page after each change of the thread, 1 connection, p99", "ms", promise=at_most(50, "ms"))
POSTS = Figure("durable posts, 16 connections", "posts/s", True, at_least_times(1.3))
POST_P99 = Figure("durable posts, 16 connections, p99", "ms", promise=at_most(100, "ms"))
DECISIONS = Figure("decisions of one worker", "decisions/s", True)
IDLE_MEMORY = Figure("memory, idle (PSS of all processes)", "MB")
PEAK_MEMORY = Figure("memory, highest under this load (PSS of all processes)", "MB", promise=at_most(250, "MB"))
PEAK_RSS = Figure("the same as RSS, which counts shared pages once in each process", "MB")
FIGURES = (
    READS, READ_P99, PAGES, PAGE_P99, FRESH_P99, POSTS, POST_P99, DECISIONS, IDLE_MEMORY, PEAK_MEMORY, PEAK_RSS,
)  # fmt: skip


@dataclass
class Samples:
    """Every value measured of each figure and server, and what a reader of the table should know besides."""

    values: defaultdict[tuple[Figure, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    commands: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    others_cores: list[float] = field(default_factory=list)

    def add(self, figure: Figure, server: str, value: float) -> None:
        self.values[figure, server].append(value)
        print(f"{server:>24}  {figure.what}: {number(value)} {figure.unit}", flush=True)

    def median(self, figure: Figure, server: str) -> float | None:
        taken = self.values.get((figure, server))
        return median(taken) if taken else None


def number(value: float) -> str:
    """Write a value with about three digits."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"  # noqa: PLR2004
