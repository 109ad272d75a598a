"""The receipt: what became of a comment, for the one who wrote it."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from premod.comments import queries
from premod.comments.errors import AlreadyDecided
from premod.comments.marking import marked_pieces
from premod.comments.models import Status
from premod.comments.receipts import comment_of
from premod.comments.services import withdraw_comment
from premod.reader.conversations import address_of
from premod.reader.explanations import STATUSES
from premod.reader.languages import page_language, render_page
from premod.reader.views.widget import allow_framing


@require_safe
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    state = _state(request, receipt)
    if state is None:
        return _unknown(request)
    return _page(request, "reader/receipt.html", receipt, state)


# The address itself is the commenter's key: there is no cookie, and no other site's page can know the address.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, receipt: str) -> HttpResponse:
    """Ask whether the comment is really to be taken back, and take it back."""
    state = _state(request, receipt)
    if state is None:
        return _unknown(request)
    if request.method == "POST" and state.comment.status != Status.WITHDRAWN:
        try:
            withdraw_comment(state.comment)
        except AlreadyDecided:
            return _page(request, "reader/withdraw.html", receipt, state, overtaken=True)
    if request.method == "POST" or state.comment.status == Status.WITHDRAWN:
        address = reverse("reader:receipt", kwargs={"receipt": receipt})
        there = f"{address}?lang={page_language(request, state.comment.article.language)}"
        return HttpResponseRedirect(there, status=HTTPStatus.SEE_OTHER)
    return _page(request, "reader/withdraw.html", receipt, state)


def _state(request: HttpRequest, receipt: str) -> queries.ReceiptState | None:
    number = comment_of(receipt)
    found = None if number is None else queries.receipt(number, language=settings.LANGUAGE_CODE)
    if found is None:
        return None
    # Which language the guidelines are told in is known once the article is.
    return queries.receipt(found.comment.pk, language=page_language(request, found.comment.article.language))


def _page(
    request: HttpRequest, template: str, receipt: str, state: queries.ReceiptState, *, overtaken: bool = False
) -> HttpResponse:
    comment = state.comment
    language = page_language(request, comment.article.language)
    context = {
        "comment": comment,
        "article": comment.article,
        "receipt": receipt,
        "state": state,
        "explanation": STATUSES[comment.status],
        "statuses": STATUSES,
        "pieces": marked_pieces(comment.text, [(start, end, code) for code, start, end in state.evidence]),
        "published_at": address_of(comment, language),
        "here": request.build_absolute_uri(reverse("reader:receipt", kwargs={"receipt": receipt})),
        "overtaken": overtaken,
    }
    status = HTTPStatus.CONFLICT if overtaken else HTTPStatus.OK
    return _private(
        allow_framing(render_page(request, template, context, language=language, status=status), comment.article.site)
    )


def _unknown(request: HttpRequest) -> HttpResponse:
    language = page_language(request, translation.get_language_from_request(request))
    return _private(
        render_page(request, "reader/unknown_receipt.html", {}, language=language, status=HTTPStatus.NOT_FOUND)
    )


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the address out of other sites' logs, out of caches and out of search engines."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
