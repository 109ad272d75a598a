"""Taking in a comment: the limits, in the order readers are told of them, and the one durable write."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import IntegrityError, connection
from django.utils import timezone

from premod.comments import ledger
from premod.comments.errors import DuplicateComment, RateLimited, ServiceError
from premod.comments.models import Comment, Status
from premod.comments.receipts import receipt_for
from premod.comments.services.limits import (
    NAME_LIMIT,
    TEXT_LIMIT,
    check_email,
    check_idempotency_key,
    check_line,
    check_text,
)
from premod.comments.writing import write_transaction

DUPLICATE_WINDOW = timedelta(minutes=10)
RATE_WINDOW = timedelta(minutes=1)
SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader sends. Text and name may hold anything a JSON string can; submit_comment() checks them."""

    text: str
    name: str
    email: str = ""
    parent: int | None = None
    address: str = ""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an article takes comments."""

    article_id: int
    is_open: bool
    text_limit: int
    email_required: bool
    commenter_posts_per_minute: int
    address_posts_per_minute: int


def submit_comment(article_slug: str, draft: Draft) -> Comment:
    """Store a held comment durably and return it; the same idempotency key gives the first one again.

    Raise ServiceError for the first limit the draft breaks, DuplicateComment or RateLimited. The text is stored as it
    is, byte for byte.
    """
    terms = _terms(article_slug)
    check_text(draft.text, terms.text_limit if terms else TEXT_LIMIT)
    check_line(draft.name, "name", NAME_LIMIT)
    check_email(draft.email, required=bool(terms and terms.email_required))
    check_idempotency_key(draft.idempotency_key)
    if terms is None:
        raise ServiceError("unknown_article", "There is no such article.", status=HTTPStatus.NOT_FOUND, field="article")
    try:
        with write_transaction():
            return _store(terms, draft)
    except IntegrityError:
        # Two requests with one key raced, and the other one's comment is stored.
        first = _submitted_with_key(terms, draft)
        if first is None:
            raise
        return first


# These are for every post, and in SQL they cost a tenth of what the ORM takes to say the same.
_TERMS = """
    SELECT article.id, is_open, text_limit, email_required, commenter_posts_per_minute, address_posts_per_minute
    FROM comments_article article JOIN comments_site site ON site.id = site_id WHERE article.slug = %s
"""
_FIRST_DUPLICATE = """
    SELECT MIN(id) FROM comments_comment WHERE commenter_key = %s AND submitted_at > %s AND text = %s
"""

_COLUMNS = (
    "article_id", "parent_id", "root_id", "text", "salt", "commitment", "name", "email", "address", "commenter_key",
    "idempotency_key", "language", "status", "risk", "claim", "attempts",
)  # fmt: skip
_INSERT = f"""
    INSERT INTO comments_comment ({", ".join(_COLUMNS)}, submitted_at)
    VALUES ({", ".join(["%s"] * len(_COLUMNS))}, %s) RETURNING id
"""  # noqa: S608 - the names stand right above.


def _terms(slug: str) -> Terms | None:
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, [slug])
        row = cursor.fetchone()
    return Terms(*row) if row else None


def _store(terms: Terms, draft: Draft) -> Comment:
    key = commenter_key(draft)
    _queue_up(key)
    first = _submitted_with_key(terms, draft)
    if first is not None:
        return first
    if not terms.is_open:
        raise ServiceError(
            "article_closed", "This article is closed for comments.", status=HTTPStatus.FORBIDDEN, field="article"
        )
    parent = _parent(terms, draft.parent)
    now = timezone.now()
    _check_duplicate(draft, key, now)
    _check_rate(terms.commenter_posts_per_minute, now, commenter_key=key)
    _check_rate(terms.address_posts_per_minute, now, address=draft.address)
    salt = secrets.token_bytes(SALT_BYTES)
    return _insert(
        Comment(
            article_id=terms.article_id,
            parent=parent,
            root_id=(parent.root_id or parent.pk) if parent else None,
            text=draft.text,
            salt=salt,
            commitment=ledger.commit_to(salt, draft.text),
            name=draft.name,
            email=draft.email,
            address=draft.address,
            commenter_key=key,
            idempotency_key=draft.idempotency_key,
            submitted_at=now,
        )
    )


def _insert(comment: Comment) -> Comment:
    values = [getattr(comment, column) for column in _COLUMNS]
    submitted_at = connection.ops.adapt_datetimefield_value(comment.submitted_at)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [*values, submitted_at])
        (comment.pk,) = cursor.fetchone()
    return comment


def commenter_key(draft: Draft) -> str:
    """Tell commenters apart by who they say they are and where they post from, without storing either in clear here.

    The address is part of it because nobody has proved a name or e-mail: else anyone could fetch another's receipt.
    """
    who = draft.email.casefold() or draft.name
    return hmac.digest(settings.SECRET_KEY.encode(), f"{who}\n{_network(draft.address)}".encode(), "sha256").hex()


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    # An IPv6 household is given a whole /64 and its machines change within it.
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address  # noqa: PLR2004


def _queue_up(key: str) -> None:
    """Let posts of one commenter come one after the other, so that two equal ones at once cannot both be the first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:15], 16)])


def _submitted_with_key(terms: Terms, draft: Draft) -> Comment | None:
    if draft.idempotency_key is None:
        return None
    first = Comment.objects.filter(article=terms.article_id, idempotency_key=draft.idempotency_key).first()
    if first is not None and (first.text, first.name) != (draft.text, draft.name):
        raise ServiceError(
            "idempotency_key_reused", "This Idempotency-Key was used for another comment.",
            field="Idempotency-Key",
        )  # fmt: skip
    return first


def _parent(terms: Terms, number: int | None) -> Comment | None:
    if number is None:
        return None
    parent = Comment.objects.filter(pk=number, article=terms.article_id, status=Status.APPROVED).first()
    if parent is None:
        raise ServiceError(
            "unknown_parent", "The comment replied to is not an approved one on this article.", field="parent"
        )
    return parent


def _check_duplicate(draft: Draft, key: str, now: datetime) -> None:
    since = connection.ops.adapt_datetimefield_value(now - DUPLICATE_WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_DUPLICATE, [key, since, draft.text])
        (first,) = cursor.fetchone()
    if first is not None:
        raise DuplicateComment(receipt_for(first))


def _check_rate(limit: int, now: datetime, **whose: str) -> None:
    if not limit:
        return
    recent = Comment.objects.filter(**whose, submitted_at__gt=now - RATE_WINDOW).order_by("-submitted_at")
    moments = list(recent.values_list("submitted_at", flat=True)[:limit])
    if len(moments) == limit:
        raise RateLimited(limit, max(1, round((moments[-1] + RATE_WINDOW - now).total_seconds())))
