"""Altering one byte of a text or a decision in the database, triggers dropped, is found and named."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import psycopg
import pytest

from support.rows import SITE
from support.server import Server

TAMPER = """
from django.db import connection
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    else:
        for table in ("comments_comment", "comments_decisionrecord", "comments_guidelinesversion"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    cursor.execute(%r)
    assert cursor.rowcount == 1, cursor.rowcount
"""


@pytest.fixture(scope="module")
def untouched(new_server: Callable[..., Server]) -> Server:
    """Nine comments, three of each decided outcome, and their ledger; no server runs."""
    server = new_server()
    server.premod("migrate")
    server.python(SITE + NINE)
    assert "verified" in server.premod("ledger", "verify").stdout
    return server


@pytest.fixture
def copy_of(new_server: Callable[..., Server]) -> Callable[[Server], Server]:
    def copy(original: Server) -> Server:
        made = new_server()
        shutil.copytree(original.data, made.data, dirs_exist_ok=True)
        if made.database_url:
            cluster, _, name = made.database_url.rpartition("/")
            with psycopg.connect(f"{cluster}/postgres", autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name}")
                connection.execute(f"CREATE DATABASE {name} TEMPLATE {original.database_url.rpartition('/')[2]}")
        return made

    return copy


NINE = """
from premod.comments.models import Comment
from premod.comments.services import Draft, record_decision, submit_comment
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
for number in range(9):
    comment = submit_comment("harbour", Draft(f"Number {number}.", "Bob"))
    comment = Comment.objects.select_related("article__site").get(pk=comment.pk)
    outcome = list(Outcome)[number % 3]
    codes = ("threat",) if outcome is Outcome.REJECT else ()
    version, _ = guidelines_in_force(site.pk)
    record_decision(comment, Decision(outcome, 1, codes, reason="as told"), version=version)
"""

BY_HAND = {
    "an approved text": ("UPDATE comments_comment SET text = 'Number 0!' WHERE id = 1", "comment 1"),
    "a rejected text": ("UPDATE comments_comment SET text = 'number 1.' WHERE id = 2", "comment 2"),
    "a trailing space": ("UPDATE comments_comment SET text = 'Number 8. ' WHERE id = 9", "comment 9"),
    "text and commitment": (
        "UPDATE comments_comment SET commitment = '{}' WHERE id = 4".format("0" * 64), "comment 4",
    ),
    "a status": ("UPDATE comments_comment SET status = 'approved' WHERE id = 5", "comment 5"),
    "an outcome": ("UPDATE comments_decisionrecord SET outcome = 'approve' WHERE id = 3", "decision 3"),
    "a reason": ("UPDATE comments_decisionrecord SET reason = 'as tolf' WHERE id = 6", "decision 6"),
    "a time": (
        "UPDATE comments_decisionrecord SET decided_at = '2026-01-01 00:00:00.000001' WHERE id = 7", "decision 7",
    ),
    "a hash": ("UPDATE comments_decisionrecord SET hash = '{}' WHERE id = 2".format("a" * 64), "decision 2"),
    "published guidelines": ("UPDATE comments_guidelinesversion SET source = 'x'", "guidelines version 1"),
}  # fmt: skip


@pytest.mark.parametrize("what", BY_HAND)
def test_altering_anything_in_the_database_makes_verification_fail_and_name_the_row(
    untouched: Server, copy_of: Callable[[Server], Server], what: str
):
    statement, row = BY_HAND[what]
    altered = copy_of(untouched)
    altered.python(TAMPER % statement)
    refused = altered.premod("ledger", "verify", check=False)
    assert refused.returncode == 1
    assert f"FAILED at {row}" in refused.stderr


def test_dropping_the_last_record_makes_verification_fail(untouched: Server, copy_of: Callable[[Server], Server]):
    server = copy_of(untouched)
    server.python(TAMPER % "UPDATE comments_comment SET status = 'held', decision_id = NULL WHERE id = 9")
    server.python(TAMPER % "DELETE FROM comments_decisionrecord WHERE id = 9")
    refused = server.premod("ledger", "verify", check=False)
    assert refused.returncode == 1
    assert "8 records, not 9" in refused.stderr
