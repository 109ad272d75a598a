"""Adverts: links, telephone numbers, handles and offers, for a business or for the commenter themself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable

from premod.domain.verdict import Evidence, Submission, Verdict
from premod.judges.contacts import find_addresses, find_handles, find_numbers
from premod.judges.finder import Spans, TermFinder
from premod.judges.language import LANGUAGES, identify_language
from premod.judges.links import Kind, find_links
from premod.judges.normalise import Normalised, normalise
from premod.judges.terms import Match, Term, is_comment, read_affixes

COMMERCIAL = "commercial_promotion"
PERSONAL = "personal_promotion"


class Cue(StrEnum):
    """What a span says.

    Of the terms: an OFFER or a word of SALE, a CALL to get in touch, a CHANNEL's name, the commenter's OWN page or
    candidacy, or a word of SELF-promotion. Of the rest: a NUMBER, an ADDRESS, a HANDLE, a link to a STALL, where people
    sell and recruit, or a LINK that leads elsewhere than to a source.
    """

    OFFER = "offer"
    SALE = "sale"
    CALL = "call"
    CHANNEL = "channel"
    OWN = "own"
    SELF = "self"
    NUMBER = "number"
    ADDRESS = "address"
    HANDLE = "handle"
    STALL = "stall"
    LINK = "link"


Cues = dict[Cue, list[tuple[int, int]]]

_CONTACT = frozenset({Cue.NUMBER, Cue.ADDRESS, Cue.STALL, Cue.LINK})
_REACH = _CONTACT | {Cue.CALL, Cue.CHANNEL, Cue.HANDLE}


@dataclass(frozen=True, slots=True)
class _Case:
    """At least so many strong cues, so many strong and weak ones together, and one of ``given`` where that is named."""

    strong: int
    together: int
    given: frozenset[Cue] | None
    score: float

    def holds(self, strong: int, weak: int, spans: Cues) -> bool:
        reached = self.given is None or not self.given.isdisjoint(spans)
        return reached and strong >= self.strong and strong + weak >= self.together


# The first case that holds gives the score: the share of promotion among the promoting and the fair comments in it, on
# the train split of newsroom.jsonl and contrast.jsonl (1,747 promoting, 14,602 fair), rounded down, and held under the
# rejecting scores where fewer than fifty comments stand behind it. No fair comment of that split is rejected.
_COMMERCIAL = (
    _Case(1, 1, _CONTACT, 0.97),
    _Case(1, 2, _REACH, 0.97),
    _Case(2, 4, None, 0.96),
    _Case(0, 2, _CONTACT, 0.9),
    _Case(1, 1, _REACH, 0.85),
    _Case(1, 3, None, 0.8),
    _Case(0, 1, _REACH, 0.6),
    _Case(1, 1, None, 0.4),
    _Case(0, 0, _CONTACT, 0.6),
    _Case(0, 1, None, 0.2),
    _Case(0, 0, _REACH, 0.2),
)
_PERSONAL = (
    _Case(1, 1, _CONTACT, 0.97),
    _Case(1, 2, None, 0.97),
    _Case(1, 1, _REACH, 0.93),
    _Case(1, 1, None, 0.7),
    _Case(0, 1, _REACH, 0.6),
    _Case(0, 0, _CONTACT, 0.4),
    _Case(0, 1, None, 0.2),
    _Case(0, 0, _REACH, 0.2),
)


class PromotionJudge:
    """Scores ``commercial_promotion`` and ``personal_promotion``, only where a cue was found.

    A link to a source is no cue. Evidence is the links, numbers, handles and phrases the score rests on.
    """

    name = "promotion"

    def __init__(self, folder: Traversable | None = None) -> None:
        """Read the lists in ``folder``, by default the packaged ones."""
        folder = folder or files("premod.judges").joinpath("promotion_terms")
        affixes = read_affixes(files("premod.judges").joinpath("lexicons", "affixes.tsv"))
        everywhere = _read(folder.joinpath("any.tsv"), "")
        self._finders = {
            language: TermFinder([*everywhere, *_read(folder.joinpath(f"{language}.tsv"), language)], affixes)
            for language in LANGUAGES
        }

    def judge(self, submissions: Sequence[Submission]) -> Sequence[Verdict]:
        return [self._verdict(submission) for submission in submissions]

    def _verdict(self, submission: Submission) -> Verdict:
        language = submission.language or identify_language(submission.text)
        copy = normalise(submission.text, language)
        spans = self._cues(copy, language)
        if not spans:
            return Verdict(self.name)
        found = {
            COMMERCIAL: _score(_COMMERCIAL, spans, Cue.OFFER, Cue.SALE),
            PERSONAL: _score(_PERSONAL, spans, Cue.OWN, Cue.SELF),
        }
        scores = {code: score for code, score in found.items() if score}
        evidence = {
            Evidence(code, *copy.span(*span))
            for code, others in ((COMMERCIAL, {Cue.OWN, Cue.SELF}), (PERSONAL, {Cue.OFFER, Cue.SALE}))
            if code in scores
            for cue in spans.keys() - others
            for span in spans[cue]
        }
        return Verdict(self.name, scores, tuple(sorted(evidence)))

    def _cues(self, copy: Normalised, language: str) -> Cues:
        spans: defaultdict[Cue, list[tuple[int, int]]] = defaultdict(list)
        for found in self._finders.get(language, self._finders["en"]).find(copy):
            spans[Cue(found.term.guideline)].append((found.start, found.end))
        for cue, found_spans in (
            (Cue.NUMBER, find_numbers(copy.text)),
            (Cue.ADDRESS, find_addresses(copy.text)),
            (Cue.HANDLE, find_handles(copy.text)),
        ):
            spans[cue].extend(found_spans)
        for link in find_links(copy.text):
            if link.kind is not Kind.SOURCE:
                spans[Cue.STALL if link.kind is Kind.CHANNEL else Cue.LINK].append((link.start, link.end))
        if spans[Cue.CALL] or spans[Cue.CHANNEL]:
            # Alone it addresses another reader; "on Telegram @name" is where to find the advertiser.
            spans[Cue.ADDRESS] += spans[Cue.HANDLE]
        for strong, weak in ((Cue.OFFER, Cue.SALE), (Cue.OWN, Cue.SELF)):
            # The words of an offer are no further cue beside it.
            covering = Spans(spans[strong])
            spans[weak] = [span for span in spans[weak] if not covering.cover(*span)]
        return {cue: _outermost(found) for cue, found in spans.items() if found}


def _score(cases: Sequence[_Case], spans: Cues, strong: Cue, weak: Cue) -> float:
    counts = len(spans.get(strong, ())), len(spans.get(weak, ()))
    return next((case.score for case in cases if case.holds(*counts, spans)), 0.0)


def _read(path: Traversable, language: str) -> list[Term]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not is_comment(line)]
    return [Term(normalise(text, language).text, language, Cue(cue), 1, Match(match)) for text, cue, match in rows[1:]]


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop the spans that lie within another one: "my page" within "on my page" is one cue."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept
