"""What a commenter may ask for: their comment taken back, or everything about them erased."""

from __future__ import annotations

import logging

from django.db import connection, transaction
from django.utils import timezone

from premod.comments.models import Comment, DecisionRecord, LedgerOutcome, VerdictRecord
from premod.comments.services.deciding import append_records, new_record
from premod.comments.services.publishing import guidelines_in_force
from premod.comments.writing import write_transaction

logger = logging.getLogger(__name__)


def withdraw_comment(comment: Comment) -> DecisionRecord:
    """Take a comment back at its commenter's wish. Raise AlreadyDecided if it changed since it was read."""
    version, _ = guidelines_in_force(comment.article.site_id)
    return append_records([new_record(comment, LedgerOutcome.WITHDRAW, version=version)])[0]


def erase_comment(comment: Comment) -> DecisionRecord:
    """Blank a comment's text, salt, name, e-mail and address for good, and record in the ledger that it was done.

    The commitment stays; without the salt nothing can be recovered from it. Raise AlreadyDecided if the comment changed
    since it was read, or was erased before.
    """
    version, _ = guidelines_in_force(comment.article.site_id)
    with write_transaction():
        records = append_records([new_record(comment, LedgerOutcome.ERASE, version=version)])
        VerdictRecord.objects.filter(comment=comment).delete()
        Comment.objects.filter(pk=comment.pk).update(
            text="", salt=b"", name="", email="", address="", commenter_key="", idempotency_key=None,
            erased_at=timezone.now(),
        )  # fmt: skip
        transaction.on_commit(_empty_log)
    return records[0]


def _empty_log() -> None:
    # The write-ahead log still holds the old page; emptying it is what makes the text unreadable on the disk.
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        logger.warning("the write-ahead log is in use and still holds erased pages; erase or restart again to empty it")
