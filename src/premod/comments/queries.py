"""The reads that interfaces share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast

from premod.comments.models import Article, Comment, DecisionRecord, GuidelinesVersion, Site, Status
from premod.comments.services.publishing import read_guidelines
from premod.domain.guidelines import Guideline

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Conversation:
    """A top-level comment with the first replies under it; ``reply_count`` counts all of them."""

    comment: Comment
    replies: list[Comment]
    reply_count: int


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One page of an article's approved comments; ``next_cursor`` is None on the last page."""

    conversations: list[Conversation]
    total: int
    next_cursor: int | None


def find_article(slug: str) -> Article | None:
    return Article.objects.select_related("site").filter(slug=slug).first()


def thread(article: Article, *, newest_first: bool = True, cursor: int | None = None) -> ThreadPage:
    """Return up to PAGE_SIZE conversations after ``cursor``, each with its first PAGE_SIZE replies, oldest first."""
    approved = Comment.objects.filter(article=article, status=Status.APPROVED)
    roots = _page(approved.filter(root=None), newest_first=newest_first, cursor=cursor)
    replies = _replies([root.pk for root in roots[:PAGE_SIZE]])
    conversations = [Conversation(root, *replies.get(root.pk, ([], 0))) for root in roots[:PAGE_SIZE]]
    next_cursor = roots[PAGE_SIZE - 1].pk if len(roots) > PAGE_SIZE else None
    return ThreadPage(conversations, approved.count(), next_cursor)


def replies_to(root: Comment, *, cursor: int | None = None) -> tuple[list[Comment], int | None]:
    """Return up to PAGE_SIZE approved replies in ``root``'s conversation, oldest first, and the next page's cursor."""
    found = _page(Comment.objects.filter(root=root, status=Status.APPROVED), newest_first=False, cursor=cursor)
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None


def review_queue(*, site: str | None = None, after: Comment | None = None) -> QuerySet[Comment]:
    """Return referred comments, riskiest first and the oldest first among equals; of one site, or after a comment."""
    queue = Comment.objects.filter(status=Status.REFERRED).select_related("article__site", "decision", "parent")
    if site is not None:
        queue = queue.filter(article__site__slug=site)
    if after is not None:
        queue = queue.exclude(pk=after.pk).filter(risk__lte=after.risk).exclude(risk=after.risk, pk__lt=after.pk)
    return queue.order_by("-risk", "pk")


def decisions(*, before: int | None = None) -> QuerySet[DecisionRecord]:
    """Return the ledger's records of every site, the newest first."""
    records = DecisionRecord.objects.select_related("comment__article__site", "moderator", "guidelines_version")
    if before is not None:
        records = records.filter(pk__lt=before)
    return records.order_by("-pk")


def others_by_commenter(comment: Comment) -> QuerySet[Comment]:
    """Return the newest ten other comments by whoever wrote this one; of an erased one there are none."""
    if not comment.commenter_key:
        return Comment.objects.none()
    others = Comment.objects.filter(commenter_key=comment.commenter_key).exclude(pk=comment.pk)
    return others.select_related("article", "decision").order_by("-submitted_at")[:10]


def oldest_held() -> Comment | None:
    return Comment.objects.filter(status=Status.HELD).order_by("pk").first()


def history(comment: Comment) -> QuerySet[DecisionRecord]:
    """Return every decision on a comment, the first one first."""
    return comment.decisions.select_related("moderator", "guidelines_version").order_by("sequence")


def _page(comments: QuerySet[Comment], *, newest_first: bool, cursor: int | None) -> list[Comment]:
    if cursor is not None:
        comments = comments.filter(pk__lt=cursor) if newest_first else comments.filter(pk__gt=cursor)
    return list(comments.order_by("-pk" if newest_first else "pk")[: PAGE_SIZE + 1])


def _replies(roots: Sequence[int]) -> dict[int, tuple[list[Comment], int]]:
    approved = Comment.objects.filter(root__in=roots, status=Status.APPROVED)
    counts = dict(approved.values_list("root").annotate(Count("pk")))
    found: dict[int, tuple[list[Comment], int]] = {root: ([], count) for root, count in counts.items()}
    crowded = [root for root, count in counts.items() if count > PAGE_SIZE]
    for reply in approved.exclude(root__in=crowded).order_by("pk"):
        found[reply.root_id or 0][0].append(reply)
    for root in crowded:
        found[root][0].extend(approved.filter(root=root).order_by("pk")[:PAGE_SIZE])
    return found


def approved_root(number: int) -> Comment | None:
    return Comment.objects.filter(pk=number, root=None, status=Status.APPROVED).first()


@dataclass(frozen=True, slots=True)
class ReceiptState:
    """What a commenter is told: for a rejection the guidelines breached as (code, title, text), and the evidence."""

    comment: Comment
    guidelines: list[tuple[str, str, str]]
    evidence: list[tuple[str, int, int]]


def receipt(number: int, *, language: str) -> ReceiptState | None:
    """Return the state of the comment a receipt belongs to, or None when it is unknown or was erased."""
    related = ("article__site", "decision__guidelines_version", "parent")
    comment = Comment.objects.select_related(*related).filter(pk=number, erased_at=None).first()
    if comment is None:
        return None
    if comment.decision is None or comment.status != Status.REJECTED:
        return ReceiptState(comment, [], [])
    published = read_guidelines(comment.decision.guidelines_version_id)
    breached = [published.guideline(code) for code in comment.decision.guidelines]
    told = [(entry.code, entry.title.in_language(language), entry.text.in_language(language)) for entry in breached]
    return ReceiptState(comment, told, [(code, start, end) for code, start, end in comment.decision.evidence])


def find_site(slug: str) -> Site | None:
    return Site.objects.filter(slug=slug).first()


def approved_comment(article: Article, number: int) -> Comment | None:
    return Comment.objects.filter(pk=number, article=article, status=Status.APPROVED).first()


def in_doubt_about(queue: QuerySet[Comment], code: str) -> QuerySet[Comment]:
    """Narrow a queue down to what was referred for one guideline, among others perhaps."""
    # Compared as text, since SQLite cannot look into a JSON array; in its quotation marks a code matches as a whole.
    doubts = Cast("decision__guidelines", TextField())
    return queue.annotate(doubts=doubts).filter(doubts__contains=f'"{code}"')


def articles_in_queue() -> list[tuple[Article, int]]:
    """Return the hundred articles with the most comments in the review queue, each with how many they are."""
    referred = Comment.objects.filter(status=Status.REFERRED)
    counts = dict(referred.values_list("article").annotate(count=Count("pk")).order_by("-count", "article")[:100])
    # Fetched by themselves, since counting over a join would group by whole articles.
    articles = Article.objects.only("slug", "title", "language").in_bulk(counts)
    return [(articles[number], count) for number, count in counts.items()]


def guidelines_of_sites() -> dict[str, Guideline]:
    """Return by its code every guideline in force on any site."""
    newest: dict[int, int] = dict(GuidelinesVersion.objects.order_by("site", "number").values_list("site", "pk"))
    return {entry.code: entry for pk in newest.values() for entry in read_guidelines(pk).guidelines}
