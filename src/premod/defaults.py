"""The guidelines that ship with premod."""

from __future__ import annotations

from importlib.resources import files

from premod.domain.guidelines import Guidelines, parse_guidelines

DEFAULT_GUIDELINES_SOURCE = (files("premod") / "guidelines.toml").read_text(encoding="utf-8")


def default_guidelines() -> Guidelines:
    """Return the shipped guidelines as number 0: they are no site's published version."""
    return parse_guidelines(DEFAULT_GUIDELINES_SOURCE, number=0)
