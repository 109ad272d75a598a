"""Which of the reader's languages a page is written in, and writing it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

# Kurmanji pages are often tagged with the code of Kurdish as a whole.
_ALSO_CALLED = {"ku": "kmr"}


def page_language(request: HttpRequest, *fallbacks: str) -> str:
    """Return the language asked for with ``?lang=``, the first of ``fallbacks`` that there are pages in, or English."""
    for tag in (request.GET.get("lang", ""), *fallbacks):
        primary = tag.replace("_", "-").partition("-")[0].lower()
        language = _ALSO_CALLED.get(primary, primary)
        if language in dict(settings.LANGUAGES):
            return language
    return settings.LANGUAGE_CODE


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    language: str,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Render a template in a language, whatever language the reader's browser asks for."""
    with translation.override(language):
        known = {"language": language, "direction": "rtl" if translation.get_language_bidi() else "ltr", **context}
        page = render_to_string(template, known, request)
    # Said here, because LocaleMiddleware would name the browser's language.
    return HttpResponse(page, status=status, headers={"Content-Language": language})
