"""Criticism of the publisher, which no machine rejects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premod.domain.decision import PROTECTED_FROM_SCORE
from premod.domain.verdict import Submission
from premod.judges.language import LANGUAGES
from premod.judges.publisher import SIGNAL, PublisherJudge

JUDGE = PublisherJudge()


def score(text: str, language: str = "en", publisher: str = "") -> float:
    return JUDGE.judge([Submission(text, language=language, publisher=publisher)])[0].scores.get(SIGNAL, 0.0)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This newspaper has been silent about the mayor for a year.", "en"),
        ("Your headline says the opposite of your report.", "en"),
        ("Why did the moderators delete my comment?", "en"),
        ("هذه الصحيفة لا تذكر اسم الحزب", "ar"),
        ("مراسلكم لم يسأل أحداً من الأهالي", "ar"),
        ("Gazeteniz bu konuda hep susuyor.", "tr"),
        ("Bu haberi yazan kimseyle konuşmamış.", "tr"),
        ("هەواڵەکەتان ناتەواوە", "ckb"),
        ("ئەم ڕۆژنامەیە بێلایەن نییە", "ckb"),
        ("Nûçeya we tijî şaşî ye.", "kmr"),
        ("Ev rojname tenê dengê aliyekî dide.", "kmr"),
    ],
)
def test_a_comment_about_the_publishers_work_is_protected(text: str, language: str):
    assert score(text, language) >= PROTECTED_FROM_SCORE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council should repair the bridge before winter.", "en"),
        ("You are wrong about the price of bread.", "en"),
        ("على البلدية إصلاح الجسر قبل الشتاء", "ar"),
        ("Belediye köprüyü kıştan önce onarmalı.", "tr"),
        ("دەبێت شارەوانی پردەکە پێش زستان چاک بکات", "ckb"),
        ("Divê şaredarî pirê berî zivistanê çêbike.", "kmr"),
    ],
)
def test_a_comment_about_something_else_is_not(text: str, language: str):
    assert score(text, language) < PROTECTED_FROM_SCORE


def test_naming_the_publisher_is_enough():
    assert score("Shame on the Harbour Post!", publisher="The Harbour Post") >= PROTECTED_FROM_SCORE
    assert score("Yazık Köprü Postası'na", "tr", publisher="Köprü Postası") >= PROTECTED_FROM_SCORE


def test_a_name_that_is_also_a_word_is_not_enough():
    assert score("The sun was hot on Sunday.", publisher="The Sun") < PROTECTED_FROM_SCORE
    assert score("You at the Sun never check.", publisher="The Sun") >= PROTECTED_FROM_SCORE


def test_evidence_is_what_it_was_recognised_by():
    text = "Honestly, YOUR\u200b HEADLINE is wrong."
    (span,) = JUDGE.judge([Submission(text, language="en")])[0].evidence
    assert (span.guideline, text[span.start : span.end]) == (SIGNAL, "YOUR\u200b HEADLINE")


def test_nothing_found_is_not_scored():
    assert SIGNAL not in JUDGE.judge([Submission("Good morning.", language="en")])[0].scores


@given(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=200),
    st.sampled_from([*LANGUAGES, "", "de"]),
    st.text(max_size=10),
)
def test_evidence_always_lies_in_the_text(text: str, language: str, publisher: str):
    for span in JUDGE.judge([Submission(text, language=language, publisher=publisher)])[0].evidence:
        assert 0 <= span.start < span.end <= len(text)
