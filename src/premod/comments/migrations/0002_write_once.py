"""Triggers: a comment's text is write-once, the ledger and the published guidelines are append-only."""

from __future__ import annotations

from django.db import migrations

SUBMITTED = ("text", "salt", "commitment", "name", "email", "address", "commenter_key", "article_id", "submitted_at")
ERASED = ("text", "name", "email", "address", "commenter_key")
APPEND_ONLY = ("comments_decisionrecord", "comments_guidelinesversion")


def _changed(column, distinct):
    return f"NEW.{column} {distinct} OLD.{column}"


def _is_no_erasure(empty_bytes, distinct):
    """Everything personal is blanked at once and the commitment stays, or it is no erasure."""
    blanked = " AND ".join(f"NEW.{column} = ''" for column in ERASED)
    kept = " OR ".join(_changed(column, distinct) for column in ("commitment", "article_id", "submitted_at"))
    return (
        f"NOT ({blanked} AND NEW.salt = {empty_bytes} AND NEW.idempotency_key IS NULL AND OLD.erased_at IS NULL "
        f"AND NEW.erased_at IS NOT NULL AND NOT ({kept}))"
    )


def _write_once(empty_bytes, distinct):
    changed = " OR ".join(_changed(column, distinct) for column in SUBMITTED)
    return f"({changed}) AND {_is_no_erasure(empty_bytes, distinct)}"


def _sqlite():
    yield f"""CREATE TRIGGER comment_write_once BEFORE UPDATE ON comments_comment
        WHEN {_write_once("x''", "IS NOT")}
        BEGIN SELECT RAISE(ABORT, 'premod: a comment is never edited'); END"""
    yield """CREATE TRIGGER comment_kept BEFORE DELETE ON comments_comment
        BEGIN SELECT RAISE(ABORT, 'premod: a comment is never deleted, only erased'); END"""
    for table in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            yield f"""CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table}
                BEGIN SELECT RAISE(ABORT, 'premod: {table} is append-only'); END"""


def _postgresql():
    yield """CREATE FUNCTION premod_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'premod: %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"""
    yield f"""CREATE TRIGGER comment_write_once BEFORE UPDATE ON comments_comment FOR EACH ROW
        WHEN ({_write_once("''::bytea", "IS DISTINCT FROM")})
        EXECUTE FUNCTION premod_refuse('a comment is never edited')"""
    yield """CREATE TRIGGER comment_kept BEFORE DELETE ON comments_comment FOR EACH ROW
        EXECUTE FUNCTION premod_refuse('a comment is never deleted, only erased')"""
    for table in APPEND_ONLY:
        yield f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW
            EXECUTE FUNCTION premod_refuse('{table} is append-only')"""
    for table in ("comments_comment", *APPEND_ONLY):
        yield f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT
            EXECUTE FUNCTION premod_refuse('{table} is never emptied')"""


def create_triggers(apps, schema_editor):
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_tables")]
    operations = [migrations.RunPython(create_triggers)]
