"""The sample news site: what a publisher's pages look like with the widget on them."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from premod.comments import queries
from premod.reader.languages import page_language, render_page
from premod.reader.newspaper import sample_newspaper


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    newspaper = sample_newspaper()
    if queries.find_site(newspaper.slug) is None:
        return render_page(request, "reader/sample/empty.html", {}, language="en")
    return render_page(request, "reader/sample/front_page.html", {"newspaper": newspaper}, language="en")


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    newspaper = sample_newspaper()
    found = newspaper.article(slug)
    if found is None or queries.find_article(slug) is None:
        return render_page(request, "reader/sample/empty.html", {}, language="en", status=HTTPStatus.NOT_FOUND)
    language = page_language(request, found.lang)
    return render_page(
        request, "reader/sample/article.html", {"newspaper": newspaper, "article": found}, language=language
    )
