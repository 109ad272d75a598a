from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from premod.comments.models import Comment, DecisionRecord, Moderator, Site, Status
from premod.comments.services import judge_held_comments, record_moderation
from premod.comments.services.judging import MAX_ATTEMPTS
from premod.defaults import default_guidelines
from premod.domain.decision import Outcome
from support.judges import BrokenJudge, FakeJudge
from support.rows import read

CODES = default_guidelines().codes
CLEAN = FakeJudge(dict.fromkeys(CODES, 0.0))
SURE = FakeJudge({**dict.fromkeys(CODES, 0.0), "threat": 1.0})


@pytest.mark.parametrize(
    ("judge", "status"), [(CLEAN, Status.APPROVED), (SURE, Status.REJECTED), (BrokenJudge(), Status.REFERRED)]
)
def test_a_held_comment_is_judged_and_decided(submit: Callable[..., Comment], judge: FakeJudge, status: Status):
    comment = submit()
    assert judge_held_comments([judge], limit=10) == 1
    decided = read(comment)
    assert decided.status == status
    assert decided.verdicts.get().judge == judge.name
    assert judge_held_comments([judge], limit=10) == 0


def test_the_oldest_comes_first(submit: Callable[..., Comment]):
    first, second = submit("One."), submit("Two.")
    judge_held_comments([CLEAN], limit=1)
    assert (read(first).status, read(second).status) == (Status.APPROVED, Status.HELD)


def test_judges_see_the_article_and_the_parent_and_no_name(submit: Callable[..., Comment]):
    parent = submit("The ferry must run.")
    judge_held_comments([CLEAN], limit=1)
    submit("I agree.", parent=parent.pk)
    judge = FakeJudge({})
    judge_held_comments([judge], limit=10)
    seen = judge.asked[0]
    assert (seen.text, seen.parent_text) == ("I agree.", "The ferry must run.")
    assert (seen.article_title, seen.publisher) == ("Harbour to close for repairs", "The Gazette")
    assert "Bob" not in repr(seen)


def test_a_dead_workers_claim_ends_and_another_takes_the_comment(submit: Callable[..., Comment]):
    comment = submit()
    Comment.objects.update(claim="dead", claimed_until=timezone.now() + timedelta(seconds=60), attempts=1)
    assert judge_held_comments([CLEAN], limit=10) == 0
    Comment.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert judge_held_comments([CLEAN], limit=10) == 1
    assert read(comment).status == Status.APPROVED


def test_a_comment_that_kills_three_workers_is_referred_without_judging(submit: Callable[..., Comment]):
    comment = submit()
    Comment.objects.update(attempts=MAX_ATTEMPTS)
    judge = FakeJudge({})
    judge_held_comments([judge], limit=10)
    assert judge.asked == []
    assert read(comment).status == Status.REFERRED
    assert "3 attempts" in read(comment).decision.reason


def test_a_moderator_who_decides_while_the_judges_think_wins(submit: Callable[..., Comment], alice: Moderator):
    comment = submit()

    class Overtaken(FakeJudge):
        def judge(self, submissions: list[object]) -> list[object]:
            record_moderation(read(comment), Outcome.REJECT, by=alice, guidelines=["threat"])
            return super().judge(submissions)

    # In this thread: the judge shares the test's transaction.
    held = read(comment)
    Overtaken(CLEAN.scores).judge([held])
    judge_held_comments([CLEAN], limit=10)
    assert read(comment).status == Status.REJECTED
    assert DecisionRecord.objects.count() == 1


def test_without_a_worker_everything_stays_held(submit: Callable[..., Comment]):
    assert submit().status == Status.HELD


def test_comments_of_two_sites_are_judged_under_their_own_guidelines(submit: Callable[..., Comment], site: Site):
    submit()
    judge_held_comments([CLEAN], limit=10)
    assert DecisionRecord.objects.get().guidelines_version.site == site


def test_the_text_never_reaches_a_log(submit: Callable[..., Comment], caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    submit("a very private sentence", name="Zebulon")
    judge_held_comments([BrokenJudge()], limit=10)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any("private" in line or "Zebulon" in line for line in ours)
