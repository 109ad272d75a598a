"""A form sent by the browser itself."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from premod.comments.models import Article, Comment, Site

FORM = "application/x-www-form-urlencoded"


def post(client: Client, query: str = "", **fields: str) -> HttpResponse:
    given = {"name": "Bob", "email": "", "parent": "", "text": "The ferry should keep running.", **fields}
    return client.post(f"/embed/harbour{query}", urlencode(given), content_type=FORM)


def test_leads_to_the_receipt(client: Client, article: Article):
    answer = post(client)
    assert answer.status_code == 303
    assert answer["Location"].startswith("/receipts/")
    assert "Held for review" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("One\r\nTwo\r\n\r\nThree", "One\nTwo\n\nThree"),
        ("\r\n  indented, and spaces end it  \r\n", "\n  indented, and spaces end it  \n"),
        ("\ufeffe\u0301 & + % \u202e", "\ufeffe\u0301 & + % \u202e"),
    ],
)
def test_only_the_line_feeds_that_html_doubles_are_undone(sent: str, stored: str, client: Client, article: Article):
    post(client, text=sent)
    assert Comment.objects.get().text == stored


def test_a_lone_carriage_return_is_refused_and_not_repaired(client: Client, article: Article):
    assert post(client, text="One\rTwo").status_code == 422


def test_needs_no_cookie_and_sets_none(article: Article):
    strict = Client(enforce_csrf_checks=True)
    answer = post(strict)
    assert answer.status_code == 303
    assert not answer.cookies


def test_nothing_typed_is_lost_when_it_is_refused(client: Client, article: Article):
    answer = post(client, text="\r\n My text & <more> ", email="not an address", name="Şîlan")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ">\n\n My text &amp; &lt;more&gt; </textarea>" in page
    assert 'value="Şîlan"' in page
    assert 'value="not an address"' in page
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("fields", "language", "place", "message"),
    [
        ({"text": ""}, "en", "text", "Please write your comment."),
        ({"text": "  \r\n "}, "en", "text", "A comment needs more than white space."),
        ({"text": "x" * 5001}, "en", "text", "Your comment is too long. The limit is 5000 characters."),
        ({"text": "x" * 5001}, "tr", "text", "Yorumunuz çok uzun. Sınır 5000 karakterdir."),
        ({"name": ""}, "ckb", "name", "تکایە ناوتان بنووسن."),
        ({"name": "x" * 81}, "en", "name", "This name is too long, or blank. The limit is 80 characters."),
        ({"email": "no"}, "kmr", "email", "Ev ne navnîşaneke e-nameyê ye."),
        ({"email": "no"}, "ar", "email", "هذا لا يبدو عنوان بريد إلكتروني."),
        ({"parent": "7"}, "en", "form", "The comment you are answering is no longer published."),
    ],
)
def test_the_reason_stands_by_the_field_in_the_readers_language(
    fields: dict[str, str], language: str, place: str, message: str, client: Client, article: Article
):
    answer = post(client, f"?lang={language}", **fields)
    assert answer.status_code == 422
    assert f'id="{place}-refusal" role="alert">{message}' in answer.content.decode()


def test_an_email_is_required_where_the_site_says_so(client: Client, article: Article):
    Site.objects.update(email_required=True)
    assert "Please enter your e-mail address." in post(client).content.decode()


def test_the_same_comment_again_leads_to_its_receipt(client: Client, article: Article):
    assert post(client)["Location"] == post(client)["Location"]
    assert Comment.objects.count() == 1


def test_a_refused_answer_still_says_whom_it_answers(client: Client, approve: Callable[..., Comment]):
    comment = approve(name="Sara")
    page = post(client, parent=str(comment.pk), text="").content.decode()
    assert "Answer to: <bdi>Sara</bdi>" in page
    assert f'name="parent" value="{comment.pk}"' in page


def test_an_answer_is_stored_as_one(client: Client, approve: Callable[..., Comment]):
    comment = approve(name="Sara")
    post(client, parent=str(comment.pk))
    assert Comment.objects.get(name="Bob").parent_id == comment.pk


def test_a_closed_article_takes_nothing_and_says_so(client: Client, article: Article):
    Article.objects.update(is_open=False)
    answer = post(client)
    assert answer.status_code == 403
    assert "no longer takes comments" in answer.content.decode()


def test_too_many_comments_are_told_how_long_to_wait(client: Client, article: Article):
    Site.objects.update(commenter_posts_per_minute=1)
    post(client)
    answer = post(client, text="Another one.")
    assert answer.status_code == 429
    assert "Please try again in" in answer.content.decode()
