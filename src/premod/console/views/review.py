"""One comment before a moderator, with everything a decision may rest on."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from premod.comments import queries
from premod.comments.errors import AlreadyDecided, ServiceError
from premod.comments.models import Comment, Moderator, Status
from premod.comments.services import record_moderation
from premod.console.presenting import acts_on, choices_for, opinions_on, pieces_of, summary_of
from premod.domain.decision import Outcome


@require_safe
@never_cache
@login_required
def review(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, _comment(number))


@require_POST
@never_cache
@login_required
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Record a decision on the comment as the moderator's page showed it, and go on to the next one."""
    comment = _comment(number)
    # Taken before the decision: afterwards the comment has left the queue.
    following = queries.next_referred(comment)
    outcome = Outcome.APPROVE if request.POST.get("outcome") == Outcome.APPROVE else Outcome.REJECT
    guidelines = request.POST.getlist("guidelines") if outcome is Outcome.REJECT else []
    try:
        _refuse_unless_as_shown(comment, request.POST.get("decision", ""))
        record_moderation(comment, outcome, by=cast("Moderator", request.user), guidelines=guidelines)
    except AlreadyDecided:
        return _page(request, _comment(number), overtaken=True, status=HTTPStatus.CONFLICT)
    except ServiceError as error:
        return _page(request, comment, error=error.code, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    done = (
        gettext("Comment %(number)d is approved.")
        if outcome is Outcome.APPROVE
        else gettext("Comment %(number)d is rejected.")
    )
    messages.success(request, done % {"number": number})
    return redirect("console:review", number=following.pk) if following else redirect("console:queue")


def _refuse_unless_as_shown(comment: Comment, shown: str) -> None:
    """Raise AlreadyDecided when a decision was recorded after the moderator's page was made."""
    if shown != str(comment.decision_id or ""):
        raise AlreadyDecided


def _page(
    request: HttpRequest,
    comment: Comment,
    *,
    error: str = "",
    overtaken: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    verdicts = list(comment.verdicts.order_by("pk"))
    context = {
        "comment": comment,
        "summary": summary_of(comment),
        "pieces": pieces_of(comment, verdicts),
        "opinions": opinions_on(comment, verdicts),
        "choices": choices_for(comment),
        "acts": acts_on(list(queries.history(comment))),
        "earlier": [summary_of(other) for other in queries.others_by_commenter(comment)],
        "following": queries.next_referred(comment),
        "may_approve": comment.status in {Status.HELD, Status.REFERRED, Status.REJECTED},
        "may_reject": comment.status in {Status.HELD, Status.REFERRED, Status.APPROVED},
        "error": error,
        "overtaken": overtaken,
    }
    return render(request, "console/review.html", context, status=status)


def _comment(number: int) -> Comment:
    related = ("article__site", "decision__moderator", "parent")
    return get_object_or_404(Comment.objects.select_related(*related), pk=number)
