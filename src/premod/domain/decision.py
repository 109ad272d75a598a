"""How verdicts become a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from premod.domain.guidelines import Guidelines
from premod.domain.verdict import Evidence, Verdict


class Outcome(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to happen with a comment, under which version of the guidelines, and why.

    ``guidelines`` names the codes breached (reject) or in doubt (refer); it is empty for an approval.
    ``risk`` is the highest score of any guideline, in [0, 1]; an unscored guideline does not raise it.
    ``reason`` is one line for moderators and the ledger; it never quotes the comment.
    """

    outcome: Outcome
    guidelines_version: int
    guidelines: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    risk: float = 0.0
    reason: str = ""


# A protected kind of comment, such as criticism of the publisher, counts as recognised from even odds on: the cost
# of a mistake is one more comment read by a human.
PROTECTED_FROM_SCORE = 0.5


class Policy:
    """Turns the verdicts on one comment into a decision under one version of the guidelines.

    The highest score of any judge counts for each guideline. In this order: a judge's error refers; a score at or
    above ``reject_above`` rejects, or refers if the comment is of a protected kind; an unscored guideline or a score
    above ``approve_below`` refers; what is left is approved.
    """

    def __init__(self, guidelines: Guidelines) -> None:
        """Raise ValueError for guidelines without an entry: such a policy would approve everything."""
        if not guidelines.guidelines:
            raise ValueError("a policy needs at least one guideline: without any it would approve everything")
        self.guidelines = guidelines

    def decide(self, verdicts: Sequence[Verdict]) -> Decision:
        scores = highest_scores(verdicts)
        risk = max((scores.get(code, 0.0) for code in self.guidelines.codes), default=0.0)
        broken = [f"{verdict.judge}: {verdict.error}" for verdict in verdicts if verdict.error is not None]
        breached = [entry.code for entry in self.guidelines.guidelines
                    if scores.get(entry.code, 0.0) >= entry.thresholds.reject_above]  # fmt: skip
        protected = [code for code in self.guidelines.protected if scores.get(code, 0.0) >= PROTECTED_FROM_SCORE]
        if broken:
            return self._decision(Outcome.REFER, verdicts, breached, risk, "; ".join(broken))
        if breached and protected:
            return self._decision(Outcome.REFER, verdicts, breached, risk, f"protected: {', '.join(sorted(protected))}")
        if breached:
            return self._decision(Outcome.REJECT, verdicts, breached, risk, "score at or above reject_above")
        return self._approve_or_refer(verdicts, scores, risk)

    def refer(self, reason: str) -> Decision:
        """Refer a comment that no judge has seen."""
        return self._decision(Outcome.REFER, (), [], 0.0, reason)

    def _approve_or_refer(self, verdicts: Sequence[Verdict], scores: dict[str, float], risk: float) -> Decision:
        unscored = [code for code in self.guidelines.codes if code not in scores]
        doubtful = [entry.code for entry in self.guidelines.guidelines
                    if scores.get(entry.code, 0.0) > entry.thresholds.approve_below]  # fmt: skip
        if doubtful:
            return self._decision(Outcome.REFER, verdicts, doubtful, risk, "score between the thresholds")
        if unscored:
            return self._decision(Outcome.REFER, verdicts, [], risk, f"unscored: {', '.join(unscored)}")
        return self._decision(Outcome.APPROVE, verdicts, [], risk, "every score at or below approve_below")

    def _decision(
        self, outcome: Outcome, verdicts: Sequence[Verdict], codes: list[str], risk: float, reason: str
    ) -> Decision:
        evidence = {span for verdict in verdicts for span in verdict.evidence if span.guideline in codes}
        return Decision(outcome, self.guidelines.number, tuple(codes), tuple(sorted(evidence)), risk, reason)


def highest_scores(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Return for each code the highest score that any judge gave it."""
    scores: dict[str, float] = {}
    for verdict in verdicts:
        for code, score in verdict.scores.items():
            scores[code] = max(score, scores.get(code, 0.0))
    return scores
