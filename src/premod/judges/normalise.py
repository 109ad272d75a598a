"""The judges' own copy of a text. The reader's text is never changed: every span leads back to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from premod.judges import letters

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zß-ɏ]")
_LINE_BREAKS = str.maketrans("\n\r\t", "   ")
# Unicode sorts a letter's marks by insertion: thousands on one letter would take quadratic time, and no language
# needs more than a few.
_MARKS_READ = 4


@dataclass(frozen=True, slots=True)
class Normalised:
    """A copy of a text for judges. Character ``i`` of ``text`` stands for ``original[starts[i]:ends[i]]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands in the reader's text. Raise ValueError for an empty span."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{start}:{end} is no span of {len(self.text)} characters")
        return self.starts[start], self.ends[end - 1]

    def replaced(self, text: str) -> Normalised:
        """Return a copy that reads ``text``, which must be as long, position for position."""
        return Normalised(text, self.starts, self.ends)

    def kept(self, positions: Sequence[int]) -> Normalised:
        """Return a copy with only the characters at ``positions``, in rising order."""
        return Normalised(
            "".join([self.text[position] for position in positions]),
            [self.starts[position] for position in positions],
            [self.ends[position] for position in positions],
        )


def normalise(text: str, language: str = "") -> Normalised:
    """Return the judges' copy of ``text``.

    Compatibility forms and case are folded, unseen characters and marks dropped, script variants unified, and a word
    that mixes scripts is read as Latin.
    ``language`` matters for the case of Turkish letters only. Never raises; takes time linear in the length.
    """
    one_line = text.translate(_LINE_BREAKS)
    if one_line.isascii() and one_line.isprintable() and language != "tr":
        return Normalised(one_line.lower(), range(len(text)), range(1, len(text) + 1))
    pieces, starts, ends = [], [], []
    for start, end in _clusters(text):
        for character in _folded(text[start : min(end, start + 1 + _MARKS_READ)], language):
            pieces.append(character)
            starts.append(start)
            ends.append(end)
    return Normalised(_WORD.sub(_without_lookalikes, "".join(pieces)), starts, ends)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each character with the marks and unseen characters that follow it."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not (text[position] > "\x7f" and letters.is_ignorable(text[position])):
            yield start, position
            start = position


# A text repeats few letters many times.
@lru_cache(maxsize=8192)
def _folded(cluster: str, language: str) -> str:
    if len(cluster) == 1 and cluster.isascii() and cluster.isprintable():
        return letters.fold_case(cluster, language)
    visible = [character for character in cluster if not _is_unseen(character)]
    composed = unicodedata.normalize("NFKC", "".join(visible))
    folded = unicodedata.normalize("NFKC", letters.fold_case(composed, language))
    return "".join(_plain(character) for character in folded if not letters.is_ignorable(character))


def _is_unseen(character: str) -> bool:
    return letters.is_ignorable(character) and not letters.is_decoration(character)


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Cs":
        return "\ufffd"
    return letters.plain_letters(character).translate(letters.lookalikes("always"))


def _without_lookalikes(word: re.Match[str]) -> str:
    found = word.group()
    return found.translate(letters.lookalikes("mixed")) if not found.isascii() and _LATIN.search(found) else found
