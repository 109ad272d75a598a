"""The one script a publisher's page loads."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

_FILE = Path(__file__).parent.parent / "static" / "reader" / "embed.js"
# Publishers write the address into their pages for years: a change must reach readers within minutes.
_KEPT_SECONDS = 300


@cache
def _script() -> bytes:
    return _FILE.read_bytes()


@cache
def _etag() -> str:
    return f'"{hashlib.sha256(_script()).hexdigest()[:32]}"'


@require_safe
@cache_control(public=True, max_age=_KEPT_SECONDS)
@condition(etag_func=lambda _: _etag())
def loader(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer the same for every origin, so that a publisher may pin the script with an integrity attribute."""
    everywhere = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8", headers=everywhere)
