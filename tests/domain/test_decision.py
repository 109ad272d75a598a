from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premod.defaults import default_guidelines
from premod.domain.decision import Outcome, Policy
from premod.domain.verdict import Evidence, Verdict

GUIDELINES = default_guidelines()
POLICY = Policy(GUIDELINES)
CLEAN = dict.fromkeys(GUIDELINES.codes, 0.0)

verdicts = st.lists(
    st.builds(
        Verdict,
        st.just("fake"),
        st.dictionaries(st.sampled_from([*GUIDELINES.codes, "publisher_criticism"]), st.floats(0, 1)),
        error=st.sampled_from([None, None, None, "raised"]),
    ),
    max_size=4,
)


def test_a_comment_clean_on_every_guideline_is_approved():
    assert POLICY.decide([Verdict("fake", CLEAN)]).outcome is Outcome.APPROVE


def test_a_sure_breach_is_rejected_with_its_guideline_and_evidence():
    span = Evidence("threat", 3, 9)
    decision = POLICY.decide([Verdict("fake", {**CLEAN, "threat": 0.99}, (span, Evidence("racism", 0, 2)))])
    assert (decision.outcome, decision.guidelines, decision.evidence) == (Outcome.REJECT, ("threat",), (span,))


def test_doubt_is_referred():
    assert POLICY.decide([Verdict("fake", {**CLEAN, "threat": 0.5})]).outcome is Outcome.REFER


def test_an_unscored_guideline_is_referred():
    scores = {code: score for code, score in CLEAN.items() if code != "homophobia"}
    decision = POLICY.decide([Verdict("fake", scores)])
    assert decision.outcome is Outcome.REFER
    assert "homophobia" in decision.reason


def test_no_verdict_at_all_is_referred():
    assert POLICY.decide([]).outcome is Outcome.REFER


def test_a_judges_error_is_referred_whatever_the_others_say():
    for scores in (CLEAN, {**CLEAN, "threat": 1.0}):
        assert POLICY.decide([Verdict("fake", scores), Verdict("other", error="raised")]).outcome is Outcome.REFER


def test_criticism_of_the_publisher_is_never_rejected_by_machine():
    scores = {**CLEAN, "profanity": 1.0, "publisher_criticism": 0.6}
    assert POLICY.decide([Verdict("fake", scores)]).outcome is Outcome.REFER


def test_the_highest_score_of_any_judge_counts():
    decision = POLICY.decide([Verdict("one", {**CLEAN, "threat": 0.99}), Verdict("two", CLEAN)])
    assert decision.outcome is Outcome.REJECT


def test_a_policy_without_guidelines_is_refused_at_start():
    with pytest.raises(ValueError, match="approve everything"):
        Policy(replace(GUIDELINES, guidelines=()))


@given(verdicts)
def test_nothing_is_approved_unless_every_guideline_was_scored_low_and_no_judge_broke(found: list[Verdict]):
    decision = POLICY.decide(found)
    if decision.outcome is Outcome.APPROVE:
        assert all(verdict.error is None for verdict in found)
        for entry in GUIDELINES.guidelines:
            scores = [verdict.scores[entry.code] for verdict in found if entry.code in verdict.scores]
            assert scores
            assert max(scores) <= entry.thresholds.approve_below


@given(verdicts)
def test_nothing_protected_is_rejected(found: list[Verdict]):
    if any(verdict.scores.get("publisher_criticism", 0.0) >= 0.5 for verdict in found):
        assert POLICY.decide(found).outcome is not Outcome.REJECT


@given(verdicts)
def test_every_decision_names_the_version_it_applied(found: list[Verdict]):
    assert POLICY.decide(found).guidelines_version == GUIDELINES.number
