"""Which interface answers which address."""

from __future__ import annotations

from django.urls import include, path

from premod.api.views import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("console/", include("premod.console.urls")),
    path("", include("premod.reader.urls")),
]
