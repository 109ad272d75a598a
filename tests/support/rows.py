"""Rows that tests begin with, and rows read back as services expect them."""

from __future__ import annotations

from premod.comments.models import Comment


def read(comment: Comment) -> Comment:
    return Comment.objects.select_related("article__site", "decision", "parent").get(pk=comment.pk)


# A site that sets no rate limits, with an article, for Server.python().
SITE = """
from premod.comments.models import Site
from premod.comments.services import create_site, save_article
site = create_site("gazette", "The Gazette", languages=["en", "ar", "tr", "ckb", "kmr"],
                   origins=["http://localhost:*"])
Site.objects.update(commenter_posts_per_minute=0, address_posts_per_minute=0)
save_article(site, "harbour", "Harbour to close for repairs", summary="Work on the quay begins in May.")
"""
