"""Signing in, with a brake on guessing passwords."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from premod.comments.addresses import client_address
from premod.comments.models import SignInFailure

FAILURES_ALLOWED = 5
FAILURE_WINDOW = timedelta(minutes=15)


class SignInForm(AuthenticationForm):
    """Refuses without looking at the password after five failures in fifteen minutes for a name from an address."""

    request: HttpRequest

    def clean(self) -> dict[str, object]:
        address = client_address(self.request)
        failures = SignInFailure.objects.filter(
            username=self.cleaned_data.get("username", "")[:150],
            address=address,
            failed_at__gt=timezone.now() - FAILURE_WINDOW,
        )
        if failures.count() >= FAILURES_ALLOWED:
            raise ValidationError(gettext("Too many failed attempts. Please try again in 15 minutes."))
        return super().clean()


class SignIn(LoginView):
    template_name = "console/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        SignInFailure.objects.create(
            username=form.cleaned_data.get("username", "")[:150],
            address=client_address(self.request),
            failed_at=timezone.now(),
        )
        return super().form_invalid(form)
