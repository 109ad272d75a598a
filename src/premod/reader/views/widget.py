"""The widget: an article's comments and the form to add one."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from premod.comments import queries
from premod.comments.addresses import client_address
from premod.comments.errors import DuplicateComment, ServiceError
from premod.comments.models import Article, Comment, Site
from premod.comments.receipts import receipt_for
from premod.comments.services import Draft, submit_comment
from premod.comments.services.publishing import guidelines_in_force
from premod.reader.conversations import Listing, list_conversation, list_thread
from premod.reader.explanations import REFUSALS, STATUSES, Refusal, explain_refusal
from premod.reader.languages import page_language, render_page

_THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Form:
    """What the form shows: all that was typed, whom it answers, and why it was refused."""

    text: str = ""
    name: str = ""
    email: str = ""
    answered: Comment | None = None
    refusal: Refusal | None = None


# No cookie says who posts, so there is no session that another site's page could use.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def widget(request: HttpRequest, article: str) -> HttpResponse:
    """Show the page that every reader of the article shares, or take in a form sent without JavaScript."""
    found = queries.find_article(article)
    if found is None:
        return _unknown_article(request)
    if request.method == "POST":
        return _take_in(request, found)
    return _page(request, found, Form(answered=_answered(found, request.GET.get("reply_to"))))


def allow_framing(response: HttpResponse, site: Site) -> HttpResponse:
    """Let the pages of the site's publisher show this answer in a frame."""
    response.frame_ancestors = " ".join(["'self'", *site.origins])  # type: ignore[attr-defined]
    return response


def _page(request: HttpRequest, article: Article, form: Form, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    language = page_language(request, article.language)
    _, guidelines = guidelines_in_force(article.site_id)
    theme = request.GET.get("theme")
    context = {
        "article": article,
        "site": article.site,
        "guidelines": guidelines,
        "listing": _listing(request, article),
        "form": form,
        "statuses": STATUSES,
        "refusals": REFUSALS,
        "theme": theme if theme in _THEMES else "",
        "kept": urlencode({"lang": language, **({"theme": theme} if theme in _THEMES else {})}),
    }
    return allow_framing(
        render_page(request, "reader/widget.html", context, language=language, status=status), article.site
    )


def _listing(request: HttpRequest, article: Article) -> Listing:
    cursor = _number(request.GET.get("cursor"))
    number = _number(request.GET.get("conversation"))
    root = None if number is None else queries.approved_root(number)
    if root is not None and root.article_id == article.pk:
        return list_conversation(root, cursor=cursor)
    return list_thread(article, newest_first=request.GET.get("order") != "oldest", cursor=cursor)


def _take_in(request: HttpRequest, article: Article) -> HttpResponse:
    draft = _draft(request)
    language = page_language(request, article.language)
    try:
        receipt = receipt_for(submit_comment(article.slug, draft).pk)
    except DuplicateComment as duplicate:
        receipt = duplicate.receipt
    except ServiceError as error:
        with translation.override(language):
            refusal = explain_refusal(error, given=request.POST.get(error.field or "", ""))
        answered = _answered(article, request.POST.get("parent"))
        form = Form(draft.text, draft.name, draft.email, answered, refusal)
        return _kept_by_nobody(_page(request, article, form, error.status))
    address = reverse("reader:receipt", kwargs={"receipt": receipt})
    return HttpResponseRedirect(f"{address}?lang={language}", status=HTTPStatus.SEE_OTHER)


def _draft(request: HttpRequest) -> Draft:
    posted = request.POST
    return Draft(
        # HTML sends every line feed of a form as CR LF. Undoing it gives back what the reader typed, and nothing else
        # may be touched: what is published is what was written.
        text=posted.get("text", "").replace("\r\n", "\n"),
        name=posted.get("name", ""),
        email=posted.get("email", ""),
        parent=_number(posted.get("parent")),
        address=client_address(request),
    )


def _answered(article: Article, value: str | None) -> Comment | None:
    number = _number(value)
    return None if number is None else queries.approved_comment(article, number)


def _number(value: str | None) -> int | None:
    """Read a number from an address or a form; anything else counts as not given."""
    return int(value) if value and value.isdecimal() and value.isascii() and len(value) < 19 else None  # noqa: PLR2004


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _unknown_article(request: HttpRequest) -> HttpResponse:
    language = page_language(request, translation.get_language_from_request(request))
    response = render_page(request, "reader/unknown_article.html", {}, language=language, status=HTTPStatus.NOT_FOUND)
    # No site is known whose pages could be named; the page holds nothing to click on.
    response.frame_ancestors = "*"  # type: ignore[attr-defined]
    return response
