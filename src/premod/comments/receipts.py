"""A receipt: the commenter's private link, made of the comment's number and a signature, so that none is stored."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer


def receipt_for(comment_id: int) -> str:
    """Return the receipt of a comment: its number and a signature only this installation can make."""
    return _signer().sign(str(comment_id))


def comment_of(receipt: str) -> int | None:
    """Return the number of the comment a receipt belongs to, or None if the receipt is not ours."""
    try:
        return int(_signer().unsign(receipt))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt="premod.receipt", sep=".")
