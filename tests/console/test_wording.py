from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from premod.comments.models import Article, DecisionRecord, Moderator
from premod.comments.services.publishing import guidelines_in_force
from premod.console import wording
from premod.domain.decision import Policy
from premod.domain.verdict import Verdict


@pytest.fixture
def policy(article: Article) -> Policy:
    return Policy(guidelines_in_force(article.site_id)[1])


def said_of(article: Article, policy: Policy, *verdicts: Verdict) -> str:
    decision = policy.decide(verdicts)
    version, _ = guidelines_in_force(article.site_id)
    return wording.reason_in_words(
        DecisionRecord(
            guidelines_version=version,
            guidelines=list(decision.guidelines),
            reason=decision.reason,
            outcome=decision.outcome.value,
        )
    )


def test_doubt_names_the_guidelines(article: Article, policy: Policy):
    sure = dict.fromkeys(policy.guidelines.codes, 0.0)
    assert said_of(article, policy, Verdict("fake", {**sure, "threat": 0.5, "sexism": 0.5})) == (
        "In doubt: Threats, Sexism"
    )


def test_criticism_of_the_publisher_is_told(article: Article, policy: Policy):
    scores = {**dict.fromkeys(policy.guidelines.codes, 0.0), "threat": 1.0, "publisher_criticism": 0.9}
    assert said_of(article, policy, Verdict("fake", scores)) == (
        "Seems to criticise the publisher, and to breach: Threats"
    )


def test_a_failed_judge_is_named_with_what_went_wrong_in_words(article: Article, policy: Policy):
    verdicts = Verdict("lexicon", error="raised ValueError"), Verdict("slow", error="no answer within 30 seconds")
    assert said_of(article, policy, *verdicts) == (
        "A judge failed: lexicon (it broke off with an error), slow (it did not answer in time)"
    )


def test_a_few_unscored_guidelines_are_named_and_many_are_counted(article: Article, policy: Policy):
    codes = policy.guidelines.codes
    few = Verdict("fake", dict.fromkeys(codes[2:], 0.0))
    assert said_of(article, policy, few) == "No judge could say whether it breaches: Profanity, Threats"
    assert said_of(article, policy, Verdict("fake")) == (
        f"No judge could say whether it breaches {len(codes)} of the guidelines"
    )


def test_a_comment_that_stopped_the_judges_is_told(article: Article):
    version, _ = guidelines_in_force(article.site_id)
    record = DecisionRecord(guidelines_version=version, reason="judging was given up after 3 attempts")
    assert wording.reason_in_words(record) == "Judging it stopped the judges again and again."


def test_an_unknown_failure_is_told_as_it_was_recorded():
    assert wording.failure_in_words("quota used up") == "quota used up"


@pytest.mark.parametrize(
    ("outcome", "who"), [("approve", "the policy"), ("withdraw", "the commenter"), ("erase", "the operator")]
)
def test_whoever_decided_is_named(outcome: str, who: str):
    assert wording.decider_in_words(DecisionRecord(outcome=outcome)) == who
    assert wording.decider_in_words(DecisionRecord(outcome=outcome, moderator=Moderator(username="bob"))) == "bob"


@pytest.mark.parametrize(
    ("ago", "english", "arabic"),
    [
        (timedelta(seconds=1), "1 second", "ثانية واحدة"),
        (timedelta(minutes=2), "2 minutes", "دقيقتين"),
        (timedelta(hours=5), "5 hours", "5 ساعات"),
        (timedelta(days=30), "30 days", "30 يومًا"),
    ],
)
def test_ages_have_the_plurals_of_their_language(ago: timedelta, english: str, arabic: str):
    moment = timezone.now() - ago
    assert wording.age_in_words(moment) == english
    with translation.override("ar"):
        assert wording.age_in_words(moment) == arabic
