"""Signing in, with a brake on guessing passwords."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from premod.comments.addresses import client_address
from premod.comments.services.signing_in import forget_sign_in_failures, may_sign_in, record_sign_in_failure


class SignInForm(AuthenticationForm):
    """Refuses without looking at the password after too many failures of a name from an address."""

    request: HttpRequest

    def clean(self) -> dict[str, object]:
        if not may_sign_in(name_given(self), client_address(self.request)):
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
        forget_sign_in_failures(form.get_user().get_username(), client_address(self.request))
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        # An attempt that was refused unseen does not count, so that the brake lets go after the time it tells.
        if form.has_error("__all__", "invalid_login"):
            record_sign_in_failure(name_given(form), client_address(self.request))
        return super().form_invalid(form)


def name_given(form: AuthenticationForm) -> str:
    return str(form.cleaned_data.get("username", ""))
