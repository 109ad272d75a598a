"""The shapes of the API's answers. What a reader sends is checked by services.submit_comment, in a fixed order."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema

from premod.comments.models import Status


class Submitted(Schema):
    id: int
    status: Status
    receipt: str = Field(description="The commenter's private link to state and reason: keep it.")


class Reply(Schema):
    id: int
    parent: int | None = Field(description="The comment this one answers; None for a first comment.")
    name: str
    text: str = Field(description="Exactly as submitted. It is plain text: escape it for where you show it.")
    language: str
    submitted_at: datetime


class Conversation(Reply):
    replies: list[Reply] = Field(description="The first replies in the conversation, oldest first.")
    reply_count: int = Field(description="All approved replies; page through the rest with ?root=ID.")


class Thread(Schema):
    article: str
    total: int = Field(description="All approved comments on the article.")
    comments: list[Conversation]
    next: str | None = Field(description="The cursor of the next page; None on the last one.")


class Replies(Schema):
    comments: list[Reply]
    next: str | None


class BreachedGuideline(Schema):
    code: str
    title: str
    text: str


class EvidenceSpan(Schema):
    guideline: str
    start: int = Field(description="First character of the span in the text, counted in code points from 0.")
    end: int


class Receipt(Schema):
    id: int
    article: str
    status: Status
    text: str
    submitted_at: datetime
    decided_at: datetime | None
    guidelines: list[BreachedGuideline] = Field(description="For a rejection: the guidelines breached.")
    evidence: list[EvidenceSpan] = Field(description="For a rejection: the words it rests on.")
    guidelines_version: int | None


class ErrorDetail(Schema):
    code: str
    message: str
    field: str | None
    limit: int | None


class ErrorBody(Schema):
    error: ErrorDetail
    receipt: str | None = Field(None, description="With code 'duplicate': the first comment's receipt.")
