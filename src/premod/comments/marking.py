"""Evidence in a text: the text cut into marked and unmarked pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; ``labels`` name what it is evidence of, and an unmarked one has none."""

    text: str
    labels: tuple[str, ...] = ()

    @property
    def marked(self) -> bool:
        return bool(self.labels)


def marked_pieces(text: str, spans: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """Cut a text along spans ``(start, end, label)`` counted in code points. The pieces joined are the text.

    Spans that overlap or touch become one piece with the labels of all of them.
    """
    pieces: list[Piece] = []
    done = 0
    for start, end, labels in _merged(spans, len(text)):
        pieces.append(Piece(text[done:start]))
        pieces.append(Piece(text[start:end], labels))
        done = end
    pieces.append(Piece(text[done:]))
    return [piece for piece in pieces if piece.text]


def _merged(spans: Iterable[tuple[int, int, str]], length: int) -> list[tuple[int, int, tuple[str, ...]]]:
    merged: list[tuple[int, int, tuple[str, ...]]] = []
    for start, given_end, label in sorted(spans):
        end = min(given_end, length)
        if merged and start <= merged[-1][1]:
            first, last, labels = merged[-1]
            merged[-1] = (first, max(last, end), labels if label in labels else (*labels, label))
        elif start < length:
            merged.append((start, end, (label,)))
    return merged
