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
from premod.console.numbers import number_in
from premod.console.presenting import act_of

PAGE_SIZE = 50


@require_safe
@never_cache
@login_required
def recent(request: HttpRequest) -> HttpResponse:
    """List decisions, the newest first."""
    records = list(queries.decisions(before=number_in(request.GET.get("before", "")))[: PAGE_SIZE + 1])
    context = {
        "acts": [act_of(record) for record in records[:PAGE_SIZE]],
        "next_before": records[PAGE_SIZE - 1].pk if len(records) > PAGE_SIZE else None,
    }
    return render(request, "console/decisions.html", context)


@require_safe
@never_cache
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """Go to the comment whose number was typed."""
    number = number_in(request.GET.get("number", ""))
    if number is not None and Comment.objects.filter(pk=number).exists():
        return redirect("console:review", number=number)
    messages.error(request, gettext("There is no comment with this number."))
    return redirect("console:decisions")
