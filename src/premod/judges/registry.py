"""Judges by name, from the entry points "premod.judges"."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from premod.judges.base import Judge

DEFAULT_JUDGES = ("lexicon", "promotion", "publisher")


class UnknownJudgeError(LookupError):
    """No installed package offers a judge of this name."""


def load_judges(names: Sequence[str]) -> list[Judge]:
    """Make each named judge, in the given order. Raise UnknownJudgeError naming those that are installed."""
    return [cast("Judge", found.load()()) for found in find_judges(names)]


def find_judges(names: Sequence[str]) -> list[EntryPoint]:
    """Find each named judge without importing it. Raise UnknownJudgeError naming those that are installed."""
    installed = entry_points(group="premod.judges")
    for name in names:
        if name not in installed.names:
            raise UnknownJudgeError(f"no judge {name!r}; installed: {', '.join(sorted(installed.names))}")
    return [installed[name] for name in names]
