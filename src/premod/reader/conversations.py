"""What the widget lists: an article's approved comments, and where each one stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from premod.comments import queries
from premod.comments.models import Article, Comment


@dataclass(frozen=True, slots=True)
class Reply:
    """``answers`` is whom it answers, where that is not the comment that opened the conversation."""

    comment: Comment
    answers: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A conversation as it is listed; ``more`` replies stand on the conversation's own page."""

    comment: Comment
    replies: list[Reply]
    more: int
    next_cursor: int | None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the widget's list. ``conversation`` is set when it shows a single one."""

    shown: list[Shown]
    total: int
    newest_first: bool
    later: bool
    next_cursor: int | None
    conversation: Comment | None = None


def list_thread(article: Article, *, newest_first: bool, cursor: int | None) -> Listing:
    page = queries.thread(article, newest_first=newest_first, cursor=cursor)
    shown = [_shown(entry) for entry in page.conversations]
    return Listing(shown, page.total, newest_first, cursor is not None, page.next_cursor)


def list_conversation(root: Comment, *, cursor: int | None) -> Listing:
    replies, next_cursor = queries.replies_to(root, cursor=cursor)
    shown = Shown(root, _replies(replies), 0, next_cursor)
    return Listing([shown], 0, newest_first=False, later=cursor is not None, next_cursor=None, conversation=root)


def address_of(comment: Comment, language: str) -> str:
    """Return where the widget shows an approved comment, on whichever page of its conversation that is."""
    root = comment.root_id or comment.pk
    query = {"lang": language, "conversation": root}
    if comment.root_id:
        query["cursor"] = comment.pk - 1
    path = reverse("reader:widget", kwargs={"article": comment.article.slug})
    return f"{path}?{urlencode(query)}#comment-{comment.pk}"


def _shown(entry: queries.Conversation) -> Shown:
    replies = _replies(entry.replies)
    more = entry.reply_count - len(replies)
    return Shown(entry.comment, replies, more, entry.replies[-1].pk if more else None)


def _replies(replies: Iterable[Comment]) -> list[Reply]:
    names: dict[int | None, str] = {}
    listed: list[Reply] = []
    for comment in replies:
        listed.append(Reply(comment, names.get(comment.parent_id, "")))
        names[comment.pk] = comment.name
    return listed
