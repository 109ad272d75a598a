"""Columns, constraints and indexes. Every write is a function in premod.comments.services."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from premod.domain.decision import Outcome


class Moderator(AbstractUser):
    """A human who decides."""


class SignInFailure(models.Model):
    """A failed attempt to sign in to the console; in the table, so that every process counts the same ones."""

    username = models.CharField(max_length=150)
    address = models.CharField(max_length=45)
    failed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["username", "address", "failed_at"], name="recent_failures")]

    def __str__(self) -> str:
        return f"failure at {self.failed_at}"


class Site(models.Model):
    """One publication using the installation, and what its publisher decided."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    languages = models.JSONField(default=list, help_text="Language tags of the readers, the usual one first.")
    origins = models.JSONField(default=list, blank=True, help_text="Origins whose pages may embed the widget.")
    email_required = models.BooleanField(default=False)
    text_limit = models.PositiveIntegerField(default=5000, help_text="Longest comment, in code points.")
    commenter_posts_per_minute = models.PositiveIntegerField(default=5, help_text="0 sets no limit.")
    address_posts_per_minute = models.PositiveIntegerField(default=30, help_text="0 sets no limit.")
    revision = models.PositiveBigIntegerField(default=0, help_text="Rises when what readers see of the site changes.")
    ledger_length = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(text_limit__gte=1, text_limit__lte=5000), name="text_limit_1_to_5000"),
        ]

    def __str__(self) -> str:
        return self.slug


class GuidelinesVersion(models.Model):
    """One published version of a site's guidelines; a database trigger keeps it as it was published."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    source = models.TextField(help_text="The TOML file as it was published.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the source, in hexadecimal.")
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "number"], name="one_guidelines_per_number")]

    def __str__(self) -> str:
        return f"{self.site_id} v{self.number}"


class Article(models.Model):
    """What is commented on."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    slug = models.SlugField(unique=True, max_length=200, allow_unicode=True)
    title = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    url = models.URLField(blank=True, max_length=2000)
    language = models.CharField(max_length=8, default="en")
    is_open = models.BooleanField(default=True)
    revision = models.PositiveBigIntegerField(default=0, help_text="Rises when what readers see of the thread changes.")

    def __str__(self) -> str:
        return self.slug


class Status(models.TextChoices):
    HELD = "held"
    REFERRED = "referred"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Comment(models.Model):
    """A reader's comment. A database trigger keeps text, salt, commitment and who wrote it as they were submitted."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies",
                             help_text="The first comment of the conversation; threads show two levels.")  # fmt: skip
    text = models.TextField()
    salt = models.BinaryField(max_length=32)
    commitment = models.CharField(max_length=64, help_text="SHA-256 over salt and text, in hexadecimal.")
    name = models.CharField(max_length=80)
    email = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=45, blank=True)
    commenter_key = models.CharField(max_length=64, help_text="Tells one commenter from another within the limits.")
    idempotency_key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - NULLs do not collide in the constraint.
    language = models.CharField(max_length=8, blank=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.HELD)
    risk = models.FloatField(default=0.0)
    decision = models.ForeignKey("DecisionRecord", null=True, on_delete=models.PROTECT, related_name="+",
                                 help_text="The decision in force.")  # fmt: skip
    submitted_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True, default="")
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status=Status.HELD) | Q(decision__isnull=False), name="only_a_decision_ends_holding"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="status_is_known"),
            models.UniqueConstraint(fields=["article", "idempotency_key"], name="one_comment_per_idempotency_key"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(status=Status.HELD), name="held_oldest_first"),
            models.Index(fields=["-risk", "id"], condition=Q(status=Status.REFERRED), name="referred_riskiest_first"),
            models.Index(
                fields=["article", "id"], condition=Q(status=Status.APPROVED, root__isnull=True), name="thread"
            ),
            models.Index(fields=["root", "id"], condition=Q(status=Status.APPROVED), name="thread_replies"),
            models.Index(fields=["commenter_key", "submitted_at"], name="recent_of_commenter"),
            models.Index(fields=["address", "submitted_at"], name="recent_of_address"),
            models.Index(fields=["article"], condition=Q(status=Status.APPROVED), name="approved_of_article"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class VerdictRecord(models.Model):
    """One judge's verdict on a comment, as it was given."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="verdicts")
    judge = models.CharField(max_length=100)
    scores = models.JSONField(default=dict)
    evidence = models.JSONField(default=list, help_text="[[guideline, start, end], …] in code points of the text.")
    error = models.CharField(max_length=500, blank=True)
    judged_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.judge} on comment {self.comment_id}"


class LedgerOutcome(models.TextChoices):
    """What a ledger record says was done: a decision, or an act of the commenter."""

    APPROVE = Outcome.APPROVE.value
    REJECT = Outcome.REJECT.value
    REFER = Outcome.REFER.value
    WITHDRAW = "withdraw"
    ERASE = "erase"


class DecisionRecord(models.Model):
    """One record of a site's ledger: append-only by database trigger, chained by hash, without names or text."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    sequence = models.PositiveBigIntegerField(help_text="1 for the site's first record, without gaps.")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="decisions")
    commitment = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8, choices=LedgerOutcome.choices)
    moderator = models.ForeignKey(Moderator, null=True, on_delete=models.PROTECT, help_text="Empty: decided by policy.")
    guidelines_version = models.ForeignKey(GuidelinesVersion, on_delete=models.PROTECT)
    guidelines = models.JSONField(default=list, help_text="Codes of the guidelines breached or in doubt.")
    evidence = models.JSONField(default=list, help_text="[[guideline, start, end], …] in code points of the text.")
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "sequence"], name="one_record_per_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.site_id}/{self.sequence} {self.outcome} comment {self.comment_id}"
