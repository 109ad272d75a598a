from __future__ import annotations

import json

import pytest
from django.test import Client

from premod.comments.models import Article, Comment, Site

COMMENTS = "/api/v1/articles/harbour/comments"
FINE = {"text": "The ferry should keep running.", "name": "Bob"}


def post(client: Client, body: object, **headers: str) -> tuple[int, dict[str, object]]:
    data = body if isinstance(body, bytes) else json.dumps(body)
    response = client.post(COMMENTS, data, content_type="application/json", headers=headers)
    return response.status_code, response.json()


def test_a_post_is_answered_with_a_receipt_and_held(client: Client, article: Article):
    status, answer = post(client, FINE)
    comment = Comment.objects.get()
    assert status == 202
    assert answer == {"id": comment.pk, "status": "held", "receipt": answer["receipt"]}
    assert comment.text == FINE["text"]
    assert client.get(f"/api/v1/receipts/{answer['receipt']}").json()["status"] == "held"


@pytest.mark.parametrize(
    ("body", "status", "code", "field", "limit"),
    [
        (b"x" * (64 * 1024 + 1), 413, "body_too_large", None, 65536),
        (b"{", 400, "invalid_json", None, None),
        (b"[]", 400, "invalid_json", None, None),
        (b"[" * 50_000, 400, "invalid_json", None, None),
        ({"text": 7, "name": "Bob"}, 422, "wrong_type", "text", None),
        ({"text": "Fine.", "name": ["Bob"]}, 422, "wrong_type", "name", None),
        ({"text": "Fine.", "name": "Bob", "parent": "1"}, 422, "wrong_type", "parent", None),
        ({"text": "Fine.", "name": "Bob", "parent": True}, 422, "wrong_type", "parent", None),
        ({"text": "Fine.", "name": "Bob", "parent": 2**70}, 422, "wrong_type", "parent", None),
        ({"name": "Bob"}, 422, "text_length", "text", 5000),
        ({"text": "Fine."}, 422, "name_length", "name", 80),
        (b'{"text": "\xff\xfe", "name": "Bob"}', 422, "invalid_utf8", "text", None),
        (b'{"text": "\\ud800", "name": "Bob"}', 422, "invalid_utf8", "text", None),
        ({"text": "a\u0000b", "name": "Bob"}, 422, "control_character", "text", None),
        ({"text": " \n ", "name": "Bob"}, 422, "text_blank", "text", None),
        ({"text": "x" * 5001, "name": "Bob"}, 422, "text_length", "text", 5000),
        ({"text": "Fine.", "name": "Bob", "parent": 9}, 422, "unknown_parent", "parent", None),
    ],
)
def test_each_limit_is_told_with_code_field_and_limit(
    client: Client, article: Article, body: object, status: int, code: str, field: str | None, limit: int | None
):
    found, answer = post(client, body)
    assert found == status
    assert answer["error"]["message"]
    assert {**answer["error"], "message": ""} == {"code": code, "message": "", "field": field, "limit": limit}
    assert not Comment.objects.exists()


def test_an_unknown_article_is_a_404(client: Client, db: None):
    assert post(client, FINE)[0] == 404


def test_a_closed_article_is_a_403(client: Client, article: Article):
    Article.objects.update(is_open=False)
    assert post(client, FINE)[1]["error"]["code"] == "article_closed"


def test_the_same_text_again_is_a_409_with_the_first_receipt(client: Client, article: Article):
    first = post(client, FINE)[1]
    status, answer = post(client, FINE)
    assert (status, answer["error"]["code"], answer["receipt"]) == (409, "duplicate", first["receipt"])


def test_too_many_posts_are_a_429_with_retry_after(client: Client, article: Article):
    Site.objects.update(commenter_posts_per_minute=1)
    post(client, FINE)
    response = client.post(COMMENTS, json.dumps({**FINE, "text": "More."}), content_type="application/json")
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert response.json()["error"]["limit"] == 1


def test_a_retried_post_with_its_idempotency_key_is_one_comment(client: Client, article: Article):
    first = post(client, FINE, **{"Idempotency-Key": "7f3a"})
    assert post(client, FINE, **{"Idempotency-Key": "7f3a"}) == first
    assert Comment.objects.count() == 1


def test_a_forged_forwarded_address_is_not_believed(client: Client, article: Article, settings: object):
    post(client, FINE, **{"X-Forwarded-For": "198.51.100.9"})
    assert Comment.objects.get().address == "127.0.0.1"


def test_behind_a_trusted_proxy_the_address_it_vouches_for_counts(client: Client, article: Article, settings: object):
    settings.TRUSTED_PROXIES = 1
    post(client, FINE, **{"X-Forwarded-For": "10.9.8.7, 198.51.100.9"})
    assert Comment.objects.get().address == "198.51.100.9"
