"""The hash chain over decisions: append, verify, export.

Each record is an object in canonical JSON (RFC 8785); its hash is the SHA-256 of those bytes, and the next record of a
site holds that hash as ``previous``. A record commits to the comment's text without holding it: ``commitment`` is the
SHA-256 over the comment's random salt and its UTF-8 bytes. docs/ledger.md tells how to verify an export without premod.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.db.models import F

from premod.comments.models import Comment, DecisionRecord, LedgerOutcome, Site, Status

GENESIS = "0" * 64
_READ_AHEAD_ROWS = 2000

STATUS_AFTER = {
    LedgerOutcome.APPROVE: Status.APPROVED,
    LedgerOutcome.REJECT: Status.REJECTED,
    LedgerOutcome.REFER: Status.REFERRED,
    LedgerOutcome.WITHDRAW: Status.WITHDRAWN,
    LedgerOutcome.ERASE: Status.WITHDRAWN,
}


def commit_to(salt: bytes, text: str) -> str:
    """Return the commitment to ``text``: SHA-256 over the salt and the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def append(records: Sequence[DecisionRecord]) -> None:
    """Chain unsaved records of one site to its ledger, in their order, and save them. Call inside a transaction.

    Raising the site's length takes a lock on its row, so that two appends at once come one after the other.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("ledger records are appended together with what they record, in one transaction")
    site = records[0].site_id
    Site.objects.filter(pk=site).update(ledger_length=F("ledger_length") + len(records))
    head = DecisionRecord.objects.filter(site=site).order_by("-sequence").values_list("sequence", "hash").first()
    sequence, previous = head or (0, GENESIS)
    for record in records:
        sequence += 1
        record.sequence, record.previous_hash = sequence, previous
        record.hash = previous = hash_of(content(record))
    DecisionRecord.objects.bulk_create(records)


def content(record: DecisionRecord) -> dict[str, Any]:
    """Return what a record's hash covers, as plain JSON values."""
    version = record.guidelines_version
    return {
        "site": record.site.slug,
        "sequence": record.sequence,
        "comment": record.comment_id,
        "commitment": record.commitment,
        "outcome": str(record.outcome),
        "by": "policy" if record.moderator_id is None else f"moderator:{record.moderator_id}",
        "guidelines_version": version.number,
        "guidelines_digest": version.digest,
        "guidelines": list(record.guidelines),
        "evidence": [list(span) for span in record.evidence],
        "reason": record.reason,
        "decided_at": _timestamp(record.decided_at),
        "previous": record.previous_hash,
    }


def hash_of(values: dict[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(values)).hexdigest()


def export(site: Site) -> Iterator[bytes]:
    """Yield the site's ledger as JSON Lines, oldest first: each record's content in canonical JSON, with its hash."""
    for record in _records(site):
        yield rfc8785.dumps({**content(record), "hash": record.hash}) + b"\n"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that does not hold: which row of which table, and what is wrong with it."""

    row: str
    problem: str


def verify(site: Site) -> Fault | None:
    """Return the first fault of the site's chain or comments, or None when everything holds.

    Checked: every record's hash, place and predecessor; that no record is missing at the end; the text of every comment
    against the commitment it was submitted with; and that its status is what its last record says.
    """
    return _verify_chain(site) or _verify_comments(site)


def _verify_chain(site: Site) -> Fault | None:
    previous, length = GENESIS, 0
    for record in _records(site):
        length += 1
        row = f"decision {record.pk} (sequence {record.sequence})"
        if record.sequence != length:
            return Fault(row, f"sequence {length} is missing before it")
        if record.previous_hash != previous:
            return Fault(row, "does not follow the record before it")
        if record.hash != hash_of(content(record)):
            return Fault(row, "its content does not match its hash")
        if hashlib.sha256(record.guidelines_version.source.encode()).hexdigest() != record.guidelines_version.digest:
            return Fault(f"guidelines version {record.guidelines_version.number}", "its text does not match its digest")
        previous = record.hash
    if length != site.ledger_length:
        return Fault(f"site {site.slug}", f"its ledger has {length} records, not {site.ledger_length}")
    return None


def _verify_comments(site: Site) -> Fault | None:
    comments = Comment.objects.filter(article__site=site).select_related("decision").order_by("pk")
    last: dict[int, tuple[int, str, str]] = {}
    fields = ("comment_id", "pk", "outcome", "commitment")
    for comment_id, pk, outcome, commitment in (
        DecisionRecord.objects.filter(site=site).order_by("sequence").values_list(*fields).iterator(_READ_AHEAD_ROWS)
    ):
        last[comment_id] = (pk, outcome, commitment)
    for comment in comments.iterator(_READ_AHEAD_ROWS):
        problem = _problem_of(comment, last.get(comment.pk))
        if problem:
            return Fault(f"comment {comment.pk}", problem)
    return None


def _problem_of(comment: Comment, last: tuple[int, str, str] | None) -> str | None:
    if last is None:
        if comment.status != Status.HELD:
            return f"is {comment.status} without a decision"
    else:
        decision, outcome, commitment = last
        if comment.commitment != commitment:
            return "its commitment is not the one its decision was made on"
        if comment.status != STATUS_AFTER[LedgerOutcome(outcome)] or comment.decision_id != decision:
            return f"is {comment.status}, but its last decision was {outcome}"
        if outcome == LedgerOutcome.ERASE:
            return None if comment.erased_at and not comment.text else "was erased, but holds a text"
    if commit_to(bytes(comment.salt), comment.text) != comment.commitment:
        return "its text does not match the commitment it was submitted with"
    return None


def _records(site: Site) -> Iterator[DecisionRecord]:
    records = DecisionRecord.objects.filter(site=site).select_related("site", "guidelines_version")
    return records.order_by("sequence").iterator(_READ_AHEAD_ROWS)


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
