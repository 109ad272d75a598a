from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premod.domain.verdict import Submission, Verdict
from premod.judges.promotion import COMMERCIAL, PERSONAL, WINDOW_CHARACTERS, PromotionJudge

JUDGE = PromotionJudge()
REJECTED = 0.95
APPROVED = 0.05


def judge(text: str, language: str = "en") -> Verdict:
    return JUDGE.judge([Submission(text, language=language)])[0]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tired of power cuts? We install solar panels, free delivery, call us on +964 750 123 45 67", "en"),
        ("Order now and use code ZAGROS for a discount: https://panels.example", "en"),
        ("Guaranteed profit every week, message me on Telegram @goldsignals", "en"),
        ("Sofas from £90, zagros-sofas.buzz", "en"),
        ("ألواح شمسية بأسعار مناسبة والتوصيل مجاني، واتساب 0770 123 4567", "ar"),
        ("Kapıda ödeme, ücretsiz kargo. Sipariş için 0532 123 45 67", "tr"),
        ("ڕووناکی خۆر بە قیست، گەیاندن بەخۆڕایی، پەیوەندی: 0750 123 4567", "ckb"),
        ("Panelên rojê bi garantî, gihandin belaş, li whatsappê binivîsin: 0750 123 4567", "kmr"),
    ],
)
def test_an_offer_with_a_way_to_get_in_touch_is_commercial_promotion(text: str, language: str):
    assert judge(text, language).scores[COMMERCIAL] >= REJECTED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please subscribe to my channel, new episode every Friday", "en"),
        ("I explain it all on my page, follow my podcast", "en"),
        ("Vote for me on Sunday, details on my page", "en"),
        ("اشتركوا بالقناة وتابعوا صفحتي على اليوتيوب", "ar"),
        ("Kanalıma abone olun, yeni bölüm yayında", "tr"),
        ("پەیجەکەم لایک بکەن و سەبسکرایب بکەن", "ckb"),
        ("Kanala min bişopînin û abone bibin", "kmr"),
    ],
)
def test_an_advert_for_the_commenter_is_personal_promotion(text: str, language: str):
    assert judge(text, language).scores[PERSONAL] >= REJECTED


@pytest.mark.parametrize(
    "text",
    [
        "The full report is here: https://www.worldbank.org/en/country/iraq",
        "Read the law yourself: www.legislation.gov.uk/ukpga/2010/15",
        "https://en.wikipedia.org/wiki/Mosul_Dam says 1986.",
        "See https://hrw.org and https://www.bbc.co.uk/news/world",
        "The ministry publishes it at https://mop.gov.krd every month.",
    ],
)
def test_a_link_to_a_source_is_not_promotion(text: str):
    assert not judge(text).scores


@pytest.mark.parametrize(
    "text",
    ["Look at https://zagrosgate.example/2025/bridge", "On zagrosgate.example they wrote more.", "https://t.me/zagros"],
)
def test_a_link_elsewhere_alone_is_doubt(text: str):
    assert APPROVED < max(judge(text).scores.values()) < REJECTED


@pytest.mark.parametrize(
    "text",
    [
        "Bread is 500 dinars now, last year it was 250.",
        "The bank charged me 40 euros and never answered my letters.",
        "As a teacher I earn less than my cousin in the shop.",
        "Between 1991 and 2003, 12,000 families left, then 4,500 in 2014.",
        "Article 140 of the constitution, 15-10-2005, page 37.",
        "Call 122 if you see smoke, that is the fire brigade.",
        "Why do you follow the minister's every word?",
        "My channel of information is my neighbour.",
        "Please sign the petition against the dam, parliament reads it at ten thousand.",
        "@Rebwar you are right about the price.",
        "Free, free, free! They promise everything free.",
    ],
)
def test_prices_figures_and_everyday_words_are_not_rejected(text: str):
    assert max(judge(text).scores.values(), default=0.0) < REJECTED


@pytest.mark.parametrize(
    "text",
    [
        "My brother is missing since Friday. If you saw him please message me on WhatsApp 0750 123 4567",
        "The hospital's line is 0750 123 4567, write to blood@hospital.example",
    ],
)
def test_a_way_to_get_in_touch_without_anything_to_sell_is_not_rejected(text: str):
    assert max(judge(text).scores.values()) < REJECTED


def test_a_warning_of_an_advert_weighs_less_than_the_advert():
    advert = "Guaranteed profit on Telegram"
    warning = "Guaranteed profit on Telegram, they said. It is a scam, be careful"
    assert judge(warning).scores.get(COMMERCIAL, 0.0) < judge(advert).scores[COMMERCIAL]


def test_cues_far_apart_do_not_add_up():
    apart = "free delivery, " + "and then the bridge fell " * (WINDOW_CHARACTERS // 20) + "0750 123 4567"
    assert judge(apart).scores[COMMERCIAL] < judge("free delivery, 0750 123 4567").scores[COMMERCIAL]


def test_a_word_of_a_sites_name_is_no_cue():
    assert judge("zagros.shop").scores == judge("zagros.info").scores
    assert not judge("https://www.bbc.co.uk/news/discount/loan/my-podcast").scores


@pytest.mark.parametrize(("text", "same"), [("on Telegram", "write me"), ("free, FREE, free", "free")])
def test_what_is_said_once_counts_once(text: str, same: str):
    assert judge(text).scores == judge(same).scores


def test_two_sentences_without_a_space_between_are_no_site():
    assert not judge("That was in the section.You read it too.").scores


def test_without_a_cue_there_is_no_score():
    assert judge("The ferry should keep running meanwhile.") == Verdict("promotion")


@pytest.mark.parametrize(
    ("text", "language", "marked"),
    [
        ("😀 Free delivery! Call now: +964 750 123 45 67", "en", {"Free delivery", "Call now", "+964 750 123 45 67"}),
        ("للطلب: ٠٧٧٠ ١٢٣ ٤٥٦٧", "ar", {"للطلب", "٠٧٧٠ ١٢٣ ٤٥٦٧"}),
        ("Ｆｒｅｅ ｄｅｌｉｖｅｒｙ, code ZAGROS", "en", {"Ｆｒｅｅ ｄｅｌｉｖｅｒｙ", "code ZAGROS"}),
    ],
)
def test_evidence_is_the_readers_own_characters(text: str, language: str, marked: set[str]):
    verdict = judge(text, language)
    assert {text[span.start : span.end] for span in verdict.evidence if span.guideline == COMMERCIAL} == marked


_PIECES = st.sampled_from(
    [
        "free delivery",
        "0750 123 4567",
        "@zagros",
        "zagros.com",
        "£5",
        "٥٠٪",
        "my page",
        "🎉",
        "\u0301",
        "İ",
        "ﷺ",
        "\n",
        " ",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(_PIECES).map(" ".join)))
def test_every_span_lies_in_the_text_and_every_score_is_a_probability(text: str):
    verdict = judge(text)
    assert all(0 <= span.start < span.end <= len(text) for span in verdict.evidence)
    assert all(0 < score < 1 for score in verdict.scores.values())
    assert {span.guideline for span in verdict.evidence} == set(verdict.scores)


@pytest.mark.parametrize(
    "text",
    ["", "\ud800", "\u202e" * 50, "x" * 10_000, "0" * 10_000, "a.b " * 2500, "@a" * 5000, "http://a.example " * 500],
)
def test_hostile_input_is_survived(text: str):
    assert judge(text).error is None
