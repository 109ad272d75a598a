"""Judges that say what they are told to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from premod.domain.verdict import Submission, Verdict


@dataclass
class FakeJudge:
    """Gives every submission the same scores, and remembers what it was asked."""

    scores: dict[str, float]
    name: str = "fake"
    asked: list[Submission] = field(default_factory=list)

    def judge(self, submissions: Sequence[Submission]) -> list[Verdict]:
        self.asked.extend(submissions)
        return [Verdict(self.name, self.scores) for _ in submissions]


class BrokenJudge:
    name = "broken"

    def judge(self, submissions: Sequence[Submission]) -> list[Verdict]:
        raise RuntimeError(submissions[0].text)


class SlowJudge:
    name = "slow"

    def judge(self, submissions: Sequence[Submission]) -> list[Verdict]:
        time.sleep(5)
        return [Verdict(self.name) for _ in submissions]


class SparseJudge:
    """Returns too few verdicts."""

    name = "sparse"

    def judge(self, submissions: Sequence[Submission]) -> list[Verdict]:
        return [Verdict(self.name) for _ in submissions][1:]


class WildJudge:
    """Scores outside 0 to 1."""

    name = "wild"

    def judge(self, submissions: Sequence[Submission]) -> list[Verdict]:
        return [Verdict(self.name, {"threat": float("nan")}) for _ in submissions]
