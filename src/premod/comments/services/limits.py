"""What a draft may hold: each limit with one clear error, checked before anything is read or written."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from premod.comments.errors import ServiceError

NAME_LIMIT = 80
EMAIL_LIMIT = 254
TEXT_LIMIT = 5000
IDEMPOTENCY_KEY_LIMIT = 64


def check_text(text: str, limit: int) -> None:
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


def check_line(value: str, field: str, limit: int) -> None:
    if not 1 <= len(value) <= limit or value.isspace():
        raise ServiceError(
            f"{field}_length", f"A {field} of 1 to {limit} characters is required.", field=field, limit=limit
        )
    if any(_is_control(character) for character in value):
        raise ServiceError("control_character", f"The {field} holds a control character.", field=field)
    _check_utf8(value, field)


def check_email(email: str, *, required: bool) -> None:
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


def check_idempotency_key(key: str | None) -> None:
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
