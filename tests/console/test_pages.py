from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from premod.comments.models import Article, Comment, Moderator, VerdictRecord
from premod.comments.services import Draft, erase_comment, submit_comment
from premod.console.views import queue

TEXTS = ["<script>alert(1)</script> & more", "\n\nlines  \n and   spaces  ", "\u202eevil\u202c", "ئەم هەواڵە 😀"]


def shown_text(page: str) -> str:
    found = re.search(r"<blockquote class=\"text\"[^>]*data-text>(.*?)</blockquote>", page, re.DOTALL)
    return unescape(re.sub(r"</?mark[^>]*>", "", found[1]))


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_is_shown_exactly_as_submitted(console: Client, refer: Callable[..., Comment], text: str):
    comment = refer(text)
    VerdictRecord.objects.create(
        comment=comment, judge="fake", scores={"threat": 0.5}, evidence=[["threat", 1, 4]], judged_at=timezone.now()
    )
    page = console.get(f"/console/comments/{comment.pk}/").content.decode()
    assert shown_text(page) == text
    assert "<mark title=" in page


def test_there_is_no_field_to_edit_a_text_with(console: Client, refer: Callable[..., Comment]):
    page = console.get(f"/console/comments/{refer('First.').pk}/").content.decode()
    assert "<textarea" not in page
    assert "contenteditable" not in page


def test_the_queue_has_the_riskiest_first_and_the_oldest_among_equals(console: Client, refer: Callable[..., Comment]):
    for text, risk in (("mild", 0.1), ("grave", 0.9), ("grave too", 0.9), ("middling", 0.5)):
        refer(text, risk=risk)
    page = console.get("/console/").content.decode()
    order = re.findall(r'<span class="excerpt"[^>]*>([^<]*)</span>', page)
    assert order == ["grave", "grave too", "middling", "mild"]
    assert "4 comments wait" in page


def test_the_queue_is_read_page_by_page(console: Client, refer: Callable[..., Comment]):
    numbers = [refer(f"Number {number}.", risk=(number % 7) / 10).pk for number in range(65)]
    seen: list[int] = []
    address = "/console/"
    while address:
        page = console.get(address).content.decode()
        seen += [int(number) for number in re.findall(r'class="entry" href="/console/comments/(\d+)/"', page)]
        following = re.search(r'rel="next" href="([^"]*)"', page)
        address = "/console/" + unescape(following[1]) if following else ""
    assert sorted(seen) == numbers
    assert len(set(seen)) == 65


def test_a_page_of_the_queue_costs_the_same_number_of_queries_however_long(
    console: Client, refer: Callable[..., Comment], django_assert_max_num_queries: Callable[..., object]
):
    for number in range(25):
        refer(f"Number {number}.")
    with django_assert_max_num_queries(10):
        console.get("/console/")


def test_a_comment_held_too_long_is_told_to_the_moderator(
    console: Client, article: Article, monkeypatch: pytest.MonkeyPatch
):
    submit_comment("harbour", Draft("Held.", "Bob"))
    assert "no worker seems to run" not in console.get("/console/").content.decode()
    # The trigger refuses to move the time of submission, so what counts as overdue is moved instead.
    monkeypatch.setattr(queue, "OVERDUE", timedelta(0))
    assert "no worker seems to run" in console.get("/console/").content.decode()


def test_an_erased_comment_shows_that_it_was(console: Client, refer: Callable[..., Comment]):
    comment = refer("Forget me.")
    erase_comment(comment)
    page = console.get(f"/console/comments/{comment.pk}/").content.decode()
    assert "erased at its commenter" in page
    assert "Forget me" not in page


def test_what_the_same_commenter_wrote_before_is_at_hand(console: Client, refer: Callable[..., Comment]):
    refer("An earlier remark.")
    page = console.get(f"/console/comments/{refer('First.').pk}/").content.decode()
    assert "An earlier remark." in page


def test_a_comment_is_found_by_its_number(console: Client, refer: Callable[..., Comment]):
    comment = refer("First.")
    assert console.get("/console/comments/", {"number": comment.pk}).url == f"/console/comments/{comment.pk}/"
    assert console.get("/console/comments/", {"number": "9" * 40}).url == "/console/decisions/"
    assert str(comment.pk) in console.get("/console/decisions/").content.decode()


@pytest.mark.parametrize("path", ["", "decisions/", "comments/1/", "comments/"])
def test_every_page_asks_to_sign_in(client: Client, db: None, path: str):
    assert client.get(f"/console/{path}").url.startswith("/console/sign-in/")


@pytest.mark.parametrize("path", ["", "decisions/"])
def test_no_page_is_kept_by_a_browser(console: Client, article: Article, path: str):
    assert "no-store" in console.get(f"/console/{path}")["Cache-Control"]


def test_a_moderator_signs_in_and_out(client: Client, alice: Moderator):
    form = {"username": "alice", "password": "correct horse battery"}
    assert client.post("/console/sign-in/", form).url == "/console/"
    assert client.get("/console/").status_code == 200
    client.post("/console/sign-out/")
    assert client.get("/console/").status_code == 302


def test_guessing_a_password_is_stopped_after_five_failures(client: Client, alice: Moderator):
    for _ in range(5):
        client.post("/console/sign-in/", {"username": "alice", "password": "wrong"})
    right = {"username": "alice", "password": "correct horse battery"}
    refused = client.post("/console/sign-in/", right)
    assert "Too many failed attempts" in refused.content.decode()
    assert client.post("/console/sign-in/", right, REMOTE_ADDR="198.51.100.9").url == "/console/"
