"""What the pages show of a comment, a verdict and a decision, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from premod.comments.marking import Piece, marked_pieces
from premod.comments.models import Comment, DecisionRecord, LedgerOutcome, Status, VerdictRecord
from premod.comments.services.publishing import guidelines_in_force, read_guidelines
from premod.domain.guidelines import Guidelines

STATUSES = {
    Status.HELD: _("Held"),
    Status.REFERRED: _("Referred"),
    Status.APPROVED: _("Approved"),
    Status.REJECTED: _("Rejected"),
    Status.WITHDRAWN: _("Withdrawn"),
}
OUTCOMES = {
    LedgerOutcome.APPROVE: _("approved"),
    LedgerOutcome.REJECT: _("rejected"),
    LedgerOutcome.REFER: _("referred"),
    LedgerOutcome.WITHDRAW: _("withdrawn by the commenter"),
    LedgerOutcome.ERASE: _("erased"),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """A comment in a list: why it was referred in words, and its risk in percent."""

    comment: Comment
    reason: str
    risk_percent: int
    status: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A guideline that a rejection may name; ``key`` is its shortcut."""

    code: str
    title: str
    text: str
    key: str
    suggested: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """A judge's verdict: (guideline's title, score in percent), highest first, or what went wrong with it."""

    judge: str
    scores: list[tuple[str, int]]
    error: str


@dataclass(frozen=True, slots=True)
class Act:
    """A record of the ledger, in words."""

    record: DecisionRecord
    outcome: str
    titles: list[str]


def summary_of(comment: Comment) -> Summary:
    return Summary(comment, reason_of(comment), round(comment.risk * 100), str(STATUSES[Status(comment.status)]))


def reason_of(comment: Comment) -> str:
    """Say in the moderator's language why a comment waits for them."""
    record = comment.decision
    if record is None:
        return gettext("Not judged yet.")
    titles = ", ".join(_titles(read_guidelines(record.guidelines_version_id), record.guidelines))
    if record.reason.startswith("protected"):
        return gettext("Seems to criticise the publisher, and to breach: %(titles)s") % {"titles": titles}
    if titles:
        return gettext("In doubt: %(titles)s") % {"titles": titles}
    if record.reason.startswith("unscored"):
        return gettext("No judge could say that it is fair.")
    return gettext("A judge failed: %(error)s") % {"error": record.reason}


def choices_for(comment: Comment) -> list[Choice]:
    """Return every guideline in force, those in doubt suggested, with the keys 1 to 9, 0 and -."""
    _version, guidelines = guidelines_in_force(comment.article.site_id)
    suggested = set(comment.decision.guidelines) if comment.decision else set()
    keys = [*"1234567890-", *[""] * len(guidelines.guidelines)]
    language = get_language()
    return [
        Choice(
            entry.code,
            entry.title.in_language(language),
            entry.text.in_language(language),
            key,
            entry.code in suggested,
        )
        for entry, key in zip(guidelines.guidelines, keys, strict=False)
    ]


def opinions_on(comment: Comment, verdicts: list[VerdictRecord]) -> list[Opinion]:
    _version, guidelines = guidelines_in_force(comment.article.site_id)
    return [Opinion(verdict.judge, _scores(guidelines, verdict.scores), verdict.error) for verdict in verdicts]


def pieces_of(comment: Comment, verdicts: list[VerdictRecord]) -> list[Piece]:
    """Cut a comment's text so that every judge's evidence is marked with the guidelines it speaks for."""
    _version, guidelines = guidelines_in_force(comment.article.site_id)
    spans = [(start, end, _title(guidelines, code)) for verdict in verdicts for code, start, end in verdict.evidence]
    return marked_pieces(comment.text, spans)


def acts_on(records: list[DecisionRecord]) -> list[Act]:
    return [
        Act(
            record,
            str(OUTCOMES[LedgerOutcome(record.outcome)]),
            _titles(read_guidelines(record.guidelines_version_id), record.guidelines),
        )
        for record in records
    ]


def _scores(guidelines: Guidelines, scores: Mapping[str, float]) -> list[tuple[str, int]]:
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    return [(_title(guidelines, code), round(score * 100)) for code, score in ordered]


def _titles(guidelines: Guidelines, codes: list[str]) -> list[str]:
    return [_title(guidelines, code) for code in codes]


def _title(guidelines: Guidelines, code: str) -> str:
    titles = {entry.code: entry.title for entry in guidelines.guidelines}
    titles |= {entry.code: entry.title for entry in guidelines.welcome}
    return titles[code].in_language(get_language()) if code in titles else code
