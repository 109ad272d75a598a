"""The moderators' pages."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from premod.console.views import decisions, queue, review, signing_in

app_name = "console"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("comments/", decisions.find, name="find"),
    path("comments/<int:number>/", review.review, name="review"),
    path("comments/<int:number>/decide", review.decide, name="decide"),
    path("decisions/", decisions.recent, name="decisions"),
    path("sign-in/", signing_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("language/", include("django.conf.urls.i18n")),
]
