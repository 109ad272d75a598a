"""The words at fault in a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool


def marked_pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """Cut a text along spans counted in code points; spans that meet are one. The pieces joined are the text."""
    pieces: list[Piece] = []
    done = 0
    for start, end in _merged(sorted(spans), len(text)):
        pieces.append(Piece(text[done:start], marked=False))
        pieces.append(Piece(text[start:end], marked=True))
        done = end
    pieces.append(Piece(text[done:], marked=False))
    return [piece for piece in pieces if piece.text]


def _merged(spans: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], min(end, length)))
        elif start < length:
            merged.append((start, min(end, length)))
    return merged
