"""Term lists: reading them, and finding their terms in a reading of a text. The format is in docs/lexicons.md."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable
from itertools import accumulate

import ahocorasick

from premod.judges.letters import skeleton
from premod.judges.normalise import Normalised, normalise

COLUMNS = ("term", "guideline", "severity", "match", "note")
SEVERITIES = (1, 2, 3)

# A word longer than this carries no term with affixes.
_LONGEST_WORD_LETTERS = 32
_LONGEST_AFFIX_CHAIN = 3
# Shorter words of one language are innocent words of another, and fall together by chance across a gap.
_LONG_FROM_LETTERS = 6
# From this length on, a term is also found where its diacritics are missing: shorter ones would turn into other words.
_BARE_FROM_LETTERS = {"ar": 4, "ckb": 4}
_BARE_FROM_LETTERS_LATIN = 5


class TermListError(ValueError):
    """A term list breaks its format; the message names the file and the line."""


class Match(StrEnum):
    WORD = "word"
    STEM = "stem"
    PREFIX = "prefix"
    ENDING = "ending"
    ANYWHERE = "anywhere"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a list. ``text`` is in the form that normalise() gives."""

    text: str
    language: str
    guideline: str
    severity: int
    match: Match


@dataclass(frozen=True, slots=True)
class Found:
    """A term found at ``reading.text[start:end]``; a stem with the affixes it carries."""

    term: Term
    start: int
    end: int


def read_terms(path: Traversable, language: str) -> list[Term]:
    """Read one list. Raise TermListError for a row that breaks the format."""
    terms = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.rstrip("\n").split("\t")
        if is_comment(line) or cells[0] == COLUMNS[0]:
            continue
        try:
            text, guideline, severity, match = cells[:4]
            terms.append(Term(normalise(text, language).text, language, guideline, int(severity), Match(match)))
        except ValueError as error:
            raise TermListError(f"{path.name}, line {number}: {error}") from error
        if not terms[-1].text or terms[-1].severity not in SEVERITIES:
            raise TermListError(f"{path.name}, line {number}: a term and a severity from 1 to 3 are needed")
    return terms


def is_comment(line: str) -> bool:
    """Tell whether a line of a list says nothing: it is empty, or starts with "# "."""
    return not line.strip() or line.startswith("# ")


@dataclass(frozen=True, slots=True)
class Affixes:
    """What stems of one language may carry, as patterns for the whole of what stands before and behind one."""

    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    suffixes: tuple[str, ...]


def read_affixes(path: Traversable) -> dict[str, Affixes]:
    listed: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if not is_comment(line) and not line.startswith("language\t"):
            language, kind, affixes = line.split("\t")
            listed[language, kind] += [normalise(affix, language).text for affix in affixes.split()]
    languages = {language for language, _ in listed}
    return {
        language: Affixes(
            _chain(listed[language, "prefix"]), _chain(listed[language, "suffix"]), tuple(listed[language, "suffix"])
        )
        for language in languages
    }


def _chain(affixes: Iterable[str]) -> re.Pattern[str]:
    pieces = "|".join(sorted(map(re.escape, {form for affix in affixes for form in (affix, skeleton(affix))})))
    return re.compile(f"(?:{pieces}){{0,{_LONGEST_AFFIX_CHAIN}}}" if pieces else "")


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


NO_AFFIXES = Affixes(re.compile(""), re.compile(""), ())


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
            if _is_long_and_grave(item.term) and _is_split(unspaced, item.start, item.end)
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


def travels(term: Term) -> bool:
    """Tell whether a term counts in texts of any language: allowed phrases do, and grave terms of some length."""
    return term.match in {Match.ALLOW, Match.ANYWHERE} or _is_long_and_grave(term)


def _is_long_and_grave(term: Term) -> bool:
    return term.severity == max(SEVERITIES) and len(term.text) >= _LONG_FROM_LETTERS and term.match is not Match.ALLOW


def _is_split(unspaced: Normalised, start: int, end: int) -> bool:
    gaps = [
        position for position in range(start, end + 1)
        if position in {0, len(unspaced.text)}
        or unspaced.starts[position] > unspaced.ends[position - 1]
        or not (unspaced.text[position - 1].isalnum() and unspaced.text[position].isalnum())
    ]
    return gaps[:1] == [start] and gaps[-1:] == [end] and len(gaps) > 2


def is_spelled(found: str, term: Term) -> bool:
    """Tell whether ``found``, which has the term's skeleton, spells the term and not another word.

    Diacritics may be missing from a term long enough to be known without them; English has none, so there they may be
    added.
    """
    if found == term.text:
        return True
    letters = _BARE_FROM_LETTERS.get(term.language, _BARE_FROM_LETTERS_LATIN)
    if term.language == "en":
        return len(term.text) >= letters - 1
    if len(term.text) < letters:
        return False
    return all(
        letter == listed or letter == skeleton(listed) or (letter in "ıi" and listed in "ıi")
        for letter, listed in zip(found, term.text, strict=True)
    )


def _opens_word(text: str, start: int) -> bool:
    return start == 0 or not text[start - 1].isalnum() or not text[start].isalnum()


def _closes_word(text: str, end: int) -> bool:
    return end == len(text) or not text[end].isalnum() or not text[end - 1].isalnum()


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    limit = _LONGEST_WORD_LETTERS + 1
    first = start
    while first > 0 and start - first < limit and text[first - 1].isalnum():
        first -= 1
    last = end
    while last < len(text) and last - end < limit and text[last].isalnum():
        last += 1
    return first, last

