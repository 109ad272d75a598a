"""Finding the terms of a list in a reading of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import ahocorasick

from premod.judges.letters import skeleton
from premod.judges.normalise import Normalised
from premod.judges.terms import NO_AFFIXES, Affixes, Match, Term, is_long_and_grave

# A word longer than this carries no term with affixes.
_LONGEST_WORD_LETTERS = 32
# From this length on, a term is also found where its diacritics are missing: shorter ones would turn into other words.
_BARE_FROM_LETTERS = {"ar": 4, "ckb": 4, "en": 4}
_BARE_FROM_LETTERS_ELSEWHERE = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A term found at ``reading.text[start:end]``; a stem with the affixes it carries."""

    term: Term
    start: int
    end: int


class Spans:
    """Some spans of a text, which may overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def cover(self, start: int, end: int) -> bool:
        """Tell whether one of the spans reaches over all of ``start`` to ``end``."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end


class TermFinder:
    """Finds every term of some lists in one pass over a reading."""

    def __init__(self, terms: Sequence[Term], affixes: Mapping[str, Affixes]) -> None:
        self._affixes = affixes
        self._automaton = ahocorasick.Automaton()
        by_skeleton: defaultdict[str, list[Term]] = defaultdict(list)
        for term in terms:
            by_skeleton[skeleton(term.text)].append(term)
        for bare, sharing in by_skeleton.items():
            self._automaton.add_word(bare, sharing)
        self._automaton.make_automaton()

    def find(self, reading: Normalised) -> Iterator[Found]:
        """Yield the terms that stand in ``reading`` as their kind of match asks, allowed phrases among them."""
        for item in self._spelled(reading):
            if span := self._span(reading, item.term, item.start, item.end):
                yield Found(item.term, *span)

    def find_split(self, unspaced: Normalised) -> list[Found]:
        """Return the terms that start at one gap or end of the text and end at another, with a gap between them.

        Few words fall together by chance: only grave terms of some length count.
        """
        return [
            item
            for item in self._spelled(unspaced)
            if is_long_and_grave(item.term) and _is_split(unspaced, item.start, item.end)
        ]

    def _spelled(self, reading: Normalised) -> Iterator[Found]:
        for last, terms in self._automaton.iter(skeleton(reading.text)) if len(self._automaton) else ():
            for term in terms:
                start, end = last + 1 - len(term.text), last + 1
                if is_spelled(reading.text[start:end], term):
                    yield Found(term, start, end)

    def _span(self, reading: Normalised, term: Term, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of the word that carries the term, or None where the term's kind of match forbids it."""
        text = reading.text
        opens, closes = _opens_word(text, start), _closes_word(text, end)
        if opens and closes:
            return start, end
        if term.match in {Match.WORD, Match.ALLOW}:
            return None
        if (term.match is Match.PREFIX and not opens) or (term.match is Match.ENDING and not closes):
            return None
        first, last = _word_around(text, start, end)
        if last - first > _LONGEST_WORD_LETTERS:
            return None if term.match is Match.STEM else (start, end)
        if term.match is Match.STEM:
            affixes = self._affixes.get(term.language, NO_AFFIXES)
            if not (affixes.prefix.fullmatch(text, first, start) and affixes.suffix.fullmatch(text, end, last)):
                return None
        return first, last


def _is_split(unspaced: Normalised, start: int, end: int) -> bool:
    """Tell whether a span starts and ends at the gaps of a text without its spaces, and has one within."""
    gaps = [position for position in range(start, end + 1) if _is_gap(unspaced, position)]
    return len(gaps) > len((start, end)) and gaps[0] == start and gaps[-1] == end


def _is_gap(unspaced: Normalised, position: int) -> bool:
    text = unspaced.text
    if position in {0, len(text)} or unspaced.starts[position] > unspaced.ends[position - 1]:
        return True
    # An apostrophe holds a word together: "he's hitless".
    return not all(character.isalnum() or character == "'" for character in text[position - 1 : position + 1])


def is_spelled(found: str, term: Term) -> bool:
    """Tell whether ``found``, which has the term's skeleton, spells the term and not another word.

    Diacritics may be missing from a term long enough to be known without them; English has none, so there they may be
    added.
    """
    if found == term.text:
        return True
    if len(term.text) < _BARE_FROM_LETTERS.get(term.language, _BARE_FROM_LETTERS_ELSEWHERE):
        return False
    return term.language == "en" or all(
        letter in (listed, skeleton(listed)) for letter, listed in zip(found, term.text, strict=True)
    )


def _opens_word(text: str, start: int) -> bool:
    return start == 0 or not text[start - 1].isalnum()


def _closes_word(text: str, end: int) -> bool:
    # A star continues a masked word: "f**" does not stand in "f**k" nor in "f***".
    return end == len(text) or not (text[end].isalnum() or text[end] == text[end - 1] == "*")


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    limit = _LONGEST_WORD_LETTERS + 1
    first = start
    while first > 0 and start - first < limit and text[first - 1].isalnum():
        first -= 1
    last = end
    while last < len(text) and last - end < limit and text[last].isalnum():
        last += 1
    return first, last
