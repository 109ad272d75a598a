"""Adverts, for a business or for the commenter themself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from importlib.resources.abc import Traversable

from premod.domain.verdict import Evidence, Submission, Verdict
from premod.judges.language import identify_language
from premod.judges.promotion_cues import Cue, CueFinder, Mark

COMMERCIAL = "commercial_promotion"
PERSONAL = "personal_promotion"

# Points for each cue: the coefficients of a logistic model of comments up to 260 characters (newsroom.jsonl and
# contrast.jsonl, train split), rounded, and shrunk towards one another since the lists were pruned on the same rows.
WEIGHTS: Mapping[str, Mapping[Cue, int]] = {
    COMMERCIAL: {
        Cue.OFFER: 5, Cue.CODE: 5, Cue.NUMBER: 5, Cue.ADDRESS: 5, Cue.STALL: 5, Cue.SITE: 5, Cue.LINK: 3, Cue.CALL: 3,
        Cue.CHANNEL: 3, Cue.SALE: 2, Cue.PRICE: 2, Cue.RATE: 2, Cue.OWN: 1, Cue.WARNING: -3,
    },
    PERSONAL: {
        Cue.OWN: 5, Cue.SITE: 4, Cue.ADDRESS: 4, Cue.NUMBER: 3, Cue.STALL: 3, Cue.LINK: 3, Cue.CALL: 3, Cue.CHANNEL: 3,
        Cue.SELF: 2, Cue.HANDLE: 2, Cue.PRICE: 1, Cue.OFFER: 1, Cue.WARNING: -3,
    },
}  # fmt: skip
# From so many points on, the score: the share of promotion among the promoting and the fair comments of the train split
# with as many points, brought to the proportions of its "stream" segment (17 promoting, 882 fair) and held at 0.97. Of
# 1,152 commercial, 607 personal and 14,602 fair comments the highest score went to 427, 248 and one. Where fewer points
# are found, fewer than one comment in twenty promotes anything: no score.
SHARES: Mapping[str, Sequence[tuple[int, float]]] = {
    COMMERCIAL: ((7, 0.97), (5, 0.45), (4, 0.21), (3, 0.06)),
    PERSONAL: ((7, 0.97), (5, 0.6), (4, 0.4)),
}
# Without any of these a comment only says how to reach somebody: a family looking for a missing child does so too.
SUBJECTS: Mapping[str, frozenset[Cue]] = {
    COMMERCIAL: frozenset({Cue.OFFER, Cue.CODE, Cue.SALE, Cue.PRICE, Cue.RATE}),
    PERSONAL: frozenset({Cue.OWN, Cue.SELF}),
}
# Without any of these nobody is told where to buy, and it takes more to tell an offer from talk about one: of the terms
# that were listed without a look at the data, four in fifteen comments they decided were fair.
REACH = frozenset(
    {Cue.CODE, Cue.NUMBER, Cue.ADDRESS, Cue.STALL, Cue.SITE, Cue.LINK, Cue.CALL, Cue.CHANNEL, Cue.HANDLE, Cue.OWN}
)
_POINTS_WITHOUT_REACH = 9
_POINTS_IN_DOUBT = 6
# Cues further apart than an advert is long have nothing to do with one another.
WINDOW_CHARACTERS = 200
_MARKS_COUNTED = 2


class PromotionJudge:
    """Scores ``commercial_promotion`` and ``personal_promotion``, only where the cues found make it likely.

    A link to a source is no cue. Evidence is the links, numbers, handles and phrases the score rests on.
    """

    name = "promotion"

    def __init__(self, folder: Traversable | None = None) -> None:
        """Read the lists in ``folder``, by default the packaged ones."""
        self._cues = CueFinder(folder)

    def judge(self, submissions: Sequence[Submission]) -> Sequence[Verdict]:
        return [self._verdict(submission) for submission in submissions]

    def _verdict(self, submission: Submission) -> Verdict:
        marks = self._cues.find(submission.text, submission.language or identify_language(submission.text))
        scores: dict[str, float] = {}
        evidence: set[Evidence] = set()
        for code, shares in SHARES.items():
            points, resting_on = heaviest_window(marks, WEIGHTS[code])
            if not _is_whole(code, points, {mark.cue for mark in resting_on}):
                points = min(points, _POINTS_IN_DOUBT)
            if score := next((share for least, share in shares if points >= least), 0.0):
                scores[code] = score
                evidence.update(Evidence(code, mark.start, mark.end) for mark in resting_on)
        return Verdict(self.name, scores, tuple(sorted(evidence)))


def _is_whole(code: str, points: int, cues: AbstractSet[Cue]) -> bool:
    """Tell whether something is promoted, and whether a reader would know where to turn for it."""
    reached = code == PERSONAL or points >= _POINTS_WITHOUT_REACH or not REACH.isdisjoint(cues)
    return reached and not SUBJECTS[code].isdisjoint(cues)


def heaviest_window(marks: Sequence[Mark], weights: Mapping[Cue, int]) -> tuple[int, list[Mark]]:
    """Return the most points that marks within one window make, and those of them that add points.

    The first two marks of a cue count. What weighs less than nothing, a warning, counts once, wherever it stands.
    ``marks`` are in the order they stand.
    """
    adding = [mark for mark in marks if weights.get(mark.cue, 0) > 0]
    best, resting_on = 0, slice(0, 0)
    counts: Counter[Cue] = Counter()
    first = 0
    for last, mark in enumerate(adding):
        counts[mark.cue] += 1
        while mark.end - adding[first].start > WINDOW_CHARACTERS and first < last:
            counts[adding[first].cue] -= 1
            first += 1
        points = sum(weights[cue] * min(count, _MARKS_COUNTED) for cue, count in counts.items())
        if points > best:
            best, resting_on = points, slice(first, last + 1)
    against = {mark.cue for mark in marks if weights.get(mark.cue, 0) < 0}
    return best + sum(weights[cue] for cue in against), adding[resting_on]
