"""premod: a comment system in which every comment is judged before it is published, and none is ever edited."""

from __future__ import annotations

from importlib.metadata import version

__version__ = version("premod")
