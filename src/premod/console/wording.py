"""What the machinery records, in the moderator's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from premod.comments.models import DecisionRecord, LedgerOutcome, Status
from premod.comments.services.publishing import read_guidelines
from premod.domain.guidelines import Guidelines

STATUSES = {
    Status.HELD: _("Held"),
    Status.REFERRED: _("Waits for a moderator"),
    Status.APPROVED: _("Approved"),
    Status.REJECTED: _("Rejected"),
    Status.WITHDRAWN: _("Withdrawn"),
}
OUTCOMES = {
    LedgerOutcome.APPROVE: _("approved"),
    LedgerOutcome.REJECT: _("rejected"),
    LedgerOutcome.REFER: _("referred to a moderator"),
    LedgerOutcome.WITHDRAW: _("withdrawn"),
    LedgerOutcome.ERASE: _("erased"),
}
# How the pipeline begins what it says of a judge that failed, and what that means to a moderator.
FAILURES = {
    "no answer within": _("it did not answer in time"),
    "raised": _("it broke off with an error"),
    r"\d+ verdicts for": _("it answered for another number of comments than it was asked about"),
    "returned": _("its answer made no sense"),
    "evidence past": _("its answer made no sense"),
}
_MOST_TITLES = 3
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def status_in_words(status: str) -> str:
    return str(STATUSES[Status(status)])


def outcome_in_words(record: DecisionRecord) -> str:
    return str(OUTCOMES[LedgerOutcome(record.outcome)])


def decider_in_words(record: DecisionRecord) -> str:
    """Name who decided: a moderator by name, and otherwise what part of the world it was."""
    if record.moderator is not None:
        return str(record.moderator.get_username())
    if record.outcome == LedgerOutcome.WITHDRAW:
        return gettext("the commenter")
    return gettext("the operator") if record.outcome == LedgerOutcome.ERASE else gettext("the policy")


def reason_in_words(record: DecisionRecord | None) -> str:
    """Say why a comment waits for a moderator."""
    if record is None:
        return gettext("No judge has seen it yet.")
    guidelines = read_guidelines(record.guidelines_version_id)
    titles = listed(titles_of(guidelines, record.guidelines))
    kind, _colon, rest = record.reason.partition(": ")
    if kind == "protected":
        return gettext("Seems to criticise the publisher, and to breach: %(titles)s") % {"titles": titles}
    if kind == "unscored":
        return _unscored(titles_of(guidelines, rest.split(", ")))
    if kind.startswith("judging was given up"):
        return gettext("Judging it stopped the judges again and again.")
    if rest:
        return gettext("A judge failed: %(judges)s") % {"judges": _failed_judges(record.reason)}
    return gettext("In doubt: %(titles)s") % {"titles": titles} if titles else ""


def failure_in_words(error: str) -> str:
    """Say what went wrong with a judge; what is not known here is said as it was recorded."""
    for beginning, words in FAILURES.items():
        if re.match(beginning, error):
            return str(words)
    return error


def age_in_words(moment: datetime) -> str:
    """Say how long ago a moment was. Django's own words for it do not exist in Kurmanji."""
    seconds = max(0, int((timezone.now() - moment).total_seconds()))
    if seconds < _MINUTE:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    if seconds < _HOUR:
        return ngettext("%(count)d minute", "%(count)d minutes", seconds // _MINUTE) % {"count": seconds // _MINUTE}
    if seconds < _DAY:
        return ngettext("%(count)d hour", "%(count)d hours", seconds // _HOUR) % {"count": seconds // _HOUR}
    return ngettext("%(count)d day", "%(count)d days", seconds // _DAY) % {"count": seconds // _DAY}


def language_in_words(code: str) -> str:
    """Name a language as its speakers do, or give its code when it is none of the interface's."""
    return str(dict(settings.LANGUAGES).get(code, code))


def titles_of(guidelines: Guidelines, codes: Sequence[str]) -> list[str]:
    return [title_of(guidelines, code) for code in codes]


def title_of(guidelines: Guidelines, code: str) -> str:
    """Name a guideline, or a kind of comment that judges recognise, in the moderator's language."""
    titles = {entry.code: entry.title for entry in guidelines.welcome}
    titles |= {entry.code: entry.title for entry in guidelines.guidelines}
    return titles[code].in_language(get_language()) if code in titles else code


def listed(items: Sequence[str]) -> str:
    return pgettext("between the items of a list", ", ").join(items)


def _failed_judges(reason: str) -> str:
    parts = [part.partition(": ") for part in reason.split("; ")]
    return listed([f"{judge} ({failure_in_words(error)})" for judge, _colon, error in parts])


def _unscored(titles: Sequence[str]) -> str:
    if len(titles) <= _MOST_TITLES:
        return gettext("No judge could say whether it breaches: %(titles)s") % {"titles": listed(titles)}
    sentence = ngettext(
        "No judge could say whether it breaches %(count)d guideline",
        "No judge could say whether it breaches %(count)d of the guidelines",
        len(titles),
    )
    return sentence % {"count": len(titles)}
