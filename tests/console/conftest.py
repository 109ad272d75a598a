"""A signed-in moderator and comments that wait for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from premod.comments.models import Article, Comment, Moderator, Site
from premod.comments.services import Draft, create_site, record_decision, save_article, submit_comment
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
from support.rows import read


@pytest.fixture
def article(db: None) -> Article:
    site = create_site("gazette", "The Gazette")
    Site.objects.update(commenter_posts_per_minute=0, address_posts_per_minute=0)
    return save_article(site, "harbour", "Harbour to close for repairs", summary="Work begins in May.")


@pytest.fixture
def alice(db: None) -> Moderator:
    return Moderator.objects.create_user("alice", password="correct horse battery")


@pytest.fixture
def bob(db: None) -> Moderator:
    return Moderator.objects.create_user("bob", password="staple correct horse")


@pytest.fixture
def console(client: Client, alice: Moderator) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def refer(article: Article) -> Callable[..., Comment]:
    """Return a function that submits a comment and refers it with a risk."""

    def refer(text: str, *, risk: float = 0.5, outcome: Outcome = Outcome.REFER, **draft: object) -> Comment:
        comment = read(submit_comment("harbour", Draft(text, **{"name": "Bob", "address": "192.0.2.7", **draft})))
        version, _ = guidelines_in_force(article.site_id)
        record_decision(comment, Decision(outcome, 1, ("threat",), (), risk, "score between"), version=version)
        return read(comment)

    return refer
