from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premod.domain.verdict import Evidence, Verdict


@pytest.mark.parametrize("score", [float("nan"), -0.01, 1.01, float("inf"), float("-inf")])
def test_a_score_outside_0_to_1_is_refused_at_construction(score: float):
    with pytest.raises(ValueError, match="outside 0 to 1"):
        Verdict("fake", {"threat": score})


@given(st.dictionaries(st.text(), st.floats(0, 1)))
def test_a_verdict_keeps_the_scores_it_was_given(scores: dict[str, float]):
    assert Verdict("fake", scores).scores == scores


def test_a_verdict_cannot_be_changed_afterwards():
    given_scores = {"threat": 0.5}
    verdict = Verdict("fake", given_scores)
    given_scores["threat"] = 0.9
    assert verdict.scores["threat"] == 0.5
    with pytest.raises(TypeError):
        verdict.scores["threat"] = 0.9  # type: ignore[index]


def test_a_judge_has_no_place_to_put_text():
    assert {field.name for field in dataclasses.fields(Verdict)} == {"judge", "scores", "evidence", "error"}


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_evidence_that_spans_nothing_is_refused(start: int, end: int):
    with pytest.raises(ValueError, match="no span"):
        Evidence("threat", start, end)
