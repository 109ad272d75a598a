"""Fill premod's SQLite database with comments that have been decided on, or with held ones for a worker to judge.

    PREMOD_DATA=folder python benchmarks/fill.py --background 1000000
    PREMOD_DATA=folder python benchmarks/fill.py --held 5000

What comes out is what years of use would have left: salted commitments, a verdict of each judge, and a ledger chained
record by record, which ``premod ledger verify`` accepts.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice

import django

import workload
from texts import paragraphs
from workload import Thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premod.project.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django is set up before its models are loaded.
from django.core.management import call_command  # noqa: E402

from premod.comments.models import Article, Comment, Site  # noqa: E402
from premod.comments.services import create_site  # noqa: E402
from rows import COMMENTS, RECORDS, VERDICTS, Filler, held  # noqa: E402

SITE = "bench"
CHUNK_ROWS = 20_000


def fill(threads: Sequence[Thread]) -> int:
    """Make the site, its articles and their comments; return how many comments there are."""
    site = create_site(SITE, "Benchmark")
    Site.objects.filter(pk=site.pk).update(commenter_posts_per_minute=0, address_posts_per_minute=0)
    made = (Article(site=site, slug=thread.slug, title=f"On {thread.slug}", revision=1) for thread in threads)
    articles = [article.pk for article in Article.objects.bulk_create(made, batch_size=1_000)]
    filler = Filler(site, articles)
    planned, count = workload.plan(threads), 0
    with closing(_raw_connection()) as database:
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
    texts, now = paragraphs(), datetime.now(UTC)
    made = [
        held(number, articles[number % len(articles)], f"{texts[number % len(texts)]} {number}", now)
        for number in range(first, first + count)
    ]
    with closing(_raw_connection()) as database:
        database.execute("BEGIN")
        database.executemany(COMMENTS.insert, made)
        database.execute("COMMIT")


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
