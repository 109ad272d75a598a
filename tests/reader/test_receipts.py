"""The receipt page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from premod.comments.errors import AlreadyDecided
from premod.comments.models import Comment
from premod.comments.receipts import receipt_for
from premod.comments.services import erase_comment, withdraw_comment
from premod.domain.decision import Outcome
from premod.domain.verdict import Evidence
from premod.reader.views import receipts
from support.rows import read


def shown_text(page: str) -> str:
    found = re.search(r'<p class="text"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def visit(client: Client) -> Callable[..., str]:
    def visit(comment: Comment, query: str = "") -> str:
        return client.get(f"/receipts/{receipt_for(comment.pk)}{query}").content.decode()

    return visit


def test_explains_every_status(
    submit: Callable[..., Comment], decide: Callable[..., Comment], visit: Callable[..., str]
):
    comment = submit()
    assert "is being judged by the guidelines" in visit(comment)
    comment = decide(comment, Outcome.REFER)
    assert "A moderator will read your comment and decide." in visit(comment)
    comment = decide(comment, Outcome.APPROVE)
    assert "Readers see your comment exactly as you wrote it." in visit(comment)
    comment = decide(comment, Outcome.REJECT, Evidence("profanity", 0, 3))
    assert "Your comment does not meet the guidelines below." in visit(comment)
    withdraw_comment(comment)
    assert "You took this comment back." in visit(comment)


def test_a_rejection_names_the_guideline_and_marks_the_words(
    submit: Callable[..., Comment], decide: Callable[..., Comment], visit: Callable[..., str]
):
    comment = submit("\n\U0001f6a2 a <bad> word, and more")
    spans = [Evidence("profanity", 3, 10), Evidence("vulgarity", 6, 13), Evidence("profanity", 16, 19)]
    page = visit(decide(comment, Outcome.REJECT, *spans))
    text = shown_text(page)
    assert re.findall("<mark>(.*?)</mark>", text) == ["a &lt;bad&gt; wo", " an"]
    assert unescape(re.sub("</?mark>", "", text)) == comment.text
    assert "Profanity" in page
    assert "Vulgarity" in page
    assert "Version 1" in page


@pytest.mark.parametrize(("language", "title"), [("en", "Profanity"), ("ckb", "جنێو"), ("tr", "Küfür")])
def test_tells_the_guideline_in_the_language_asked_for(
    language: str, title: str, submit: Callable[..., Comment], decide: Callable[..., Comment], visit: Callable[..., str]
):
    comment = decide(submit(), Outcome.REJECT, Evidence("profanity", 0, 3))
    assert f'<strong class="title">{title}</strong>' in visit(comment, f"?lang={language}")


def test_is_for_the_commenter_alone(client: Client, submit: Callable[..., Comment]):
    answer = client.get(f"/receipts/{receipt_for(submit().pk)}")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "http://testserver/receipts/" in answer.content.decode()


@pytest.mark.parametrize("receipt", ["1", "1.forged", "x"])
def test_an_unknown_receipt_gets_a_friendly_page(receipt: str, client: Client, submit: Callable[..., Comment]):
    submit()
    answer = client.get(f"/receipts/{receipt}")
    assert answer.status_code == 404
    assert "This receipt is not known" in answer.content.decode()
    assert client.post(f"/receipts/{receipt}/withdraw").status_code == 404


def test_an_erased_comment_has_no_receipt(client: Client, submit: Callable[..., Comment]):
    comment = submit()
    erase_comment(comment)
    assert client.get(f"/receipts/{receipt_for(comment.pk)}").status_code == 404


def test_taking_a_comment_back_is_asked_for_once_more(submit: Callable[..., Comment]):
    comment = submit()
    client = Client(enforce_csrf_checks=True)
    address = f"/receipts/{receipt_for(comment.pk)}/withdraw?lang=en"
    assert "This cannot be undone." in client.get(address).content.decode()
    assert read(comment).status == "held"
    answer = client.post(address)
    assert answer.status_code == 303
    assert read(comment).status == "withdrawn"
    assert "Taken back" in client.get(answer["Location"]).content.decode()
    assert client.post(address).status_code == 303


def test_a_comment_decided_at_the_same_moment_is_not_taken_back_and_says_so(
    client: Client, submit: Callable[..., Comment], monkeypatch: pytest.MonkeyPatch
):
    def overtaken(comment: Comment) -> None:
        raise AlreadyDecided

    monkeypatch.setattr(receipts, "withdraw_comment", overtaken)
    answer = client.post(f"/receipts/{receipt_for(submit().pk)}/withdraw")
    assert answer.status_code == 409
    assert "Please try again." in answer.content.decode()


def test_an_approved_comment_links_to_its_place(
    client: Client, approve: Callable[..., Comment], visit: Callable[..., str]
):
    root = approve("Root")
    reply = approve("Reply", parent=root.pk)
    link = f"/embed/harbour?lang=en&amp;conversation={root.pk}&amp;cursor={reply.pk - 1}#comment-{reply.pk}"
    assert link in visit(reply)
    assert "Reply" in client.get(unescape(link)).content.decode()
