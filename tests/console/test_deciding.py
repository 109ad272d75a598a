from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from premod.comments.errors import AlreadyDecided
from premod.comments.models import Article, Comment, DecisionRecord, Moderator, Status
from premod.comments.services import Draft, submit_comment, withdraw_comment
from premod.console.views import review
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


def test_a_second_click_is_told_that_the_moderator_has_decided_already(console: Client, refer: Callable[..., Comment]):
    comment = refer("First.")
    decide(console, comment, outcome="approve")
    again = decide(console, comment, outcome="approve")
    assert again.status_code == 409
    assert "You have already decided on this comment" in again.content.decode()


def test_a_comment_taken_back_meanwhile_is_told_as_such(console: Client, refer: Callable[..., Comment]):
    comment = refer("First.")
    withdraw_comment(read(comment))
    page = decide(console, comment, outcome="approve").content.decode()
    assert "<bdi>the commenter</bdi>: withdrawn" in page


def test_a_comment_that_the_judges_take_up_meanwhile_is_told_as_such(
    console: Client, article: Article, monkeypatch: pytest.MonkeyPatch
):
    comment = submit_comment("harbour", Draft("Held.", "Bob"))

    def claimed_first(*_: object, **__: object) -> None:
        raise AlreadyDecided

    monkeypatch.setattr(review, "record_moderation", claimed_first)
    answer = console.post(f"/console/comments/{comment.pk}/decide", {"decision": "", "outcome": "approve"})
    assert answer.status_code == 409
    assert "The judges took this comment up at the same moment" in answer.content.decode()


def test_what_was_done_is_told_on_the_next_page_with_a_way_back(console: Client, refer: Callable[..., Comment]):
    first, second = refer("First.", risk=0.9), refer("Second.", risk=0.2)
    decide(console, first, outcome="reject", guidelines=["threat"])
    page = console.get(f"/console/comments/{second.pk}/").content.decode()
    assert f"Comment {first.pk} is rejected. Threats" in page
    assert f'<a href="/console/comments/{first.pk}/">Look at it again</a>' in page


def test_what_was_chosen_stays_chosen_when_a_rejection_is_refused(console: Client, refer: Callable[..., Comment]):
    comment = refer("First.")
    page = decide(console, comment, outcome="reject", guidelines=["sexism", "gone"]).content.decode()
    assert "The guidelines changed since this page was made" in page
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["sexism"]


def test_the_guidelines_in_doubt_are_suggested(console: Client, refer: Callable[..., Comment]):
    page = console.get(f"/console/comments/{refer('First.').pk}/").content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["threat"]


@pytest.mark.parametrize("outcome", ["", "refer", "erase", "approved"])
def test_another_outcome_than_approve_and_reject_records_nothing(
    console: Client, refer: Callable[..., Comment], outcome: str
):
    comment = refer("First.")
    assert decide(console, comment, outcome=outcome).url == f"/console/comments/{comment.pk}/"
    assert read(comment).status == Status.REFERRED


def test_after_signing_in_again_the_comment_opens(console: Client, refer: Callable[..., Comment]):
    comment = refer("First.")
    assert console.get(f"/console/comments/{comment.pk}/decide").url == f"/console/comments/{comment.pk}/"


def test_approving_and_rejecting_are_two_forms_so_that_enter_never_approves(
    console: Client, refer: Callable[..., Comment]
):
    page = console.get(f"/console/comments/{refer('First.').pk}/").content.decode()
    forms = re.findall(r"<form[^>]*data-deciding>(.*?)</form>", page, re.DOTALL)
    assert ["guidelines" in form for form in forms] == [False, True]
    assert 'value="approve"' not in forms[1]


def test_the_language_can_be_switched_on_the_page_that_told_of_a_conflict(
    console: Client, refer: Callable[..., Comment]
):
    comment = refer("First.", outcome=Outcome.APPROVE)
    page = decide(console, comment, outcome="approve").content.decode()
    assert f'name="next" value="/console/comments/{comment.pk}/"' in page


def test_nobody_decides_without_signing_in(client: Client, refer: Callable[..., Comment]):
    comment = refer("First.")
    assert decide(client, comment, outcome="approve").url.startswith("/console/sign-in/")
    assert read(comment).status == Status.REFERRED
