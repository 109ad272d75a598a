"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

_LONGEST_ADDRESS = 45


def client_address(request: HttpRequest) -> str:
    """Return the reader's address: the peer's, or the one that the trusted proxies in front vouch for.

    Each proxy appends the address it was called from, so with N trusted ones the reader's is the Nth from the end;
    whatever stands before it, anybody may have written.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if not settings.TRUSTED_PROXIES or not forwarded:
        return peer
    return forwarded[-min(settings.TRUSTED_PROXIES, len(forwarded))][:_LONGEST_ADDRESS]
