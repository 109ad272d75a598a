"""The judges' own copy of a text, and the way back to the reader's characters."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premod.judges.normalise import Normalised, normalise

# Hypothesis leaves lone surrogates out of text() unless asked; readers can send them as JSON escapes.
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)


def seconds(text: str) -> float:
    started = time.perf_counter()
    normalise(text)
    return time.perf_counter() - started


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ﬁne ＦＩＮＥ 𝓯𝓲𝓷𝓮 ⓕⓘⓝⓔ 🅵🅸🅽🅴 ꜰɪɴᴇ", "fine fine fine fine fine fine"),
        ("f\u200bi\u2060n\u00ade\u202e", "fine"),
        ("f\u0336i\u0337n\u0338e\u0489", "fine"),
        ("z\u0300\u0301\u0302\u0303\u0304\u0305\u0306a", "za"),
        ("كـــتاب مدرسة كِتَابٌ", "کتاب مدرسه کتاب"),
        ("أإآٱ ى ي ی", "اااا ی ی ی"),
        ("ئەم\u200cڕۆژە", "ئهمڕۆژه"),
        ("٤ ۴ 4", "4 4 4"),
        ("a\tb\nc\u00a0d", "a b c d"),
        ("a\x00b\ud800", "ab\ufffd"),
        ("“x” ‘y’ —", "\"x\" 'y' -"),
    ],
)
def test_one_spelling_for_what_readers_see_alike(written: str, read: str):
    assert normalise(written).text == read


def test_composed_letters_keep_the_diacritics_that_words_are_told_apart_by():
    assert normalise("s\u0327e\u0302").text == "şê"


def test_a_word_that_mixes_scripts_is_read_as_latin():
    assert normalise("pаy Βank").text == "pay bank"


@pytest.mark.parametrize("text", ["сор", "россия решила", "αθήνα και άνω"])
def test_russian_and_greek_words_stay(text: str):
    assert normalise(text).text == text


def test_turkish_capitals_follow_turkish_rules_in_turkish_alone():
    assert normalise("ISIK İL", "tr").text == "ısık il"
    assert normalise("ISIK İL").text == "isik il"


def test_evidence_covers_the_whole_of_a_decorated_letter():
    text = "x f\u0336\u0337u\u200bn!"
    copy = normalise(text)
    start = copy.text.index("fun")
    assert text[slice(*copy.span(start, start + 3))] == "f\u0336\u0337u\u200bn"


def test_every_letter_of_an_expanded_character_leads_back_to_it():
    copy = normalise("ﷺ!")
    assert {copy.span(index, index + 1) for index in range(len(copy.text) - 1)} == {(0, 1)}


def test_an_empty_span_is_refused():
    with pytest.raises(ValueError, match="no span"):
        normalise("abc").span(1, 1)


@given(ANY_TEXT, st.sampled_from(["", "tr", "ckb"]))
def test_every_span_leads_into_the_readers_text(text: str, language: str):
    copy = normalise(text, language)
    assert len(copy.text) == len(copy.starts) == len(copy.ends)
    spans = [copy.span(index, index + 1) for index in range(len(copy.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(ANY_TEXT)
def test_a_copy_of_a_copy_reads_the_same(text: str):
    once = normalise(text).text
    assert len(normalise(once).text) <= len(once)


@pytest.mark.parametrize(
    "unit", ["a", "a\u0301\u0315\u0300", "\u0315\u0300", "\u200b", "ﷺ", "аb", "😀", "\u202e", "\ud800", "ـ"]
)
def test_time_grows_with_the_length_alone(unit: str):
    short, long = unit * 2_000, unit * 40_000
    seconds(short)
    # A quadratic reading would take 400 times as long; the floor keeps a busy machine from failing this.
    assert seconds(long) < 100 * max(seconds(short), 0.003)


def test_kept_characters_keep_their_places():
    copy = Normalised("abc", (0, 1, 2), (1, 2, 3)).kept([0, 2])
    assert (copy.text, copy.span(0, 2)) == ("ac", (0, 3))
