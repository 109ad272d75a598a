"""JSON for readers and publishers, under /api/v1/."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from ninja import NinjaAPI
from ninja.errors import ValidationError

from premod import __version__
from premod.api import schemas
from premod.comments import queries, receipts
from premod.comments.addresses import client_address
from premod.comments.errors import DuplicateComment, RateLimited, ServiceError
from premod.comments.models import Article, Comment
from premod.comments.services import Draft, submit_comment

BODY_LIMIT_BYTES = 64 * 1024

api = NinjaAPI(title="premod", version=__version__, urls_namespace="api", docs_url=None, openapi_url="/openapi.json")

_POST_BODY = {
    "type": "object",
    "required": ["text", "name"],
    "properties": {
        "text": {"type": "string", "minLength": 1, "maxLength": 5000},
        "name": {"type": "string", "minLength": 1, "maxLength": 80},
        "email": {"type": "string", "maxLength": 254, "description": "Required where the site says so."},
        "parent": {"type": ["integer", "null"], "description": "The approved comment this one answers."},
    },
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 64},
    "description": "Makes a retried post one comment: choose it at random, and send it again with the retry.",
}


@api.post(
    "/articles/{article}/comments",
    response={202: schemas.Submitted, frozenset({400, 403, 404, 409, 413, 422, 429}): schemas.ErrorBody},
    summary="Submit a comment",
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": _POST_BODY}}},
        "parameters": [_IDEMPOTENCY_KEY],
    },
)
def post_comment(request: HttpRequest, article: str) -> HttpResponse:
    """Hold a comment for judging. It is on disk when this answers."""
    comment = submit_comment(article, _draft(request))
    return _json(
        {"id": comment.pk, "status": comment.status, "receipt": receipts.receipt_for(comment.pk)}, HTTPStatus.ACCEPTED
    )


@api.get(
    "/articles/{article}/comments",
    response={200: schemas.Thread, frozenset({404, 422}): schemas.ErrorBody},
    summary="Read an article's approved comments",
)
def get_thread(
    request: HttpRequest,  # noqa: ARG001
    article: str,
    cursor: str | None = None,
    order: Literal["newest", "oldest"] = "newest",
) -> dict[str, object]:
    """Return 50 conversations a page, each with its first replies."""
    found = _article(article)
    page = queries.thread(found, newest_first=order == "newest", cursor=_cursor(cursor))
    comments = [
        {
            **_comment(entry.comment),
            "replies": [_comment(reply) for reply in entry.replies],
            "reply_count": entry.reply_count,
        }
        for entry in page.conversations
    ]
    return {"article": found.slug, "total": page.total, "comments": comments, "next": _as_cursor(page.next_cursor)}


@api.get(
    "/comments/{comment}/replies",
    response={200: schemas.Replies, frozenset({404, 422}): schemas.ErrorBody},
    summary="Read on in a long conversation",
)
def get_replies(request: HttpRequest, comment: int, cursor: str | None = None) -> dict[str, object]:  # noqa: ARG001
    """Return 50 replies a page in the conversation that this first comment opened, oldest first."""
    root = queries.approved_root(comment)
    if root is None:
        raise ServiceError("unknown_comment", "There is no such comment.", status=HTTPStatus.NOT_FOUND, field="comment")
    replies, next_cursor = queries.replies_to(root, cursor=_cursor(cursor))
    return {"comments": [_comment(reply) for reply in replies], "next": _as_cursor(next_cursor)}


@api.get(
    "/receipts/{receipt}",
    response={200: schemas.Receipt, 404: schemas.ErrorBody},
    summary="Ask what became of a comment",
)
def get_receipt(request: HttpRequest, receipt: str, lang: str | None = None) -> dict[str, object]:
    """Return a comment's state to its commenter, and for a rejection the guideline and the words at fault."""
    language = lang or translation.get_language_from_request(request)
    number = receipts.comment_of(receipt)
    found = None if number is None else queries.receipt(number, language=language)
    if found is None:
        raise ServiceError("unknown_receipt", "There is no such receipt.", status=HTTPStatus.NOT_FOUND, field="receipt")
    comment = found.comment
    return {
        "id": comment.pk,
        "article": comment.article.slug,
        "status": comment.status,
        "text": comment.text,
        "submitted_at": comment.submitted_at,
        "decided_at": comment.decision.decided_at if comment.decision else None,
        "guidelines": [{"code": code, "title": title, "text": text} for code, title, text in found.guidelines],
        "evidence": [{"guideline": code, "start": start, "end": end} for code, start, end in found.evidence],
        "guidelines_version": comment.decision.guidelines_version.number if comment.decision else None,
    }


@api.exception_handler(ServiceError)
def on_service_error(request: HttpRequest, error: ServiceError) -> HttpResponse:  # noqa: ARG001
    detail = {"code": error.code, "message": error.message, "field": error.field, "limit": error.limit}
    body: dict[str, object] = {"error": detail}
    headers: dict[str, str] = {}
    if isinstance(error, DuplicateComment):
        body["receipt"] = error.receipt
    if isinstance(error, RateLimited):
        headers["Retry-After"] = str(error.retry_after_seconds)
    return _json(body, error.status, headers)


@api.exception_handler(ValidationError)
def on_validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    field = str(first["loc"][-1])
    return on_service_error(request, ServiceError("invalid_parameter", f"{field}: {first['msg']}", field=field))


@api.exception_handler(Http404)
def on_not_found(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    return on_service_error(request, ServiceError("not_found", "There is nothing here.", status=HTTPStatus.NOT_FOUND))


def _json(body: Mapping[str, object], status: int, headers: Mapping[str, str] | None = None) -> HttpResponse:
    return HttpResponse(json.dumps(body), content_type="application/json", status=status, headers=headers)


def _draft(request: HttpRequest) -> Draft:
    values = _json_object(request)
    parent = values.get("parent")
    if not (parent is None or (isinstance(parent, int) and not isinstance(parent, bool) and 0 < parent < 2**63)):
        raise ServiceError("wrong_type", "parent must be the number of a comment, or null.", field="parent")
    return Draft(
        text=_string(values, "text"),
        name=_string(values, "name"),
        email=_string(values, "email"),
        parent=parent,
        address=client_address(request),
        idempotency_key=request.headers.get("Idempotency-Key"),
    )


def _json_object(request: HttpRequest) -> Mapping[str, Any]:
    # The announced length is looked at first, so that an endless body is refused before it is read.
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_LIMIT_BYTES or len(request.body) > BODY_LIMIT_BYTES:
        raise ServiceError(
            "body_too_large", f"A request has up to {BODY_LIMIT_BYTES} bytes.",
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, limit=BODY_LIMIT_BYTES,
        )  # fmt: skip
    try:
        # Bytes that are not UTF-8 become surrogates, which submit_comment() refuses in the order of its limits.
        values = json.loads(request.body.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError) as error:
        raise ServiceError("invalid_json", "The body is not JSON.", status=HTTPStatus.BAD_REQUEST) from error
    if not isinstance(values, dict):
        raise ServiceError("invalid_json", "The body is not a JSON object.", status=HTTPStatus.BAD_REQUEST)
    return values


def _string(values: Mapping[str, Any], field: str) -> str:
    value = values.get(field) or ""
    if not isinstance(value, str):
        raise ServiceError("wrong_type", f"{field} must be a string.", field=field)
    return value


def _article(slug: str) -> Article:
    article = queries.find_article(slug)
    if article is None:
        raise ServiceError("unknown_article", "There is no such article.", status=HTTPStatus.NOT_FOUND, field="article")
    return article


def _comment(comment: Comment) -> dict[str, object]:
    return {
        "id": comment.pk,
        "parent": comment.parent_id,
        "name": comment.name,
        "text": comment.text,
        "language": comment.language,
        "submitted_at": comment.submitted_at,
    }


def _cursor(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isdecimal() and cursor.isascii() and len(cursor) < 19):  # noqa: PLR2004 - below 2**63.
        raise ServiceError("invalid_cursor", "The cursor is not one this API gave.", field="cursor")
    return int(cursor)


def _as_cursor(number: int | None) -> str | None:
    return None if number is None else str(number)
