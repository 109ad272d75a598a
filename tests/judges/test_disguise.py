"""What a text reads as once its disguises are off."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premod.judges.disguise import masked_words, readings, unspaced
from premod.judges.normalise import normalise


def undisguised(text: str, language: str = "") -> list[str]:
    return [reading.text for reading in readings(text, language)[1:]]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("b4nan4", "banana"),
        ("p@per", "paper"),
        ("$tory", "story"),
        ("b a n a n a", "banana"),
        ("b.a.n.a.n.a", "banana"),
        ("b-a-n-a-n-a", "banana"),
        ("a b.a.n.a.n.a", "a banana"),
        ("ba-na.na", "banana"),
        ("bananaaaaaa", "banana"),
        ("соре is a plan", "cope is a plan"),
    ],
)
def test_a_disguise_comes_off_in_a_further_reading(written: str, read: str):
    assert read in undisguised(written)


def test_the_first_reading_is_the_plain_one():
    assert readings("4 b a n a n a s")[0].text == "4 b a n a n a s"


def test_double_letters_survive_stretching():
    assert "hello" in undisguised("helllllo")


@pytest.mark.parametrize("text", ["the plain truth", "call 0770 123 4567", "B2B on the M25", "سلام دنیا", ""])
def test_a_text_without_disguise_has_one_reading_or_keeps_its_words(text: str):
    assert readings(text)[0].text == normalise(text).text


def test_letters_spelled_out_lead_back_to_all_of_them():
    text = "so b a n a n a then"
    reading = readings(text)[1]
    start = reading.text.index("banana")
    assert text[slice(*reading.span(start, start + 6))] == "b a n a n a"


@pytest.mark.parametrize(
    ("written", "pattern"),
    [("b*nana", "b*nana"), ("b**ana", "b**ana"), ("ban🍌na", "ban*na"), ("b@n#na", "b*n*na"), ("b4n*na", "ban*na")],
)
def test_masked_letters_become_stars(written: str, pattern: str):
    assert [word.pattern for word in masked_words(normalise(f"a {written}, b"))] == [pattern]


@pytest.mark.parametrize("text", ["F-16 jets", "and... so", "what?! no", "3*4", "🇹🇷 😀", "F.K."])
def test_signs_that_mask_nothing_are_left_alone(text: str):
    assert list(masked_words(normalise(text))) == []


def test_a_text_without_spaces_leads_back_across_the_gap():
    text = "ba nana"
    assert unspaced(readings(text)[0]).span(0, 6) == (0, 7)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_every_reading_of_any_text_leads_into_it(text: str):
    for reading in readings(text):
        spans = [reading.span(index, index + 1) for index in range(len(reading.text))]
        assert all(0 <= start < end <= len(text) for start, end in spans)
    for word in masked_words(readings(text)[0]):
        assert word.start < word.end <= len(readings(text)[0].text)


@pytest.mark.parametrize(
    "unit", ["a", "a ", "a*", "*", "a.", "!@#$", "a _", "a  ", "?-", "1a", "f#", "ab🍆", "a-", "'"]
)
def test_time_grows_with_the_length_alone(unit: str):
    def seconds(text: str) -> float:
        started = time.perf_counter()
        list(masked_words(readings(text)[0]))
        return time.perf_counter() - started

    seconds(unit * 1_000)
    assert seconds(unit * 20_000) < 100 * max(seconds(unit * 1_000), 0.003)
