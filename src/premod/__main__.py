"""``python -m premod`` is ``premod``."""

from __future__ import annotations

from premod.cli import main

main(prog_name="premod")
