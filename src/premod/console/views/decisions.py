"""What was decided lately, and a way to a comment by its number."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from premod.comments import queries
from premod.comments.models import Comment
from premod.console.presenting import acts_on

PAGE_SIZE = 50


@require_safe
@never_cache
@login_required
def recent(request: HttpRequest) -> HttpResponse:
    """List decisions, the newest first."""
    before = request.GET.get("before", "")
    records = list(queries.decisions(before=int(before) if _is_number(before) else None)[: PAGE_SIZE + 1])
    context = {
        "acts": acts_on(records[:PAGE_SIZE]),
        "next_before": records[PAGE_SIZE - 1].pk if len(records) > PAGE_SIZE else None,
    }
    return render(request, "console/decisions.html", context)


@require_safe
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """Go to the comment whose number was typed."""
    number = request.GET.get("number", "").strip()
    if _is_number(number) and Comment.objects.filter(pk=int(number)).exists():
        return redirect("console:review", number=int(number))
    messages.error(request, gettext("There is no comment with this number."))
    return redirect("console:decisions")


def _is_number(value: str) -> bool:
    return value.isdecimal() and value.isascii() and len(value) < 19  # noqa: PLR2004 - below 2**63.
