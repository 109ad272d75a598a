"""Signing in, with a brake on guessing passwords."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from premod.comments.addresses import client_address
from premod.comments.models import SignInFailure

FAILURES_ALLOWED = 5
FAILURE_WINDOW = timedelta(minutes=15)
_LONGEST_USERNAME = 150


class SignInForm(AuthenticationForm):
    """Refuses without looking at the password after five failures in fifteen minutes for a name from an address."""

    request: HttpRequest

    def clean(self) -> dict[str, object]:
        if recent_failures(self.request, name_given(self)).count() >= FAILURES_ALLOWED:
            raise ValidationError(gettext("Too many failed attempts. Please try again in 15 minutes."), code="locked")
        return super().clean()

    def get_invalid_login_error(self) -> ValidationError:
        # Django's own sentence does not exist in Kurmanji.
        return ValidationError(gettext("No moderator has this name and password."), code="invalid_login")


class SignIn(LoginView):
    template_name = "console/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        recent_failures(self.request, form.get_user().get_username()).delete()
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        # An attempt that was refused unseen does not count, so that the brake lets go after the time it tells.
        if form.has_error("__all__", "invalid_login"):
            SignInFailure.objects.filter(failed_at__lte=timezone.now() - FAILURE_WINDOW).delete()
            SignInFailure.objects.create(
                username=name_given(form), address=client_address(self.request), failed_at=timezone.now()
            )
        return super().form_invalid(form)


def name_given(form: AuthenticationForm) -> str:
    return str(form.cleaned_data.get("username", ""))[:_LONGEST_USERNAME]


def recent_failures(request: HttpRequest, username: str) -> QuerySet[SignInFailure]:
    since = timezone.now() - FAILURE_WINDOW
    return SignInFailure.objects.filter(username=username, address=client_address(request), failed_at__gt=since)
