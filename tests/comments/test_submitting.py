from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from premod.comments import ledger
from premod.comments.errors import DuplicateComment, RateLimited, ServiceError
from premod.comments.models import Article, Comment, Site
from premod.comments.receipts import comment_of
from premod.comments.services import Draft, submit_comment
from premod.domain.decision import Outcome

EXACT = [
    "trailing spaces   ",
    "\n\n  leading lines\tand a tab",
    "😀👩‍👩‍👧‍👦🏳️‍🌈",
    "e\u0301 is not \u00e9, and \u1e9b\u0323 stays",
    "هذا تعليق على المقال",
    "ئەم هەواڵە زۆر گرنگە\u200c",
    "<script>alert('x')</script> &amp; <b>",
    "\u202eright to left override\u202c",
    "x" * 5000,
    "😀" * 5000,
]


@pytest.mark.parametrize("text", EXACT)
def test_the_text_is_stored_byte_for_byte(submit: Callable[..., Comment], text: str):
    stored = submit(text)
    assert stored.text.encode() == text.encode()
    assert ledger.commit_to(bytes(stored.salt), text) == stored.commitment


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf"]), min_size=1, max_size=200))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_visible_text_is_stored_as_it_is(submit: Callable[..., Comment], article: Article, text: str):
    try:
        assert submit(text).text == text
    except DuplicateComment:
        assert Comment.objects.filter(text=text).exists()


@pytest.mark.parametrize(
    ("draft", "code", "field", "limit"),
    [
        (Draft("", "Bob"), "text_length", "text", 5000),
        (Draft("x" * 5001, "Bob"), "text_length", "text", 5000),
        (Draft(" \n\t\u3000", "Bob"), "text_blank", "text", None),
        (Draft("\u200b\u200d", "Bob"), "text_blank", "text", None),
        (Draft("nul \x00", "Bob"), "control_character", "text", None),
        (Draft("bell \x07", "Bob"), "control_character", "text", None),
        (Draft("return \r\n", "Bob"), "control_character", "text", None),
        (Draft("C1 \x85", "Bob"), "control_character", "text", None),
        (Draft("half a pair \ud83d", "Bob"), "invalid_utf8", "text", None),
        (Draft("Fine.", ""), "name_length", "name", 80),
        (Draft("Fine.", "   "), "name_length", "name", 80),
        (Draft("Fine.", "B" * 81), "name_length", "name", 80),
        (Draft("Fine.", "B\nob"), "control_character", "name", None),
        (Draft("Fine.", "Bob", email="bob at example"), "email_invalid", "email", None),
        (Draft("Fine.", "Bob", parent=404), "unknown_parent", "parent", None),
        (Draft("Fine.", "Bob", idempotency_key="é"), "idempotency_key", "Idempotency-Key", 64),
        (Draft("Fine.", "Bob", idempotency_key="k" * 65), "idempotency_key", "Idempotency-Key", 64),
    ],
)
def test_each_limit_has_its_own_error(article: Article, draft: Draft, code: str, field: str, limit: int | None):
    with pytest.raises(ServiceError) as refused:
        submit_comment(article.slug, draft)
    assert (refused.value.code, refused.value.field, refused.value.limit) == (code, field, limit)
    assert not Comment.objects.exists()


def test_the_first_limit_in_order_is_told(article: Article):
    with pytest.raises(ServiceError, match="1 to 5000 characters"):
        submit_comment("no-such-article", Draft("\x00" * 5001, ""))
    with pytest.raises(ServiceError, match="control character"):
        submit_comment("no-such-article", Draft("\x00\ud83d", ""))
    with pytest.raises(ServiceError, match="no such article"):
        submit_comment("no-such-article", Draft("Fine.", "Bob"))


def test_a_site_may_set_a_shorter_text(site: Site, article: Article):
    Site.objects.update(text_limit=10)
    with pytest.raises(ServiceError, match="1 to 10 characters"):
        submit_comment(article.slug, Draft("eleven long", "Bob"))


def test_a_site_may_ask_for_an_email(site: Site, article: Article):
    Site.objects.update(email_required=True)
    with pytest.raises(ServiceError) as refused:
        submit_comment(article.slug, Draft("Fine.", "Bob"))
    assert refused.value.code == "email_required"
    assert submit_comment(article.slug, Draft("Fine.", "Bob", email="bob@example.org")).email == "bob@example.org"


def test_a_closed_article_takes_no_comment(article: Article):
    Article.objects.update(is_open=False)
    with pytest.raises(ServiceError) as refused:
        submit_comment(article.slug, Draft("Fine.", "Bob"))
    assert refused.value.code == "article_closed"


def test_a_parent_that_is_not_approved_is_refused(submit: Callable[..., Comment]):
    held = submit()
    with pytest.raises(ServiceError) as refused:
        submit("Yes.", parent=held.pk)
    assert refused.value.code == "unknown_parent"


def test_a_reply_to_a_reply_stands_in_the_same_conversation(
    submit: Callable[..., Comment], decide: Callable[..., Comment]
):
    root = decide(submit("First."), Outcome.APPROVE)
    reply = decide(submit("Second.", parent=root.pk), Outcome.APPROVE)
    third = submit("Third.", parent=reply.pk)
    assert (third.parent_id, third.root_id) == (reply.pk, root.pk)


def test_the_same_text_by_the_same_commenter_is_answered_with_the_first_receipt(submit: Callable[..., Comment]):
    first = submit("Twice.")
    with pytest.raises(DuplicateComment) as refused:
        submit("Twice.")
    assert comment_of(refused.value.receipt) == first.pk
    assert submit("Twice.", name="Charlie").pk != first.pk


def test_somebody_elsewhere_who_gives_the_same_name_gets_no_receipt_of_mine(submit: Callable[..., Comment]):
    first = submit("Twice.", email="bob@example.org")
    assert submit("Twice.", email="bob@example.org", address="198.51.100.9").pk != first.pk


def test_a_commenter_who_posts_too_fast_is_told_when_to_try_again(site: Site, submit: Callable[..., Comment]):
    Site.objects.update(commenter_posts_per_minute=2)
    for number in range(2):
        submit(f"Number {number}.")
    with pytest.raises(RateLimited) as refused:
        submit("Number 3.")
    assert refused.value.limit == 2
    assert 1 <= refused.value.retry_after_seconds <= 60


def test_an_address_that_posts_too_fast_is_told_when_to_try_again(site: Site, submit: Callable[..., Comment]):
    Site.objects.update(address_posts_per_minute=2)
    for name in ("Alice", "Bob"):
        submit(name=name)
    with pytest.raises(RateLimited):
        submit(name="Charlie")
    assert submit(name="Charlie", address="198.51.100.9")


def test_an_idempotency_key_makes_a_retried_post_one_comment(submit: Callable[..., Comment]):
    first = submit(idempotency_key="a1")
    assert submit(idempotency_key="a1").pk == first.pk
    assert Comment.objects.count() == 1


def test_an_idempotency_key_used_for_another_text_is_refused(submit: Callable[..., Comment]):
    submit("First.", idempotency_key="a1")
    with pytest.raises(ServiceError) as refused:
        submit("Second.", idempotency_key="a1")
    assert refused.value.code == "idempotency_key_reused"
