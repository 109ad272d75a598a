from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from premod.comments.models import Comment, DecisionRecord, Moderator, Status
from premod.domain.decision import Outcome
from support.rows import read


def decide(client: Client, shown: Comment, **form: object) -> object:
    return client.post(f"/console/comments/{shown.pk}/decide", {"decision": shown.decision_id, **form})


def test_an_approval_is_recorded_and_the_next_comment_opens(console: Client, refer: Callable[..., Comment]):
    first, second = refer("First.", risk=0.9), refer("Second.", risk=0.2)
    answer = decide(console, first, outcome="approve")
    assert answer.url == f"/console/comments/{second.pk}/"
    assert read(first).status == Status.APPROVED
    assert read(first).decision.moderator.username == "alice"


def test_after_the_last_one_the_queue_opens(console: Client, refer: Callable[..., Comment]):
    assert decide(console, refer("Only one."), outcome="approve").url == "/console/"
    assert "Nothing waits for you" in console.get("/console/").content.decode()


def test_a_rejection_names_its_guideline(console: Client, refer: Callable[..., Comment]):
    comment = refer("First.")
    decide(console, comment, outcome="reject", guidelines=["threat", "vulgarity"])
    assert read(comment).status == Status.REJECTED
    assert read(comment).decision.guidelines == ["threat", "vulgarity"]


def test_a_rejection_without_a_guideline_is_refused_and_nothing_is_recorded(
    console: Client, refer: Callable[..., Comment]
):
    comment = refer("First.")
    answer = decide(console, comment, outcome="reject")
    assert answer.status_code == 422
    assert "Please choose at least one" in answer.content.decode()
    assert read(comment).status == Status.REFERRED


def test_two_moderators_at_once_get_one_decision_and_one_clear_message(
    console: Client, bob: Moderator, refer: Callable[..., Comment]
):
    shown_to_both = refer("First.")
    other = Client()
    other.force_login(bob)
    decide(other, shown_to_both, outcome="reject", guidelines=["threat"])
    answer = decide(console, shown_to_both, outcome="approve")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else decided on this comment first" in page
    assert "<bdi>bob</bdi>: rejected" in page
    assert read(shown_to_both).status == Status.REJECTED
    assert DecisionRecord.objects.filter(moderator__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("outcome", "reversal", "status"),
    [
        (Outcome.APPROVE, {"outcome": "reject", "guidelines": ["threat"]}, Status.REJECTED),
        (Outcome.REJECT, {"outcome": "approve"}, Status.APPROVED),
    ],
)
def test_a_decision_may_be_reversed(
    console: Client, refer: Callable[..., Comment], outcome: Outcome, reversal: dict[str, object], status: Status
):
    comment = refer("First.", outcome=outcome)
    decide(console, comment, **reversal)
    assert read(comment).status == status


def test_an_approved_comment_cannot_be_approved_again(console: Client, refer: Callable[..., Comment]):
    comment = refer("First.", outcome=Outcome.APPROVE)
    assert 'value="approve"' not in console.get(f"/console/comments/{comment.pk}/").content.decode()
    assert decide(console, comment, outcome="approve").status_code == 409


def test_nobody_decides_without_signing_in(client: Client, refer: Callable[..., Comment]):
    comment = refer("First.")
    assert decide(client, comment, outcome="approve").url.startswith("/console/sign-in/")
    assert read(comment).status == Status.REFERRED
