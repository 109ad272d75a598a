"""Taking in a comment: the limits, in the order readers are told of them, and the one durable write."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection
from django.utils import timezone

from premod.comments import ledger
from premod.comments.errors import DuplicateComment, RateLimited, ServiceError
from premod.comments.models import Article, Comment, Status
from premod.comments.receipts import receipt_for
from premod.comments.writing import write_transaction

NAME_LIMIT = 80
EMAIL_LIMIT = 254
TEXT_LIMIT = 5000
IDEMPOTENCY_KEY_LIMIT = 64
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


def submit_comment(article_slug: str, draft: Draft) -> Comment:
    """Store a held comment durably and return it; the same idempotency key gives the first one again.

    Raise ServiceError for the first limit the draft breaks, DuplicateComment or RateLimited. The text is stored as it
    is, byte for byte.
    """
    article = Article.objects.select_related("site").filter(slug=article_slug).first()
    _check_text(draft.text, article.site.text_limit if article else TEXT_LIMIT)
    _check_line(draft.name, "name", NAME_LIMIT)
    _check_email(draft.email, required=bool(article and article.site.email_required))
    _check_idempotency_key(draft.idempotency_key)
    if article is None:
        raise ServiceError("unknown_article", "There is no such article.", status=HTTPStatus.NOT_FOUND, field="article")
    try:
        with write_transaction():
            return _store(article, draft)
    except IntegrityError:
        # Two requests with one key raced, and the other one's comment is stored.
        first = _submitted_with_key(article, draft)
        if first is None:
            raise
        return first


def _store(article: Article, draft: Draft) -> Comment:
    key = commenter_key(draft)
    _queue_up(key)
    first = _submitted_with_key(article, draft)
    if first is not None:
        return first
    if not article.is_open:
        raise ServiceError(
            "article_closed", "This article is closed for comments.", status=HTTPStatus.FORBIDDEN, field="article"
        )
    parent = _parent(article, draft.parent)
    now = timezone.now()
    _check_duplicate(draft, key, now)
    _check_rate(article.site.commenter_posts_per_minute, now, commenter_key=key)
    _check_rate(article.site.address_posts_per_minute, now, address=draft.address)
    salt = secrets.token_bytes(SALT_BYTES)
    return Comment.objects.create(
        article=article,
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


def _check_text(text: str, limit: int) -> None:
    if not 1 <= len(text) <= limit:
        raise ServiceError(
            "text_length",
            f"A comment has 1 to {limit} characters; this one has {len(text)}.",
            field="text",
            limit=limit,
        )
    if text.isspace() or not any(_is_visible(character) for character in text):
        raise ServiceError("text_blank", "A comment needs more than white space.", field="text")
    if any(_is_control(character) for character in text if character not in "\t\n"):
        raise ServiceError(
            "control_character", "The text holds a control character other than tab and newline.", field="text"
        )
    _check_utf8(text, "text")


def _check_line(value: str, field: str, limit: int) -> None:
    if not 1 <= len(value) <= limit or value.isspace():
        raise ServiceError(
            f"{field}_length", f"A {field} of 1 to {limit} characters is required.", field=field, limit=limit
        )
    if any(_is_control(character) for character in value):
        raise ServiceError("control_character", f"The {field} holds a control character.", field=field)
    _check_utf8(value, field)


def _check_email(email: str, *, required: bool) -> None:
    if not email and not required:
        return
    if not email:
        raise ServiceError("email_required", "This site asks for an e-mail address.", field="email")
    if len(email) > EMAIL_LIMIT:
        raise ServiceError("email_length", f"An e-mail address has up to {EMAIL_LIMIT} characters.",
                           field="email", limit=EMAIL_LIMIT)  # fmt: skip
    try:
        validate_email(email)
    except ValidationError as error:
        raise ServiceError("email_invalid", "This is not an e-mail address.", field="email") from error
    _check_utf8(email, "email")


def _check_idempotency_key(key: str | None) -> None:
    if key is not None and not (1 <= len(key) <= IDEMPOTENCY_KEY_LIMIT and key.isascii() and key.isprintable()):
        raise ServiceError(
            "idempotency_key",
            f"Idempotency-Key has 1 to {IDEMPOTENCY_KEY_LIMIT} printable ASCII characters.",
            field="Idempotency-Key",
            limit=IDEMPOTENCY_KEY_LIMIT,
        )


def _check_utf8(value: str, field: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ServiceError("invalid_utf8", f"The {field} is not valid UTF-8.", field=field) from error


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Zs", "Zl", "Zp", "Cc", "Cf"} and character != "\N{HANGUL FILLER}"


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc"


def _queue_up(key: str) -> None:
    """Let posts of one commenter come one after the other, so that two equal ones at once cannot both be the first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:15], 16)])


def _submitted_with_key(article: Article, draft: Draft) -> Comment | None:
    if draft.idempotency_key is None:
        return None
    first = Comment.objects.filter(article=article, idempotency_key=draft.idempotency_key).first()
    if first is not None and (first.text, first.name) != (draft.text, draft.name):
        raise ServiceError(
            "idempotency_key_reused", "This Idempotency-Key was used for another comment.",
            field="Idempotency-Key",
        )  # fmt: skip
    return first


def _parent(article: Article, number: int | None) -> Comment | None:
    if number is None:
        return None
    parent = Comment.objects.filter(pk=number, article=article, status=Status.APPROVED).first()
    if parent is None:
        raise ServiceError(
            "unknown_parent", "The comment replied to is not an approved one on this article.", field="parent"
        )
    return parent


def _check_duplicate(draft: Draft, key: str, now: datetime) -> None:
    recent = Comment.objects.filter(commenter_key=key, submitted_at__gt=now - DUPLICATE_WINDOW)
    first = recent.filter(text=draft.text).order_by("pk").values_list("pk", flat=True).first()
    if first is not None:
        raise DuplicateComment(receipt_for(first))


def _check_rate(limit: int, now: datetime, **whose: str) -> None:
    if not limit:
        return
    recent = Comment.objects.filter(**whose, submitted_at__gt=now - RATE_WINDOW).order_by("-submitted_at")
    moments = list(recent.values_list("submitted_at", flat=True)[:limit])
    if len(moments) == limit:
        raise RateLimited(limit, max(1, round((moments[-1] + RATE_WINDOW - now).total_seconds())))
