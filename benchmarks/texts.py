"""Texts to post: paragraphs of Python's own language reference, which every installation of Python brings along."""

from __future__ import annotations

import re
from functools import cache
from pydoc_data.topics import topics

SHORTEST_CHARACTERS = 20
LONGEST_CHARACTERS = 600
_PROSE = re.compile(r"[A-Z][^=>{}|]+[.:]")


@cache
def paragraphs() -> tuple[str, ...]:
    """Return some two thousand distinct texts of 20 to 600 characters, the same ones in the same order every time."""
    found = (" ".join(part.split()) for topic in topics.values() for part in topic.split("\n\n"))
    fitting = (text for text in found if SHORTEST_CHARACTERS <= len(text) <= LONGEST_CHARACTERS)
    return tuple(dict.fromkeys(text for text in fitting if _PROSE.fullmatch(text)))
