"""Criticism of the publisher's own work, which no guideline forbids and no machine rejects."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable

from premod.domain.verdict import Evidence, Submission, Verdict
from premod.judges.finder import Found, TermFinder
from premod.judges.language import LANGUAGES, identify_language
from premod.judges.normalise import normalise
from premod.judges.terms import Match, Term, is_comment, read_affixes

SIGNAL = "publisher_criticism"


class Kind(StrEnum):
    """What a term says about the publisher: it NAMES it, it is a word of the PRESS, PERHAPS one, or an ADDRESS."""

    NAMES = "names"
    PRESS = "press"
    PERHAPS = "perhaps"
    ADDRESS = "address"


# Set by hand to say on which side of even odds each finding lies: protecting one comment too many only costs a
# moderator's look. On the train split of newsroom.jsonl and contrast.jsonl 80 to 90 % of the comments written as
# criticism of the publisher reach even odds, and 4 to 7 % of all others, many of which are about the publisher too.
NAMED_SCORE = 0.9
ADDRESSED_SCORE = 0.7
PERHAPS_ADDRESSED_SCORE = 0.55
SUBJECT_SCORE = 0.5
PRESS_SCORE = 0.3

# In a comment no longer than this a single word of the press is taken for its subject, in longer ones two are.
_BRIEF_LETTERS = 60

# A shorter name, such as "Sun", is an ordinary word as well.
_TELLING_NAME_LETTERS = 6

# How far a form of address may stand from the word of the press, in characters.
_ADDRESSED_WITHIN = 60
_PERHAPS_ADDRESSED_WITHIN = 30


class PublisherJudge:
    """Scores one signal, ``publisher_criticism``: the comment is about the publisher or its journalism, fair or not.

    It is scored only where something was found. Evidence is the words it was recognised by.
    """

    name = "publisher"

    def __init__(self, folder: Traversable | None = None) -> None:
        """Read the lists in ``folder``, by default the packaged ones. Raise TermListError for a faulty row."""
        folder = folder or files("premod.judges").joinpath("publisher_terms")
        affixes = read_affixes(files("premod.judges").joinpath("lexicons", "affixes.tsv"))
        self._finders = {
            language: TermFinder(_read(folder.joinpath(f"{language}.tsv"), language), affixes) for language in LANGUAGES
        }

    def judge(self, submissions: Sequence[Submission]) -> Sequence[Verdict]:
        return [self._verdict(submission) for submission in submissions]

    def _verdict(self, submission: Submission) -> Verdict:
        language = submission.language or identify_language(submission.text)
        copy = normalise(submission.text, language)
        found = self._finders[language].find(copy) if language in self._finders else []
        spans = _spans_by_kind(found)
        for kind, span in _publisher_named(normalise(submission.publisher, language).text, copy.text):
            spans[kind].append(span)
        score, resting_on = _score(spans, len(copy.text))
        if not score:
            return Verdict(self.name)
        evidence = {Evidence(SIGNAL, *copy.span(start, end)) for start, end in resting_on}
        return Verdict(self.name, {SIGNAL: score}, tuple(sorted(evidence)))


def _read(path: Traversable, language: str) -> list[Term]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not is_comment(line)]
    return [
        Term(normalise(text, language).text, language, Kind(kind), 1, Match(match)) for text, kind, match in rows[1:]
    ]


def _publisher_named(name: str, text: str) -> list[tuple[Kind, tuple[int, int]]]:
    """Find the publisher's name at the start of a word: many languages hang endings on it."""
    name = name.removeprefix("the ").strip()
    if not name:
        return []
    telling = " " in name or len(name) >= _TELLING_NAME_LETTERS
    pattern = re.compile(rf"(?<![^\W_]){re.escape(name)}" + ("" if telling else r"(?![^\W_])"))
    return [(Kind.NAMES if telling else Kind.PERHAPS, match.span()) for match in pattern.finditer(text)]


def _spans_by_kind(found: Iterable[Found]) -> dict[str, list[tuple[int, int]]]:
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for item in found:
        spans[item.term.guideline].append((item.start, item.end))
    return spans


def _score(spans: dict[str, list[tuple[int, int]]], letters: int) -> tuple[float, list[tuple[int, int]]]:
    if spans[Kind.NAMES]:
        return NAMED_SCORE, spans[Kind.NAMES]
    if addressed := _near(spans[Kind.PRESS], spans[Kind.ADDRESS], _ADDRESSED_WITHIN):
        return ADDRESSED_SCORE, addressed
    if addressed := _near(spans[Kind.PERHAPS], spans[Kind.ADDRESS], _PERHAPS_ADDRESSED_WITHIN):
        return PERHAPS_ADDRESSED_SCORE, addressed
    if spans[Kind.PRESS] and (letters <= _BRIEF_LETTERS or len(spans[Kind.PRESS]) > 1):
        return SUBJECT_SCORE, spans[Kind.PRESS]
    if spans[Kind.PRESS]:
        return PRESS_SCORE, spans[Kind.PRESS]
    return 0.0, []


def _near(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]], within: int) -> list[tuple[int, int]]:
    """Return those of ``spans`` that one of ``others`` starts or ends close to, at most ``within`` characters off."""
    edges = sorted(edge for span in others for edge in span)
    found = []
    for start, end in spans:
        after = bisect_left(edges, start - within)
        if after < len(edges) and edges[after] <= end + within:
            found.append((start, end))
    return found
