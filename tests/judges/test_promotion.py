from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premod.domain.verdict import Submission, Verdict
from premod.judges.contacts import find_numbers
from premod.judges.links import Kind, find_links, kind_of, registrable_domain
from premod.judges.normalise import normalise
from premod.judges.promotion import COMMERCIAL, PERSONAL, PromotionJudge

JUDGE = PromotionJudge()
REJECTED = 0.95


def judge(text: str, language: str = "en") -> Verdict:
    return JUDGE.judge([Submission(text, language=language)])[0]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tired of power cuts? We install solar panels, free delivery, call us on +964 750 123 45 67", "en"),
        ("Order now and use code ZAGROS for a discount: https://panels.example", "en"),
        ("Guaranteed profit every week, message me on Telegram @goldsignals", "en"),
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
    [
        "Bread is 500 dinars now, last year it was 250.",
        "The bank charged me 40 euros and never answered my letters.",
        "As a teacher I earn less than my cousin in the shop.",
        "Between 1991 and 2003, 12,000 families left, then 4,500 in 2014.",
        "Article 140 of the constitution, 15-10-2005, page 37.",
        "Call 122 if you see smoke, that is the fire brigade.",
        "Why do you follow the minister's every word?",
        "My channel of information is my neighbour.",
    ],
)
def test_prices_figures_and_everyday_words_are_not_rejected(text: str):
    assert max(judge(text).scores.values(), default=0.0) < REJECTED


def test_without_a_cue_there_is_no_score():
    assert judge("The ferry should keep running meanwhile.") == Verdict("promotion")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("😀 Free delivery! Call now: +964 750 123 45 67", {"Free delivery", "Call now", "+964 750 123 45 67"}),
        ("للطلب: ٠٧٧٠ ١٢٣ ٤٥٦٧", {"للطلب", "٠٧٧٠ ١٢٣ ٤٥٦٧"}),
    ],
)
def test_evidence_is_the_readers_own_characters(text: str, marked: set[str]):
    language = "ar" if "للطلب" in text else "en"
    assert {text[span.start : span.end] for span in judge(text, language).evidence} == marked


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("http://a.b.c.shop.example/x", "shop.example"),
        ("https://xn--mgbh0fb.com", "xn--mgbh0fb.com"),
        ("localhost", "localhost"),
        ("nothing", ""),
    ],
)
def test_links_are_told_apart_by_their_registrable_domain(url: str, domain: str):
    assert registrable_domain(url) == domain


def test_a_look_alike_of_a_source_is_none():
    assert kind_of("https://bbc.co.uk.example.com") is Kind.ELSEWHERE
    assert kind_of("https://notreuters.com") is Kind.ELSEWHERE
    assert kind_of("https://t.me/goldsignals") is Kind.CHANNEL


@pytest.mark.parametrize("text", ["best panels at zagros dot com", "zagros (.) com", "zagros[.]com"])
def test_a_disguised_link_is_found(text: str):
    assert [link.domain for link in find_links(text)] == ["zagros.com"]


@pytest.mark.parametrize(
    "text",
    ["2014-2017 and 12.000.000 dinars", "no. 0012/2024", "3.14159265358979", "1991 2003 2014 2017", "15/01/2021 10:30"],
)
def test_dates_and_sums_are_not_telephone_numbers(text: str):
    assert list(find_numbers(normalise(text).text)) == []


@given(st.text(max_size=300))
def test_every_span_lies_in_the_text_and_every_score_is_a_probability(text: str):
    verdict = judge(text)
    assert all(0 <= span.start < span.end <= len(text) for span in verdict.evidence)
    assert all(0 < score < 1 for score in verdict.scores.values() if score)


@pytest.mark.parametrize(
    "text",
    ["", "\ud800", "\u202e" * 50, "x" * 10_000, "0" * 10_000, "a.b " * 2500, "@a" * 5000, "http://a.example " * 500],
)
def test_hostile_input_is_survived(text: str):
    assert judge(text).error is None
