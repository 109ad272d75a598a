from __future__ import annotations

import pytest

from premod.comments.models import Article, Site
from premod.comments.services import create_site, save_article


@pytest.fixture
def article(db: None) -> Article:
    site = create_site("gazette", "The Gazette")
    Site.objects.update(commenter_posts_per_minute=0, address_posts_per_minute=0)
    return save_article(site, "harbour", "Harbour to close for repairs")
