"""Rows read back as services expect them."""

from __future__ import annotations

from premod.comments.models import Comment


def read(comment: Comment) -> Comment:
    return Comment.objects.select_related("article__site", "decision", "parent").get(pk=comment.pk)
