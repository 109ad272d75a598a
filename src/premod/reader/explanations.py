"""What a commenter is told about each status, and about each refusal."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from premod.comments.errors import RateLimited, ServiceError
from premod.comments.models import Status


@dataclass(frozen=True, slots=True)
class Explanation:
    title: str | Promise
    text: str | Promise


STATUSES: dict[str, Explanation] = {
    Status.HELD: Explanation(
        _("Held for review"),
        _("Your comment is stored safely and is being judged by the guidelines. This usually takes a few seconds."),
    ),
    Status.REFERRED: Explanation(
        _("Waiting for a moderator"),
        _("A moderator will read your comment and decide. Nobody changes your words meanwhile."),
    ),
    Status.APPROVED: Explanation(_("Published"), _("Readers see your comment exactly as you wrote it.")),
    Status.REJECTED: Explanation(
        _("Not published"),
        _("Your comment does not meet the guidelines below. It was not edited, and readers do not see it."),
    ),
    Status.WITHDRAWN: Explanation(_("Taken back"), _("You took this comment back. Readers do not see it.")),
}

# {limit} and {seconds} are filled in here, or by the page's own script.
REFUSALS: dict[str, str | Promise] = {
    "text_required": _("Please write your comment."),
    "text_length": _("Your comment is too long. The limit is {limit} characters."),
    "text_blank": _("A comment needs more than white space."),
    "name_required": _("Please enter your name."),
    "name_length": _("This name is too long, or blank. The limit is {limit} characters."),
    "email_required": _("Please enter your e-mail address."),
    "email_length": _("This e-mail address is too long. The limit is {limit} characters."),
    "email_invalid": _("This does not look like an e-mail address."),
    "control_character": _(
        "There is an invisible control character in here that cannot be published. Please remove it."
    ),
    "invalid_utf8": _("There is a damaged character in here. Please remove it."),
    "unknown_parent": _("The comment you are answering is no longer published. You can still post yours on its own."),
    "unknown_article": _("This article is not known here."),
    "article_closed": _("This article no longer takes comments."),
    "rate_limited": _("You are posting very fast. Please try again in {seconds} seconds."),
    "duplicate": _("You have already submitted this comment."),
    "unreachable": _("Your comment could not be sent. Nothing you typed is lost: please try again."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was not accepted: the field it is about, or an empty string, and the sentence for its reader."""

    field: str
    message: str


def explain_refusal(error: ServiceError, *, given: str) -> Refusal:
    """Put a service's refusal in the language in force. ``given`` is what the reader typed into the field."""
    code = f"{error.field}_required" if error.code in {"text_length", "name_length"} and not given else error.code
    seconds = error.retry_after_seconds if isinstance(error, RateLimited) else 0
    message = str(REFUSALS.get(code, REFUSALS["unreachable"])).format(limit=error.limit, seconds=seconds)
    return Refusal(error.field if error.field in {"name", "email", "text"} else "", message)
