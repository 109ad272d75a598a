from __future__ import annotations

import pytest

from premod.defaults import default_guidelines
from premod.domain.decision import Outcome, Policy
from premod.domain.verdict import Evidence, Submission, Verdict
from premod.judges.base import Judge
from premod.pipeline import assess
from support.judges import BrokenJudge, FakeJudge, SlowJudge, SparseJudge, WildJudge

POLICY = Policy(default_guidelines())
CLEAN = FakeJudge(dict.fromkeys(POLICY.guidelines.codes, 0.0), "clean")
TWO = [Submission("The quay is old."), Submission("So is the harbour master's excuse.")]


@pytest.mark.parametrize(
    ("judge", "error"),
    [
        (BrokenJudge(), "raised RuntimeError"),
        (SlowJudge(), "no answer within 0.2 seconds"),
        (SparseJudge(), "1 verdicts for 2 submissions"),
        (WildJudge(), "raised ValueError"),
    ],
)
def test_refers_when_a_judge_breaks(judge: Judge, error: str):
    for assessment in assess(TWO, [CLEAN, judge], POLICY, timeout_seconds=0.2):
        assert assessment.decision.outcome is Outcome.REFER
        assert assessment.verdicts[1].error == error


def test_refers_when_there_is_no_judge():
    assert [found.decision.outcome for found in assess(TWO, [], POLICY)] == [Outcome.REFER] * 2


def test_refers_when_evidence_lies_outside_the_text():
    class Beyond:
        name = "beyond"

        def judge(self, submissions: list[Submission]) -> list[Verdict]:
            return [Verdict("beyond", {"threat": 1.0}, (Evidence("threat", 0, 10_000),)) for _ in submissions]

    assert {found.decision.outcome for found in assess(TWO, [Beyond()], POLICY)} == {Outcome.REFER}


def test_a_broken_judges_message_does_not_carry_the_comment():
    found = assess([Submission("my own words")], [BrokenJudge()], POLICY)
    assert "my own words" not in repr(found)


def test_answers_in_the_order_it_was_asked():
    class ByLength:
        name = "by-length"

        def judge(self, submissions: list[Submission]) -> list[Verdict]:
            scores = [1.0 if len(item.text) > 20 else 0.0 for item in submissions]
            return [Verdict("by-length", dict.fromkeys(POLICY.guidelines.codes, score)) for score in scores]

    outcomes = [found.decision.outcome for found in assess(TWO, [ByLength()], POLICY)]
    assert outcomes == [Outcome.APPROVE, Outcome.REJECT]


def test_a_submission_without_a_language_is_given_one():
    judge = FakeJudge({})
    assert assess([Submission("ئەم هەواڵە زۆر گرنگە بۆ ئێمە")], [judge], POLICY)[0].language == "ckb"
    assert judge.asked[0].language == "ckb"


def test_nothing_in_is_nothing_out():
    assert assess([], [CLEAN], POLICY) == []
