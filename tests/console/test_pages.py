from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from premod.comments.models import Article, Comment, VerdictRecord
from premod.comments.services import Draft, erase_comment, submit_comment
from premod.console.views import decisions, queue
from premod.domain.decision import Outcome

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
    with django_assert_max_num_queries(11):
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


@pytest.mark.parametrize("path", ["", "decisions/", "comments/1/", "comments/1/decide", "comments/"])
def test_every_page_asks_to_sign_in(client: Client, db: None, path: str):
    assert client.get(f"/console/{path}").url.startswith("/console/sign-in/")


@pytest.mark.parametrize("path", ["", "decisions/", "comments/", "comments/1/", "comments/1/decide", "sign-in/"])
def test_no_page_is_kept_by_a_browser(console: Client, article: Article, path: str):
    assert "no-store" in console.get(f"/console/{path}")["Cache-Control"]


def test_a_comment_that_does_not_exist_is_told_on_a_page_of_its_own(console: Client):
    for number in (1, 10**17, 10**40):
        answer = console.get(f"/console/comments/{number}/")
        assert answer.status_code == 404
        assert "There is no comment with this number" in answer.content.decode()


def test_the_article_the_parent_and_the_history_stand_beside_the_comment(
    console: Client, refer: Callable[..., Comment]
):
    parent = refer("What do you think?", outcome=Outcome.APPROVE)
    comment = refer("Not much.", parent=parent.pk, email="bob@example.org")
    page = console.get(f"/console/comments/{comment.pk}/").content.decode()
    for shown in ("Harbour to close for repairs", "Work begins in May.", "What do you think?", "bob@example.org"):
        assert shown in page
    assert "<bdi>the policy</bdi>: referred to a moderator" in page


def test_verdicts_are_shown_with_their_scores_the_words_they_rest_on_and_what_went_wrong(
    console: Client, refer: Callable[..., Comment]
):
    comment = refer("\U0001f600 go away")
    given = {"comment": comment, "judged_at": timezone.now()}
    VerdictRecord.objects.create(
        judge="lexicon", scores={"threat": 0.62, "sexism": 0.001}, evidence=[["threat", 2, 4]], **given
    )
    VerdictRecord.objects.create(judge="slow", error="no answer within 30 seconds", **given)
    page = console.get(f"/console/comments/{comment.pk}/").content.decode()
    assert '<meter min="0" max="100" low="' in page
    assert 'value="62" aria-label="Threats"' in page
    assert '<q dir="auto">go</q>' in page
    assert "Below 1%: Sexism" in page
    assert "This judge failed: it did not answer in time" in page


def test_a_review_costs_the_same_number_of_queries_whatever_there_is_to_show(
    console: Client, refer: Callable[..., Comment], django_assert_max_num_queries: Callable[..., object]
):
    comments = [refer(f"Number {number}.") for number in range(12)]
    with django_assert_max_num_queries(14):
        console.get(f"/console/comments/{comments[0].pk}/")


def test_decisions_cost_the_same_number_of_queries_however_many(
    console: Client, refer: Callable[..., Comment], django_assert_max_num_queries: Callable[..., object]
):
    for number in range(12):
        refer(f"Number {number}.")
    with django_assert_max_num_queries(5):
        console.get("/console/decisions/")


def test_decisions_are_read_page_by_page(
    console: Client, refer: Callable[..., Comment], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(decisions, "PAGE_SIZE", 2)
    numbers = [refer(f"Number {number}.").pk for number in range(5)]
    seen: list[int] = []
    address = "/console/decisions/"
    while address:
        page = console.get(address).content.decode()
        seen += [int(number) for number in re.findall(r"Comment (\d+)</a>", page)]
        older = re.search(r'rel="next" href="([^"]*)"', page)
        address = "/console/decisions/" + older[1] if older else ""
    assert seen == numbers[::-1]


@pytest.mark.parametrize(("text", "told"), [("plain", False), ("\u202elive", True), ("می\u200cخواهم", False)])
def test_characters_that_mislead_the_eye_are_told(
    console: Client, refer: Callable[..., Comment], text: str, *, told: bool
):
    page = console.get(f"/console/comments/{refer(text).pk}/").content.decode()
    assert ("Holds characters that cannot be seen" in page) is told


def test_the_age_of_what_is_being_judged_is_shown(console: Client, article: Article):
    submit_comment("harbour", Draft("Held.", "Bob"))
    assert re.search(r"Being judged for \d+ second", console.get("/console/").content.decode())


def test_the_console_is_there_in_every_language_and_from_right_to_left(console: Client):
    for language, direction, title in (("ckb", "rtl", "ڕیزی پێداچوونەوە"), ("kmr", "ltr", "Rêza nirxandinê")):
        console.post("/console/language/setlang/", {"language": language, "next": "/console/"})
        page = console.get("/console/").content.decode()
        assert f'<html lang="{language}" dir="{direction}">' in page
        assert title in page
