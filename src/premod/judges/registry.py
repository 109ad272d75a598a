"""Judges by name, from the entry points "premod.judges"."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import cast

from premod.judges.base import Judge

DEFAULT_JUDGES = ("lexicon", "promotion", "publisher")


class UnknownJudgeError(LookupError):
    """No installed package offers a judge of this name."""


def load_judges(names: Sequence[str] = DEFAULT_JUDGES) -> list[Judge]:
    """Make each named judge, in the given order. Raise UnknownJudgeError naming those that are installed."""
    return [_load(name) for name in names]


def _load(name: str) -> Judge:
    installed = entry_points(group="premod.judges")
    found = installed.select(name=name)
    if not found:
        raise UnknownJudgeError(f"no judge {name!r}; installed: {', '.join(sorted(installed.names))}")
    return cast("Judge", next(iter(found)).load()())
