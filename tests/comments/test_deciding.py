from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from premod.comments import ledger
from premod.comments.errors import AlreadyDecided, ServiceError
from premod.comments.ledger import STATUS_AFTER
from premod.comments.models import Article, Comment, DecisionRecord, LedgerOutcome, Moderator, Site, Status
from premod.comments.services import TRANSITIONS, erase_comment, record_decision, record_moderation, withdraw_comment
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
from support.rows import read

MOVES = st.lists(st.sampled_from(LedgerOutcome), max_size=6)


@given(moves=MOVES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_comment_moves_only_along_the_transition_table(
    submit: Callable[..., Comment], alice: Moderator, site: Site, moves: list[LedgerOutcome]
):
    Site.objects.update(commenter_posts_per_minute=0)
    comment = submit(f"{Comment.objects.count()}")
    for outcome in moves:
        before = Status(comment.status)
        allowed = outcome in TRANSITIONS[before]
        try:
            _do(comment, outcome, alice)
        except AlreadyDecided:
            assert not allowed
        else:
            assert allowed
        comment = read(comment)
        assert comment.status == (STATUS_AFTER[outcome] if allowed else before)
    site.refresh_from_db()
    assert ledger.verify(site) is None


def _do(comment: Comment, outcome: LedgerOutcome, by: Moderator) -> None:
    if outcome is LedgerOutcome.WITHDRAW:
        withdraw_comment(comment)
    elif outcome is LedgerOutcome.ERASE:
        erase_comment(comment)
    else:
        version, published = guidelines_in_force(comment.article.site_id)
        record_decision(comment, Decision(Outcome(outcome.value), published.number), version=version, by=by)


def test_every_status_has_its_transitions_and_nothing_returns_to_held():
    assert set(TRANSITIONS) == set(Status)
    assert Status.HELD not in STATUS_AFTER.values()
    assert set(STATUS_AFTER) == set(LedgerOutcome)


def test_a_moderators_rejection_carries_the_guideline_and_its_version(
    submit: Callable[..., Comment], decide: Callable[..., Comment], alice: Moderator
):
    record = record_moderation(decide(submit(), Outcome.REFER), Outcome.REJECT, by=alice, guidelines=["threat"])
    assert (record.guidelines, record.guidelines_version.number, record.moderator) == (["threat"], 1, alice)


@pytest.mark.parametrize(
    ("outcome", "guidelines", "code"),
    [
        (Outcome.REJECT, [], "guideline_required"),
        (Outcome.REJECT, ["boredom"], "unknown_guideline"),
        (Outcome.APPROVE, ["threat"], "guideline_unexpected"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    submit: Callable[..., Comment],
    decide: Callable[..., Comment],
    alice: Moderator,
    outcome: Outcome,
    guidelines: list[str],
    code: str,
):
    with pytest.raises(ServiceError) as refused:
        record_moderation(decide(submit(), Outcome.REFER), outcome, by=alice, guidelines=guidelines)
    assert refused.value.code == code


def test_the_first_of_two_decisions_wins_and_the_other_is_told(
    submit: Callable[..., Comment], decide: Callable[..., Comment], alice: Moderator
):
    referred = decide(submit(), Outcome.REFER)
    as_bob_read_it = read(referred)
    record_moderation(referred, Outcome.APPROVE, by=alice)
    with pytest.raises(AlreadyDecided):
        record_moderation(as_bob_read_it, Outcome.REJECT, by=alice, guidelines=["threat"])
    assert read(referred).status == Status.APPROVED
    assert DecisionRecord.objects.count() == 2


def test_policy_never_overrules_a_moderator(
    submit: Callable[..., Comment], decide: Callable[..., Comment], alice: Moderator
):
    held = submit()
    record_moderation(read(held), Outcome.APPROVE, by=alice)
    with pytest.raises(AlreadyDecided):
        decide(held, Outcome.REJECT, "threat")
    with pytest.raises(AlreadyDecided):
        decide(read(held), Outcome.REJECT, "threat")
    assert read(held).status == Status.APPROVED


def test_readers_see_a_decision_at_once_since_the_articles_revision_rises(
    submit: Callable[..., Comment], decide: Callable[..., Comment], article: Article
):
    decide(submit("One."), Outcome.REFER)
    assert Article.objects.get().revision == 0
    decide(submit("Two."), Outcome.APPROVE)
    assert Article.objects.get().revision == 1
