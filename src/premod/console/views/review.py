"""One comment before a moderator, with everything a decision may rest on."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from premod.comments import queries
from premod.comments.errors import AlreadyDecided, ServiceError
from premod.comments.models import Comment, DecisionRecord, Moderator, Status
from premod.comments.services import TRANSITIONS, record_moderation
from premod.console import presenting
from premod.console.selection import Selection
from premod.domain.decision import Outcome


@require_safe
@never_cache
@login_required
def review(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@never_cache
@login_required
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Record a decision on the comment as the moderator's page showed it, and go on to the next one."""
    outcome, guidelines = request.POST.get("outcome"), request.POST.getlist("guidelines")
    if request.method != "POST" or outcome not in {Outcome.APPROVE, Outcome.REJECT}:
        # After signing in again, the browser comes back with a GET.
        return redirect(_address(request, number))
    comment = _find(number)
    if comment is None:
        return _page(request, number)
    # Taken before the decision: afterwards the comment may have left the queue.
    following = Selection.of(request).following(comment)
    try:
        record = _record(request, comment, Outcome(outcome), guidelines)
    except AlreadyDecided:
        return _page(request, number, {"overtaken": True}, HTTPStatus.CONFLICT)
    except ServiceError as error:
        return _page(request, number, {"error": error.code, "chosen": guidelines}, error.status)
    messages.success(request, _done(request, record))
    return redirect(_address(request, following.pk if following else None))


def _record(request: HttpRequest, comment: Comment, outcome: Outcome, guidelines: list[str]) -> DecisionRecord:
    if request.POST.get("decision") != str(comment.decision_id or ""):
        # Something was recorded after the moderator's page was made.
        raise AlreadyDecided
    breached = guidelines if outcome is Outcome.REJECT else []
    return record_moderation(comment, outcome, by=cast("Moderator", request.user), guidelines=breached)


def _done(request: HttpRequest, record: DecisionRecord) -> str:
    """Tell what was done, with a link back for whoever has second thoughts."""
    act = presenting.act_of(record)
    approved = record.outcome == Outcome.APPROVE
    done = gettext("Comment %(number)d is approved.") if approved else gettext("Comment %(number)d is rejected.")
    return format_html(
        '{} {} <a href="{}">{}</a>',
        done % {"number": record.comment_id},
        act.titles,
        _address(request, record.comment_id),
        gettext("Look at it again"),
    )


def _page(
    request: HttpRequest, number: int, told: dict[str, Any] | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Show a comment as it is now; ``told`` says what became of a decision just tried."""
    comment = _find(number)
    if comment is None:
        return render(request, "console/missing.html", {"number": number}, status=HTTPStatus.NOT_FOUND)
    selection = Selection.of(request)
    context = {
        "selection": selection,
        "following": selection.following(comment),
        "here": _address(request, number),
        "may": TRANSITIONS[Status(comment.status)],
        **_case(comment, (told or {}).get("chosen")),
        **(told or {}),
    }
    return render(request, "console/review.html", context, status=status)


def _case(comment: Comment, chosen: list[str] | None) -> dict[str, Any]:
    """Return what there is to know about a comment."""
    verdicts = list(comment.verdicts.order_by("pk"))
    return {
        "comment": comment,
        "summary": presenting.summary_of(comment),
        "pieces": presenting.pieces_of(comment, verdicts),
        "hides_something": presenting.hides_something(comment.text),
        "opinions": presenting.opinions_on(comment, verdicts),
        "choices": presenting.choices_for(comment, chosen),
        "acts": [presenting.act_of(record) for record in queries.history(comment)],
        "others": [presenting.summary_of(other) for other in queries.others_by_commenter(comment)],
    }


def _find(number: int) -> Comment | None:
    related = ("article__site", "decision__moderator", "parent")
    return Comment.objects.select_related(*related).filter(pk=number).first()


def _address(request: HttpRequest, number: int | None) -> str:
    """Return where a comment, or else the queue, is shown within the moderator's selection."""
    path = reverse("console:queue") if number is None else reverse("console:review", args=[number])
    return path + Selection.of(request).query
