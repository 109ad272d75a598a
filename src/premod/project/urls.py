"""Which interface answers which address."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from premod.api.views import api


def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 200 while the server can read its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", health),
    path("api/v1/", api.urls),
    path("console/", include("premod.console.urls")),
    path("", include("premod.reader.urls")),
]
