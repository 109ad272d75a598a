"""What the pages show of a comment, a verdict and a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from premod.comments.marking import Piece, marked_pieces
from premod.comments.models import Comment, DecisionRecord, Status, VerdictRecord
from premod.comments.services.publishing import guidelines_in_force, read_guidelines
from premod.console import wording
from premod.domain.guidelines import Guidelines

# Bidirectional overrides and characters without width: what is read is not what the letters are. The joiners and
# marks that Arabic and Kurdish are written with are not among them.
HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad")
SHORTCUT_KEYS = "1234567890-"


@dataclass(frozen=True, slots=True)
class Summary:
    """A comment in a list, its risk in percent."""

    comment: Comment
    status: str
    reason: str
    titles: str
    risk_percent: int
    age: str
    language: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A guideline that a rejection may name; ``key`` is its shortcut."""

    code: str
    title: str
    text: str
    key: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Score:
    """A score in percent with the thresholds it is measured by; a signal that breaches nothing has none."""

    title: str
    percent: int
    approve_below: int | None
    reject_above: int | None
    quotes: list[str]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A judge's verdict, the highest score first, or what went wrong; ``low`` names what it scored below 1 %."""

    judge: str
    error: str
    scores: list[Score]
    low: str


@dataclass(frozen=True, slots=True)
class Act:
    """A record of the ledger, in words."""

    record: DecisionRecord
    who: str
    outcome: str
    titles: str


def summary_of(comment: Comment) -> Summary:
    record = comment.decision
    return Summary(
        comment=comment,
        status=wording.status_in_words(comment.status),
        reason=wording.reason_in_words(record) if comment.status in {Status.HELD, Status.REFERRED} else "",
        titles=act_of(record).titles if record else "",
        risk_percent=round(comment.risk * 100),
        age=wording.age_in_words(comment.submitted_at),
        language=wording.language_in_words(comment.language),
    )


def choices_for(comment: Comment, chosen: Sequence[str] | None) -> list[Choice]:
    """Return every guideline in force; chosen are those given, or else those the decision in force is about."""
    _version, guidelines = guidelines_in_force(comment.article.site_id)
    if chosen is None:
        chosen = comment.decision.guidelines if comment.decision else []
    keys = SHORTCUT_KEYS + " " * len(guidelines.guidelines)
    language = get_language()
    return [
        Choice(
            code=entry.code,
            title=entry.title.in_language(language),
            text=entry.text.in_language(language),
            key=key.strip(),
            chosen=entry.code in chosen,
        )
        for entry, key in zip(guidelines.guidelines, keys, strict=False)
    ]


def opinions_on(comment: Comment, verdicts: Sequence[VerdictRecord]) -> list[Opinion]:
    _version, guidelines = guidelines_in_force(comment.article.site_id)
    return [_opinion(guidelines, comment.text, verdict) for verdict in verdicts]


def pieces_of(comment: Comment, verdicts: Sequence[VerdictRecord]) -> list[Piece]:
    """Cut a comment's text so that every judge's evidence is marked with the guidelines it speaks for."""
    _version, guidelines = guidelines_in_force(comment.article.site_id)
    spans = [
        (start, end, wording.title_of(guidelines, code))
        for verdict in verdicts
        for code, start, end in verdict.evidence
    ]
    return marked_pieces(comment.text, spans)


def hides_something(text: str) -> bool:
    return not HIDDEN.isdisjoint(text)


def act_of(record: DecisionRecord) -> Act:
    titles = wording.titles_of(read_guidelines(record.guidelines_version_id), record.guidelines)
    return Act(record, wording.decider_in_words(record), wording.outcome_in_words(record), wording.listed(titles))


def _opinion(guidelines: Guidelines, text: str, verdict: VerdictRecord) -> Opinion:
    ordered = sorted(verdict.scores.items(), key=lambda item: -item[1])
    scores = [_score(guidelines, code, score, text, verdict) for code, score in ordered]
    return Opinion(
        judge=verdict.judge,
        error=wording.failure_in_words(verdict.error),
        scores=[score for score in scores if score.percent],
        low=wording.listed([score.title for score in scores if not score.percent]),
    )


def _score(guidelines: Guidelines, code: str, score: float, text: str, verdict: VerdictRecord) -> Score:
    thresholds = {entry.code: entry.thresholds for entry in guidelines.guidelines}.get(code)
    return Score(
        title=wording.title_of(guidelines, code),
        percent=round(score * 100),
        approve_below=round(thresholds.approve_below * 100) if thresholds else None,
        reject_above=round(thresholds.reject_above * 100) if thresholds else None,
        quotes=[text[start:end] for found, start, end in verdict.evidence if found == code],
    )
