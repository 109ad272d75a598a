"""The worker's part: claim held comments, have them judged, record what the policy decides."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from premod.comments.errors import AlreadyDecided
from premod.comments.models import Comment, GuidelinesVersion, Status
from premod.comments.services.deciding import record_decisions
from premod.comments.services.publishing import guidelines_in_force
from premod.comments.writing import write_transaction
from premod.domain.decision import Policy
from premod.domain.verdict import Submission, Verdict
from premod.judges.base import Judge
from premod.pipeline import Assessment, assess

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3


def judge_held_comments(judges: Sequence[Judge], *, limit: int) -> int:
    """Claim up to ``limit`` held comments, oldest first, and decide on each. Return how many were claimed.

    A comment whose claim ran out MAX_ATTEMPTS times is referred without judging: it may be what kills the workers.
    """
    claimed = _claim(limit)
    for site_id, group in groupby(claimed, key=lambda comment: comment.article.site_id):
        _judge_site(site_id, list(group), judges)
    return len(claimed)


def _claim(limit: int) -> list[Comment]:
    now = timezone.now()
    free = Q(status=Status.HELD) & (Q(claimed_until=None) | Q(claimed_until__lt=now))
    claim = uuid.uuid4().hex
    # Read first: on SQLite a write transaction would make posting readers wait, also when there is nothing to claim.
    if not Comment.objects.filter(free).exists():
        return []
    with write_transaction():
        held = Comment.objects.filter(free).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            held = held.select_for_update(skip_locked=True)
        numbers = list(held.values_list("pk", flat=True)[:limit])
        Comment.objects.filter(free, pk__in=numbers).update(
            claim=claim, claimed_until=now + timedelta(seconds=settings.LEASE_SECONDS), attempts=F("attempts") + 1
        )
    mine = Comment.objects.filter(pk__in=numbers, claim=claim).select_related("article__site", "parent")
    return list(mine.order_by("article__site", "pk"))


def _judge_site(site_id: int, comments: list[Comment], judges: Sequence[Judge]) -> None:
    version, guidelines = guidelines_in_force(site_id)
    policy = Policy(guidelines)
    judged = [comment for comment in comments if comment.attempts <= MAX_ATTEMPTS]
    assessments = assess(
        [_submission(comment) for comment in judged],
        judges,
        policy,
        languages=comments[0].article.site.languages,
        timeout_seconds=settings.JUDGE_TIMEOUT_SECONDS,
    )
    given_up = Assessment(policy.refer(f"judging was given up after {MAX_ATTEMPTS} attempts"), (), "")
    found = {comment.pk: assessment for comment, assessment in zip(judged, assessments, strict=True)}
    _record([(comment, found.get(comment.pk, given_up)) for comment in comments], version)


def _record(assessed: list[tuple[Comment, Assessment]], version: GuidelinesVersion) -> None:
    """Record the batch at once, or one by one when a moderator has decided on one of them meanwhile."""
    for comment, assessment in assessed:
        comment.language = comment.language or assessment.language
    try:
        # One transaction for the batch: a durable commit costs more than the decisions in it.
        with write_transaction():
            record_decisions([(comment, found.decision) for comment, found in assessed], version=version)
            _keep_verdicts(assessed)
    except AlreadyDecided:
        if len(assessed) == 1:
            logger.info("comment %s was decided by somebody else meanwhile", assessed[0][0].pk)
            return
        for one in assessed:
            _record([one], version)


def _submission(comment: Comment) -> Submission:
    article = comment.article
    return Submission(
        text=comment.text,
        article_title=article.title,
        article_summary=article.summary,
        parent_text=comment.parent.text if comment.parent else "",
        language=comment.language,
        publisher=article.site.name,
    )


# In SQL, since readers who post wait while a batch is written, and the ORM takes five times as long.
_VERDICT = """
    INSERT INTO comments_verdictrecord (comment_id, judge, scores, evidence, error, judged_at)
    VALUES (%s, %s, %s, %s, %s, %s)
"""


def _keep_verdicts(assessed: list[tuple[Comment, Assessment]]) -> None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows = [
        (comment.pk, verdict.judge, *_as_json(verdict), (verdict.error or "")[:500], now)
        for comment, found in assessed
        for verdict in found.verdicts
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_VERDICT, rows)


def _as_json(verdict: Verdict) -> tuple[str, str]:
    evidence = [[span.guideline, span.start, span.end] for span in verdict.evidence]
    return json.dumps(dict(verdict.scores)), json.dumps(evidence)
