"""The pages readers see, and the one script a publisher's page loads."""

from __future__ import annotations

from django.urls import path

from premod.reader.views import loader, newspaper, receipts, widget

app_name = "reader"
urlpatterns = [
    path("", newspaper.front_page, name="front-page"),
    path("sample/<str:slug>", newspaper.article, name="article"),
    path("embed.js", loader.loader, name="loader"),
    path("embed/<str:article>", widget.widget, name="widget"),
    path("receipts/<str:receipt>", receipts.receipt, name="receipt"),
    path("receipts/<str:receipt>/withdraw", receipts.withdraw, name="withdraw"),
]
