"""Recording a decision: the one way a comment changes its status."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from premod.comments import ledger
from premod.comments.errors import AlreadyDecided, ServiceError
from premod.comments.models import (
    Article,
    Comment,
    DecisionRecord,
    GuidelinesVersion,
    LedgerOutcome,
    Moderator,
    Status,
    VerdictRecord,
)
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
from premod.domain.verdict import Evidence

# Which outcome may be recorded for a comment in which status. Whatever is not here is refused.
TRANSITIONS: dict[Status, frozenset[LedgerOutcome]] = {
    Status.HELD: frozenset(LedgerOutcome),
    Status.REFERRED: frozenset(
        {LedgerOutcome.APPROVE, LedgerOutcome.REJECT, LedgerOutcome.WITHDRAW, LedgerOutcome.ERASE}
    ),
    Status.APPROVED: frozenset({LedgerOutcome.REJECT, LedgerOutcome.WITHDRAW, LedgerOutcome.ERASE}),
    Status.REJECTED: frozenset({LedgerOutcome.APPROVE, LedgerOutcome.WITHDRAW, LedgerOutcome.ERASE}),
    Status.WITHDRAWN: frozenset({LedgerOutcome.ERASE}),
}


@transaction.atomic
def record_decision(
    comment: Comment, decision: Decision, *, version: GuidelinesVersion, by: Moderator | None = None
) -> DecisionRecord:
    """Append a decision to the ledger and move the comment to the status it leads to.

    ``comment`` says what the decision was made on: its status and decision must still be in force, or AlreadyDecided is
    raised and nothing is written. ``by`` is None for a decision by policy, which may only end holding.
    """
    outcome = LedgerOutcome(decision.outcome.value)
    if by is None and comment.status != Status.HELD:
        raise AlreadyDecided
    evidence: list[list[str | int]] = [[span.guideline, span.start, span.end] for span in decision.evidence]
    return append_record(
        comment,
        outcome,
        version=version,
        moderator=by,
        guidelines=list(decision.guidelines),
        evidence=evidence,
        reason=decision.reason,
        risk=decision.risk,
    )


def record_moderation(
    comment: Comment, outcome: Outcome, *, by: Moderator, guidelines: Sequence[str] = ()
) -> DecisionRecord:
    """Record a moderator's decision under the guidelines in force, with the evidence the judges gave for them.

    A rejection names at least one guideline, an approval none; ServiceError tells which was missing.
    """
    version, published = guidelines_in_force(comment.article.site_id)
    unknown = sorted(set(guidelines) - set(published.codes))
    if unknown:
        raise ServiceError("unknown_guideline", f"There is no guideline {', '.join(unknown)}.", field="guidelines")
    if outcome is Outcome.REJECT and not guidelines:
        raise ServiceError("guideline_required", "A rejection names the guideline it rests on.", field="guidelines")
    if outcome is not Outcome.REJECT and guidelines:
        raise ServiceError("guideline_unexpected", "Only a rejection names guidelines.", field="guidelines")
    spans = VerdictRecord.objects.filter(comment=comment).values_list("evidence", flat=True)
    evidence = sorted({Evidence(*span) for found in spans for span in found if span[0] in guidelines})
    decision = Decision(outcome, published.number, tuple(guidelines), tuple(evidence), comment.risk)
    return record_decision(comment, decision, version=version, by=by)


def append_record(  # noqa: PLR0913 - the columns of one record.
    comment: Comment,
    outcome: LedgerOutcome,
    *,
    version: GuidelinesVersion,
    moderator: Moderator | None = None,
    guidelines: list[str] | None = None,
    evidence: list[list[str | int]] | None = None,
    reason: str = "",
    risk: float | None = None,
) -> DecisionRecord:
    """Append one record and move the comment with it, or raise AlreadyDecided. Call inside a transaction."""
    if outcome not in TRANSITIONS[Status(comment.status)]:
        raise AlreadyDecided
    record = ledger.append(
        DecisionRecord(
            site=comment.article.site,
            comment=comment,
            commitment=comment.commitment,
            outcome=outcome,
            moderator=moderator,
            guidelines_version=version,
            guidelines=guidelines or [],
            evidence=evidence or [],
            reason=reason[:500],
            decided_at=timezone.now(),
        )
    )
    _move(comment, record, comment.risk if risk is None else risk)
    return record


def _move(comment: Comment, record: DecisionRecord, risk: float) -> None:
    status = ledger.STATUS_AFTER[LedgerOutcome(record.outcome)]
    as_read = Comment.objects.filter(
        pk=comment.pk, status=comment.status, decision=comment.decision_id, claim=comment.claim
    )
    moved = as_read.update(status=status, decision=record, risk=risk, claim="", claimed_until=None)
    if not moved:
        raise AlreadyDecided
    if Status.APPROVED in {status, comment.status}:
        Article.objects.filter(pk=comment.article_id).update(revision=F("revision") + 1)
    comment.status, comment.decision, comment.risk, comment.claim = status, record, risk, ""
