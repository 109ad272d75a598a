"""The review queue: what waits for a moderator, riskiest first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from premod.comments import queries
from premod.comments.models import Comment, Site
from premod.console.numbers import number_in
from premod.console.presenting import summary_of
from premod.console.selection import Selection
from premod.console.wording import age_in_words

PAGE_SIZE = 30
# A worker takes up a comment within a second; one held for longer than this is a worker that does not run.
OVERDUE = timedelta(minutes=1)


@require_safe
@never_cache
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """List a page of what is selected of the queue."""
    selection = Selection.of(request)
    page = list(selection.queue(after=_after(request))[: PAGE_SIZE + 1])
    context = {
        "entries": [summary_of(comment) for comment in page[:PAGE_SIZE]],
        "waiting": selection.queue().count(),
        "next_after": page[PAGE_SIZE - 1].pk if len(page) > PAGE_SIZE else None,
        "selection": selection,
        "choices": _choices(),
        **_held(),
    }
    return render(request, "console/queue.html", context)


def _choices() -> dict[str, Any]:
    language = get_language()
    guidelines = queries.guidelines_of_sites()
    return {
        "guidelines": [(code, entry.title.in_language(language)) for code, entry in guidelines.items()],
        "sites": Site.objects.order_by("slug"),
        "articles": queries.articles_in_queue(),
        "languages": settings.LANGUAGES,
    }


def _held() -> dict[str, Any]:
    oldest = queries.oldest_held()
    if oldest is None:
        return {"held_for": "", "overdue": False}
    overdue = timezone.now() - oldest.submitted_at > OVERDUE
    return {"held_for": age_in_words(oldest.submitted_at), "overdue": overdue}


def _after(request: HttpRequest) -> Comment | None:
    number = number_in(request.GET.get("after", ""))
    # The comment may have been decided since the page was shown; its risk and number still tell where to go on.
    return None if number is None else Comment.objects.filter(pk=number).first()
