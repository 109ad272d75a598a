"""Comments, ledger records and verdicts as rows of premod's tables. Needs Django set up."""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model

import workload
from premod.comments import ledger
from premod.comments.models import Comment, DecisionRecord, GuidelinesVersion, Site, Status, VerdictRecord
from premod.comments.services import Draft
from premod.comments.services.submitting import commenter_key
from workload import Fate, Planned

CHECKED_EVERY_ROWS = 10_000
DECIDED_AFTER = timedelta(seconds=2)
OUTCOMES = {Fate.APPROVED: "approve", Fate.REJECTED: "reject", Fate.REFERRED: "refer"}
RISKS = {Fate.APPROVED: 0.0, Fate.REJECTED: 0.99, Fate.REFERRED: 0.6}
GUIDELINE = "profanity"

Row = tuple[Any, ...]


class Table:
    """A model's table for bulk inserts: whatever a row does not name gets the model's default."""

    def __init__(self, model: type[Model], *given: str) -> None:
        defaults = {field.column: field for field in model._meta.concrete_fields}  # noqa: SLF001 - Django documents it.
        rest = {name: field for name, field in defaults.items() if name not in given}
        names = ", ".join([*given, *rest])
        marks = ", ".join("?" * len(defaults))
        self.insert = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"  # noqa: S608, SLF001
        self.rest = tuple(field.get_db_prep_save(field.get_default(), connection) for field in rest.values())


COMMENTS = Table(
    Comment, "id", "article_id", "parent_id", "root_id", "text", "salt", "commitment", "name", "address",
    "commenter_key", "language", "status", "risk", "decision_id", "submitted_at",
)  # fmt: skip
RECORDS = Table(
    DecisionRecord, "id", "site_id", "sequence", "comment_id", "commitment", "outcome", "guidelines_version_id",
    "guidelines", "evidence", "decided_at", "previous_hash", "hash",
)  # fmt: skip
VERDICTS = Table(VerdictRecord, "id", "comment_id", "judge", "scores", "evidence", "judged_at")


class Filler:
    """Turns planned comments into rows of the three tables, each record chained to the one before it."""

    def __init__(self, site: Site, articles: Sequence[int]) -> None:
        self._site, self._articles = site, articles
        self._version = GuidelinesVersion.objects.filter(site=site).latest("number")
        self._previous = ledger.GENESIS
        self._began = datetime.now(UTC) - timedelta(days=400)
        self._salts = random.Random(workload.SEED)  # noqa: S311 - of invented comments.

    def rows(self, planned: Planned) -> tuple[Row, Row, list[Row]]:
        number, fate = planned.number, planned.fate
        submitted = self._began + timedelta(seconds=planned.seconds)
        decided = submitted + DECIDED_AFTER
        salt = self._salts.randbytes(32)
        commitment = hashlib.sha256(salt + planned.text.encode()).hexdigest()
        name, address, key = _commenter(planned.commenter)
        codes, spans = ([], []) if fate is Fate.APPROVED else ([GUIDELINE], [[GUIDELINE, 0, 4]])
        comment = (
            number, self._articles[planned.thread], planned.parent, planned.parent, planned.text, salt, commitment,
            name, address, key, "en", str(fate), RISKS[fate], number, _column(submitted), *COMMENTS.rest,
        )  # fmt: skip
        previous, self._previous = self._previous, self._hash(number, commitment, OUTCOMES[fate], codes, spans, decided)
        record = (
            number, self._site.pk, number, number, commitment, OUTCOMES[fate], self._version.pk,
            json.dumps(codes), json.dumps(spans), _column(decided), previous, self._previous, *RECORDS.rest,
        )  # fmt: skip
        return comment, record, list(_verdicts(number, fate, spans, _column(decided)))

    def _hash(
        self, number: int, commitment: str, outcome: str, codes: list[str], spans: list[list[Any]], decided: datetime
    ) -> str:
        values = {
            "site": self._site.slug,
            "sequence": number,
            "comment": number,
            "commitment": commitment,
            "outcome": outcome,
            "by": "policy",
            "guidelines_version": self._version.number,
            "guidelines_digest": self._version.digest,
            "guidelines": codes,
            "evidence": spans,
            "reason": "",
            "decided_at": decided.isoformat(timespec="microseconds"),
            "previous": self._previous,
        }
        # Without floats and with ASCII keys, this is RFC 8785's form, and five times as fast.
        plain = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        found = hashlib.sha256(plain.encode()).hexdigest()
        if number % CHECKED_EVERY_ROWS == 1 and found != ledger.hash_of(values):
            raise ValueError("the ledger's records have another form than this generator writes")
        return found


def held(number: int, article: int, text: str, moment: datetime) -> Row:
    """Return the row of a comment that waits for a worker."""
    salt = os.urandom(32)
    name, address, key = _commenter(number % workload.COMMENTERS)
    return (
        number, article, None, None, text, salt, ledger.commit_to(salt, text), name, address, key, "",
        str(Status.HELD), 0.0, None, _column(moment), *COMMENTS.rest,
    )  # fmt: skip


@cache
def _commenter(number: int) -> tuple[str, str, str]:
    name, address = f"Reader {number}", f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
    return name, address, commenter_key(Draft(text="", name=name, address=address))


def _verdicts(number: int, fate: Fate, spans: list[list[Any]], judged: str) -> Iterator[Row]:
    for place, judge in enumerate(settings.JUDGES):
        found = place == 0 and fate is not Fate.APPROVED
        scores = json.dumps({GUIDELINE: RISKS[fate]} if found else {})
        row = (number * len(settings.JUDGES) + place, number, judge, scores, json.dumps(spans if found else []), judged)
        yield (*row, *VERDICTS.rest)


def _column(moment: datetime) -> str:
    return str(moment.replace(tzinfo=None))
