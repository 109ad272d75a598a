from __future__ import annotations

import pytest

from premod.judges.links import Kind, find_links, kind_of, registrable_domain
from premod.judges.normalise import normalise


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("http://a.b.c.shop.example/x", "shop.example"),
        ("https://xn--mgbh0fb.com", "xn--mgbh0fb.com"),
        ("localhost", "localhost"),
        ("http://192.0.2.7/x", "192.0.2.7"),
        ("nothing", ""),
    ],
)
def test_links_are_told_apart_by_their_registrable_domain(url: str, domain: str):
    assert registrable_domain(url) == domain


@pytest.mark.parametrize(
    "url",
    [
        "https://www.gov.uk/vote",
        "https://mop.gov.krd",
        "https://www.cam.ac.uk",
        "https://mit.edu",
        "https://data.who.int/x",
        "https://ar.wikipedia.org/wiki/x",
        "https://www.rudaw.net/english",
    ],
)
def test_public_bodies_scholars_encyclopaedias_and_the_press_are_sources(url: str):
    assert kind_of(url) is Kind.SOURCE


@pytest.mark.parametrize(
    "url",
    [
        "https://bbc.co.uk.example.com",
        "https://notreuters.com",
        "https://gov.xyz",
        "https://edu.shop",
        "https://cheap.ac",
        "https://go.com",
        "https://anybody.org",
    ],
)
def test_what_only_looks_like_a_source_is_none(url: str):
    assert kind_of(url) is Kind.ELSEWHERE


@pytest.mark.parametrize(
    "url",
    ["https://t.me/zagros", "https://bit.ly/zagros", "https://zagros.com/?ref=7", "https://zagros.com/join"],
)
def test_invitations_shorteners_and_addresses_that_pay_are_channels(url: str):
    assert kind_of(url) is Kind.CHANNEL


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("see zagros-panels.buzz today", "zagros-panels.buzz"),
        ("panels at zagros dot com", "zagros.com"),
        ("zagros (.) com", "zagros.com"),
        ("zagros[dot]com", "zagros.com"),
        ("zagros nokta com", "zagros.com"),
        ("www.zagros.shop", "zagros.shop"),
        ("zagrospanels.example", "zagrospanels.example"),
        ("تفضلوا على موقع.شبكة الان", normalise("موقع.شبكة").text),
    ],
)
def test_a_link_is_found_without_a_scheme_in_any_script_and_in_disguise(text: str, domain: str):
    assert [link.domain for link in find_links(normalise(text).text)] == [domain]


@pytest.mark.parametrize(
    "text", ["i was tired.so i went home", "ok.no more", "3.14 and 2.5", "e.g. this", "a dot. Then"]
)
def test_sentences_without_a_space_between_are_no_link(text: str):
    assert find_links(text) == []


def test_only_the_name_of_a_site_is_bare():
    assert [link.bare for link in find_links("zagros.com zagros.com/a https://zagros.com")] == [True, False, False]


def test_no_more_than_fifty_links_are_read():
    assert len(find_links("http://zagros.example " * 500)) == 50
