"""The sample news site."""

from __future__ import annotations

import pytest
from django.test import Client

from premod.comments.services import create_site, save_article
from premod.reader.newspaper import sample_newspaper


@pytest.fixture
def published(db: None) -> None:
    newspaper = sample_newspaper()
    site = create_site(newspaper.slug, newspaper.name)
    for article in newspaper.articles:
        save_article(site, article.slug, article.title, language=article.lang)


def test_the_front_page_lists_every_article(client: Client, published: None):
    page = client.get("/").content.decode()
    for article in sample_newspaper().articles:
        assert f'href="/sample/{article.slug}"' in page


def test_an_article_embeds_the_widget_as_a_publisher_would(client: Client, published: None):
    page = client.get("/sample/troop-withdrawal").content.decode()
    assert '<script src="/embed.js" data-article="troop-withdrawal" async></script>' in page
    assert '<noscript><iframe src="/embed/troop-withdrawal"' in page


def test_the_sorani_article_runs_from_right_to_left(client: Client, published: None):
    slug = next(article.slug for article in sample_newspaper().articles if article.lang == "ckb")
    assert '<html lang="ckb" dir="rtl">' in client.get(f"/sample/{slug}").content.decode()


def test_says_what_to_do_when_the_sample_site_is_not_there(client: Client, db: None):
    assert "premod demo" in client.get("/").content.decode()
    assert client.get("/sample/troop-withdrawal").status_code == 404


def test_an_unknown_article_is_not_found(client: Client, published: None):
    assert client.get("/sample/nothing").status_code == 404
