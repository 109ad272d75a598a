"""Recording a decision: the one way a comment changes its status."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
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
from premod.comments.writing import write_transaction
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


def record_decision(
    comment: Comment, decision: Decision, *, version: GuidelinesVersion, by: Moderator | None = None
) -> DecisionRecord:
    """Append a decision to the ledger and move the comment to the status it leads to.

    ``comment`` says what the decision was made on: its status and decision must still be in force, or AlreadyDecided is
    raised and nothing is written. ``by`` is None for a decision by policy, which may only end holding.
    """
    return record_decisions([(comment, decision)], version=version, by=by)[0]


def record_decisions(
    decided: Sequence[tuple[Comment, Decision]], *, version: GuidelinesVersion, by: Moderator | None = None
) -> list[DecisionRecord]:
    """Record decisions on comments of one site: all of them, or none and AlreadyDecided."""
    if by is None and any(comment.status != Status.HELD for comment, _ in decided):
        raise AlreadyDecided
    for comment, decision in decided:
        comment.risk = decision.risk
    return append_records([_record_of(comment, decision, version, by) for comment, decision in decided])


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


def append_records(records: Sequence[DecisionRecord]) -> list[DecisionRecord]:
    """Append records to the ledger and move their comments, all of one site; or raise AlreadyDecided.

    Each record's comment is as the decision was made on. Its ``language`` and ``risk`` are stored with the new status.
    """
    if any(LedgerOutcome(record.outcome) not in TRANSITIONS[Status(record.comment.status)] for record in records):
        raise AlreadyDecided
    with write_transaction():
        ledger.append(records)
        _move(records)
    return list(records)


def new_record(
    comment: Comment, outcome: LedgerOutcome, *, version: GuidelinesVersion, moderator: Moderator | None = None
) -> DecisionRecord:
    """Return an unsaved record of something done to a comment now."""
    return DecisionRecord(
        site=comment.article.site,
        comment=comment,
        commitment=comment.commitment,
        outcome=outcome,
        moderator=moderator,
        guidelines_version=version,
        decided_at=timezone.now(),
    )


def _record_of(
    comment: Comment, decision: Decision, version: GuidelinesVersion, by: Moderator | None
) -> DecisionRecord:
    record = new_record(comment, LedgerOutcome(decision.outcome.value), version=version, moderator=by)
    record.guidelines = list(decision.guidelines)
    record.evidence = [[span.guideline, span.start, span.end] for span in decision.evidence]
    record.reason = decision.reason[:500]
    return record


# In SQL, since one statement prepared once for the whole batch is the larger part of a worker's speed. The WHERE is the
# promise of record_decision(): what was decided on is still in force.
_MOVE = """
    UPDATE comments_comment
    SET status = %s, decision_id = %s, risk = %s, language = %s, claim = '', claimed_until = NULL
    WHERE id = %s AND status = %s AND claim = %s AND COALESCE(decision_id, 0) = %s
"""


def _move(records: Sequence[DecisionRecord]) -> None:
    moves = [
        (_status_after(record), record.pk, comment.risk, comment.language,
         comment.pk, comment.status, comment.claim, comment.decision_id or 0)
        for record in records for comment in [record.comment]
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(_MOVE, moves)
        if cursor.rowcount != len(moves):
            raise AlreadyDecided
    shown = {
        record.comment.article_id
        for record in records
        if Status.APPROVED in {record.comment.status, _status_after(record)}
    }
    if shown:
        Article.objects.filter(pk__in=shown).update(revision=F("revision") + 1)


def _status_after(record: DecisionRecord) -> Status:
    return ledger.STATUS_AFTER[LedgerOutcome(record.outcome)]
