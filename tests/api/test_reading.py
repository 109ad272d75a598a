from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from premod.comments.models import Article, Comment
from premod.comments.receipts import receipt_for
from premod.comments.services import Draft, erase_comment, record_decision, submit_comment
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
from premod.domain.verdict import Evidence
from support.rows import read

COMMENTS = "/api/v1/articles/harbour/comments"


@pytest.fixture
def post(article: Article) -> Callable[..., Comment]:
    version, _ = guidelines_in_force(article.site_id)

    def post(text: str, outcome: Outcome = Outcome.APPROVE, parent: int | None = None, **why: object) -> Comment:
        comment = read(submit_comment("harbour", Draft(text, "Bob", parent=parent)))
        record_decision(comment, Decision(outcome, 1, **why), version=version)
        return read(comment)

    return post


def test_only_approved_comments_are_shown(client: Client, post: Callable[..., Comment]):
    post("Approved.")
    post("Rejected.", Outcome.REJECT, guidelines=("threat",))
    post("Referred.", Outcome.REFER)
    thread = client.get(COMMENTS).json()
    assert [comment["text"] for comment in thread["comments"]] == ["Approved."]
    assert (thread["total"], thread["next"]) == (1, None)


def test_pages_hold_fifty_conversations_in_either_order(client: Client, post: Callable[..., Comment]):
    texts = [post(f"Number {number}.").text for number in range(120)]
    for order, expected in (("oldest", texts), ("newest", texts[::-1])):
        seen, cursor, sizes = [], "", []
        while cursor is not None:
            page = client.get(COMMENTS, {"order": order, **({"cursor": cursor} if cursor else {})}).json()
            sizes.append(len(page["comments"]))
            seen += [comment["text"] for comment in page["comments"]]
            cursor = page["next"]
        assert (seen, sizes) == (expected, [50, 50, 20])


def test_a_conversation_has_two_levels_and_its_replies_oldest_first(client: Client, post: Callable[..., Comment]):
    root = post("Root.")
    first = post("First.", parent=root.pk)
    post("Second, to the first.", parent=first.pk)
    conversation = client.get(COMMENTS).json()["comments"][0]
    assert [reply["text"] for reply in conversation["replies"]] == ["First.", "Second, to the first."]
    assert [reply["parent"] for reply in conversation["replies"]] == [root.pk, first.pk]
    assert conversation["reply_count"] == 2


def test_a_long_conversation_can_be_read_on(client: Client, post: Callable[..., Comment]):
    root = post("Root.")
    for number in range(60):
        post(f"Reply {number}.", parent=root.pk)
    conversation = client.get(COMMENTS).json()["comments"][0]
    assert (len(conversation["replies"]), conversation["reply_count"]) == (50, 60)
    rest = client.get(f"/api/v1/comments/{root.pk}/replies", {"cursor": conversation["replies"][-1]["id"]}).json()
    assert [reply["text"] for reply in rest["comments"]] == [f"Reply {number}." for number in range(50, 60)]


@pytest.mark.parametrize("query", ["?cursor=x", "?cursor=-1", "?cursor=" + "9" * 30, "?order=best"])
def test_a_query_that_makes_no_sense_is_refused(client: Client, article: Article, query: str):
    response = client.get(COMMENTS + query)
    assert response.status_code == 422
    assert response.json()["error"]["field"] in {"cursor", "order"}


def test_a_rejection_tells_the_guideline_and_the_words(client: Client, post: Callable[..., Comment]):
    span = Evidence("threat", 2, 10)
    rejected = post("I'll get you.", Outcome.REJECT, guidelines=("threat",), evidence=(span,))
    receipt = client.get(f"/api/v1/receipts/{receipt_for(rejected.pk)}", {"lang": "tr"}).json()
    assert receipt["status"] == "rejected"
    assert receipt["evidence"] == [{"guideline": "threat", "start": 2, "end": 10}]
    assert receipt["guidelines"][0]["code"] == "threat"
    assert receipt["guidelines"][0]["title"] == guidelines_in_force(rejected.article.site_id)[1].guideline(
        "threat"
    ).title.in_language("tr")


@pytest.mark.parametrize("forged", ["1", "1.forged", "x", "1.", ".", "%00"])
def test_a_forged_receipt_is_a_404(client: Client, post: Callable[..., Comment], forged: str):
    post("Approved.")
    assert client.get(f"/api/v1/receipts/{forged}").status_code == 404


def test_an_erased_comments_receipt_is_a_404(client: Client, post: Callable[..., Comment]):
    comment = post("Approved.")
    erase_comment(comment)
    assert client.get(f"/api/v1/receipts/{receipt_for(comment.pk)}").status_code == 404
    assert client.get(COMMENTS).json()["comments"] == []


def test_a_page_costs_the_same_number_of_queries_however_long(
    client: Client, post: Callable[..., Comment], django_assert_max_num_queries: Callable[..., object]
):
    for number in range(20):
        root = post(f"Root {number}.")
        post(f"Reply {number}.", parent=root.pk)
    with django_assert_max_num_queries(6):
        client.get(COMMENTS)
