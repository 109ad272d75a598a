"""The brake on guessing passwords: failures counted in the table, so that every process counts the same ones."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from premod.comments.models import SignInFailure

FAILURES_ALLOWED = 5
FAILURE_WINDOW = timedelta(minutes=15)
_LONGEST_USERNAME = 150


def may_sign_in(username: str, address: str) -> bool:
    """Tell whether a name may be tried from an address: not after five failures in fifteen minutes."""
    return _recent(username, address).count() < FAILURES_ALLOWED


def record_sign_in_failure(username: str, address: str) -> None:
    """Count a failure, and drop those that are too old to count."""
    now = timezone.now()
    SignInFailure.objects.filter(failed_at__lte=now - FAILURE_WINDOW).delete()
    SignInFailure.objects.create(username=username[:_LONGEST_USERNAME], address=address, failed_at=now)


def forget_sign_in_failures(username: str, address: str) -> None:
    """Forget the failures of a name from an address, once it has signed in."""
    _recent(username, address).delete()


def _recent(username: str, address: str) -> QuerySet[SignInFailure]:
    since = timezone.now() - FAILURE_WINDOW
    return SignInFailure.objects.filter(username=username[:_LONGEST_USERNAME], address=address, failed_at__gt=since)
