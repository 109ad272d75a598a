from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from premod.comments import ledger
from premod.comments.models import Comment, DecisionRecord, Moderator, Site, Status
from premod.comments.services import (
    Draft,
    create_site,
    judge_held_comments,
    judging,
    publish_guidelines,
    record_moderation,
    save_article,
    submit_comment,
)
from premod.comments.services.judging import MAX_ATTEMPTS
from premod.defaults import DEFAULT_GUIDELINES_SOURCE, default_guidelines
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


def test_a_moderator_who_decides_while_the_judges_think_wins_and_the_rest_of_the_batch_is_decided(
    submit: Callable[..., Comment], site: Site, alice: Moderator
):
    overtaken, other = submit("One."), submit("Two.")
    claimed = judging._claim(10)
    record_moderation(read(overtaken), Outcome.REJECT, by=alice, guidelines=["threat"])
    judging._judge_site(site.pk, claimed, [CLEAN])
    assert (read(overtaken).status, read(overtaken).decision.moderator) == (Status.REJECTED, alice)
    assert not overtaken.verdicts.exists()
    assert (read(other).status, other.verdicts.count()) == (Status.APPROVED, 1)
    assert DecisionRecord.objects.count() == 2
    site.refresh_from_db()
    assert ledger.verify(site) is None


def test_without_a_worker_everything_stays_held(submit: Callable[..., Comment]):
    assert submit().status == Status.HELD


def test_comments_of_two_sites_are_judged_under_their_own_guidelines(submit: Callable[..., Comment]):
    lenient = create_site("herald", "The Herald")
    source = DEFAULT_GUIDELINES_SOURCE
    publish_guidelines(lenient, source.replace("approve_below = 0.05", "approve_below = 0.6"))
    save_article(lenient, "quay", "The quay")
    here = submit("In doubt.")
    there = submit_comment("quay", Draft("In doubt.", "Bob"))
    judge_held_comments([FakeJudge(dict.fromkeys(CODES, 0.5))], limit=10)
    assert (read(here).status, read(here).decision.guidelines_version.number) == (Status.REFERRED, 1)
    assert (read(there).status, read(there).decision.guidelines_version.number) == (Status.APPROVED, 2)
    assert read(there).decision.guidelines_version.site == lenient


def test_the_text_never_reaches_a_log(submit: Callable[..., Comment], caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    submit("a very private sentence", name="Zebulon")
    judge_held_comments([BrokenJudge()], limit=10)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any("private" in line or "Zebulon" in line for line in ours)
