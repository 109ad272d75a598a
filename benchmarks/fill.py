"""Fill premod's SQLite database with comments that have been decided on, or with held ones for a worker to judge.

    PREMOD_DATA=folder python benchmarks/fill.py --background 1000000
    PREMOD_DATA=folder python benchmarks/fill.py --held 5000

What comes out is what years of use would have left: salted commitments, a verdict of each judge, and a ledger chained
record by record, which ``premod ledger verify`` accepts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from typing import Any

import django

import workload
from texts import paragraphs
from workload import Fate, Planned, Thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premod.project.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django is set up before its models are loaded.
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Model  # noqa: E402

from premod.comments import ledger  # noqa: E402
from premod.comments.models import (  # noqa: E402
    Article,
    Comment,
    DecisionRecord,
    GuidelinesVersion,
    Site,
    Status,
    VerdictRecord,
)
from premod.comments.services import Draft, create_site  # noqa: E402
from premod.comments.services.submitting import commenter_key  # noqa: E402

SITE = "bench"
CHUNK_ROWS = 20_000
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
            "site": SITE,
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


def fill(threads: Sequence[Thread]) -> int:
    """Make the site, its articles and their comments; return how many comments there are."""
    site = create_site(SITE, "Benchmark")
    Site.objects.filter(pk=site.pk).update(commenter_posts_per_minute=0, address_posts_per_minute=0)
    made = (Article(site=site, slug=thread.slug, title=f"On {thread.slug}", revision=1) for thread in threads)
    articles = [article.pk for article in Article.objects.bulk_create(made, batch_size=1_000)]
    filler = Filler(site, articles)
    planned, count = workload.plan(threads), 0
    with _raw_connection() as database:
        while chunk := [filler.rows(one) for one in islice(planned, CHUNK_ROWS)]:
            comments, records, verdicts = zip(*chunk, strict=True)
            database.execute("BEGIN")
            database.executemany(COMMENTS.insert, comments)
            database.executemany(RECORDS.insert, records)
            database.executemany(VERDICTS.insert, (row for rows in verdicts for row in rows))
            database.execute("COMMIT")
            count += len(chunk)
    Site.objects.filter(pk=site.pk).update(ledger_length=count)
    return count


def hold(count: int) -> None:
    """Add held comments, as many readers' posts would have left them."""
    first = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    slugs = [workload.background_slug(number) for number in range(workload.HELD_ARTICLES)]
    articles = list(Article.objects.filter(slug__in=slugs).order_by("pk").values_list("pk", flat=True))
    texts, now = paragraphs(), _column(datetime.now(UTC))
    rows = []
    for number in range(first, first + count):
        text, salt = f"{texts[number % len(texts)]} {number}", os.urandom(32)
        name, address, key = _commenter(number % workload.COMMENTERS)
        rows.append((
            number, articles[number % len(articles)], None, None, text, salt, ledger.commit_to(salt, text),
            name, address, key, "", str(Status.HELD), 0.0, None, now, *COMMENTS.rest,
        ))  # fmt: skip
    with _raw_connection() as database:
        database.execute("BEGIN")
        database.executemany(COMMENTS.insert, rows)
        database.execute("COMMIT")


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


def _raw_connection() -> sqlite3.Connection:
    """Return a connection that does not wait for the disk: a fill that a power cut spoils is run again."""
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    for pragma in ("synchronous=OFF", "cache_size=-500000", "wal_autocheckpoint=20000"):
        database.execute(f"PRAGMA {pragma}")
    return database


def main() -> None:
    arguments = argparse.ArgumentParser(description="Fill premod's SQLite database with comments.")
    arguments.add_argument("--background", type=int, default=20_000, help="decided comments, beside 5,050 to measure")
    arguments.add_argument("--held", type=int, default=0, help="add held comments to a filled database, nothing else")
    wanted = arguments.parse_args()
    began = time.monotonic()
    if wanted.held:
        hold(wanted.held)
        return
    call_command("migrate", verbosity=0)
    count = fill(workload.threads(wanted.background))
    print(f"{count:,} comments in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
