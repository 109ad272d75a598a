"""The part of the review queue that a moderator works through."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from premod.comments import queries
from premod.comments.models import Comment


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the queue is wanted; it travels in the address of every page, so that "next" stays within it."""

    site: str = ""
    article: str = ""
    guideline: str = ""
    language: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Selection:
        # Neither database can be asked for a NUL.
        return cls(**{entry.name: request.GET.get(entry.name, "").replace("\0", "") for entry in fields(cls)})

    @property
    def query(self) -> str:
        """The selection as the query of an address: empty, or "?" and what is selected."""
        chosen = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        encoded = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{encoded}" if encoded else ""

    def queue(self, *, after: Comment | None = None) -> QuerySet[Comment]:
        waiting = queries.review_queue(site=self.site or None, after=after)
        if self.article:
            waiting = waiting.filter(article__slug=self.article)
        if self.language:
            waiting = waiting.filter(language=self.language)
        return queries.in_doubt_about(waiting, self.guideline) if self.guideline else waiting

    def following(self, comment: Comment) -> Comment | None:
        """Return what comes after a comment, and after the last one the first."""
        return self.queue(after=comment).first() or self.queue().exclude(pk=comment.pk).first()
