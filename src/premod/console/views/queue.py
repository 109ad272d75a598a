"""The review queue: what waits for a moderator, riskiest first."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from premod.comments import queries
from premod.comments.models import Comment, Site
from premod.console.presenting import summary_of

PAGE_SIZE = 30
# A worker takes up a comment within a second; one held for longer than this is a worker that does not run.
OVERDUE = timedelta(minutes=1)


@require_safe
@never_cache
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """List a page of the queue, of every site or of one."""
    waiting = queries.review_queue(site=request.GET.get("site") or None)
    page = list(queries.review_queue(site=request.GET.get("site") or None, after=_after(request))[: PAGE_SIZE + 1])
    oldest = queries.oldest_held()
    context = {
        "entries": [summary_of(comment) for comment in page[:PAGE_SIZE]],
        "waiting": waiting.count(),
        "next_after": page[PAGE_SIZE - 1].pk if len(page) > PAGE_SIZE else None,
        "sites": Site.objects.order_by("slug"),
        "site": request.GET.get("site", ""),
        "overdue": oldest if oldest and timezone.now() - oldest.submitted_at > OVERDUE else None,
    }
    return render(request, "console/queue.html", context)


def _after(request: HttpRequest) -> Comment | None:
    value = request.GET.get("after", "")
    # The comment may have been decided since the page was shown; its risk and number still tell where to go on.
    return Comment.objects.filter(pk=value).first() if value.isdecimal() and len(value) < 19 else None  # noqa: PLR2004
