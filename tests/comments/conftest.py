"""A site with an article, and comments on it in any state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from premod.comments.models import Article, Comment, Moderator, Site
from premod.comments.services import Draft, create_site, record_decision, save_article, submit_comment
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
from support.rows import read


@pytest.fixture
def site(db: None) -> Site:
    made = create_site("gazette", "The Gazette", languages=["en", "ckb"])
    Site.objects.update(commenter_posts_per_minute=0, address_posts_per_minute=0)
    made.refresh_from_db()
    return made


@pytest.fixture
def article(site: Site) -> Article:
    return save_article(site, "harbour", "Harbour to close for repairs", summary="Work on the quay begins in May.")


@pytest.fixture
def alice(db: None) -> Moderator:
    return Moderator.objects.create_user("alice", password="correct horse battery")


@pytest.fixture
def submit(article: Article) -> Callable[..., Comment]:
    def submit(text: str = "The ferry should keep running meanwhile.", **draft: object) -> Comment:
        made = submit_comment(article.slug, Draft(text, **{"name": "Bob", "address": "192.0.2.7", **draft}))
        return read(made)

    return submit


@pytest.fixture
def decide() -> Callable[..., Comment]:
    """Return a function that records a decision by policy on a held comment."""

    def decide(comment: Comment, outcome: Outcome, *guidelines: str) -> Comment:

        version, published = guidelines_in_force(comment.article.site_id)
        record_decision(comment, Decision(outcome, published.number, guidelines), version=version)
        return read(comment)

    return decide
