"""An article, and comments on it in any state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from premod.comments.models import Article, Comment, Moderator, Site
from premod.comments.services import Draft, create_site, record_decision, save_article, submit_comment
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
from premod.domain.verdict import Evidence
from support.rows import read


@pytest.fixture
def article(db: None) -> Article:
    site = create_site("gazette", "The Gazette", languages=["en", "ckb"], origins=["https://www.gazette.example"])
    Site.objects.update(commenter_posts_per_minute=0, address_posts_per_minute=0)
    return save_article(site, "harbour", "Harbour to close for repairs", summary="Work on the quay begins in May.")


@pytest.fixture
def submit(article: Article) -> Callable[..., Comment]:
    def submit(text: str = "The ferry should keep running meanwhile.", **draft: object) -> Comment:
        return read(submit_comment(article.slug, Draft(text, **{"name": "Bob", "address": "192.0.2.7", **draft})))

    return submit


@pytest.fixture
def decide() -> Callable[..., Comment]:
    """Return a function that records a decision, by a moderator once a comment was referred."""

    def decide(comment: Comment, outcome: Outcome, *evidence: Evidence) -> Comment:
        version, published = guidelines_in_force(comment.article.site_id)
        codes = tuple(sorted({span.guideline for span in evidence}))
        by = None if comment.status == "held" else Moderator.objects.get_or_create(username="alice")[0]
        record_decision(comment, Decision(outcome, published.number, codes, evidence), version=version, by=by)
        return read(comment)

    return decide


@pytest.fixture
def approve(submit: Callable[..., Comment], decide: Callable[..., Comment]) -> Callable[..., Comment]:
    def approve(*arguments: str, **draft: object) -> Comment:
        return decide(submit(*arguments, **draft), Outcome.APPROVE)

    return approve
