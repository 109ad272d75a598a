"""Working through a part of the queue."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from premod.comments.models import Article, Comment
from premod.comments.services import create_site, record_decision, save_article
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
from support.rows import read


def listed(client: Client, **selection: str) -> list[int]:
    page = client.get("/console/", selection).content.decode()
    return [int(number) for number in re.findall(r'class="entry" href="/console/comments/(\d+)/', page)]


@pytest.fixture
def for_sexism(refer: Callable[..., Comment], article: Article) -> Comment:
    """Return a comment that is in doubt about sexism and one more guideline."""
    comment = refer("In doubt about two.", outcome=Outcome.APPROVE)
    version, _ = guidelines_in_force(article.site_id)
    Comment.objects.filter(pk=comment.pk).update(status="held", decision=None)
    decision = Decision(Outcome.REFER, 1, ("sexism", "other_abuse"), (), 0.4, "score between")
    record_decision(read(comment), decision, version=version)
    return read(comment)


def test_a_guideline_selects_what_is_in_doubt_about_it(
    console: Client, refer: Callable[..., Comment], for_sexism: Comment
):
    threat = refer("A threat.")
    assert listed(console, guideline="sexism") == [for_sexism.pk]
    assert listed(console, guideline="other_abuse") == [for_sexism.pk]
    assert listed(console, guideline="threat") == [threat.pk]
    assert listed(console, guideline="abuse") == []
    assert listed(console, guideline="%") == []


def test_an_article_selects_what_was_written_under_it(console: Client, refer: Callable[..., Comment], article: Article):
    comment = refer("Here.")
    save_article(article.site, "budget", "Budget")
    assert listed(console, article="harbour") == [comment.pk]
    assert listed(console, article="budget") == []


def test_a_site_and_a_language_select_too(console: Client, refer: Callable[..., Comment]):
    comment = refer("Here.")
    Comment.objects.filter(pk=comment.pk).update(language="ckb")
    create_site("herald", "The Herald")
    assert listed(console, site="gazette", language="ckb") == [comment.pk]
    assert listed(console, site="herald") == []
    assert listed(console, language="tr") == []


def test_next_and_the_page_after_a_decision_stay_within_the_selection(
    console: Client, refer: Callable[..., Comment], for_sexism: Comment
):
    first, second = refer("First.", risk=0.9), refer("Second.", risk=0.1)
    page = console.get(f"/console/comments/{first.pk}/?guideline=threat").content.decode()
    assert f'href="/console/comments/{second.pk}/?guideline=threat" data-key="n"' in page
    form = {"decision": first.decision_id, "outcome": "approve"}
    answer = console.post(f"/console/comments/{first.pk}/decide?guideline=threat", form)
    assert answer.url == f"/console/comments/{second.pk}/?guideline=threat"
    form = {"decision": second.decision_id, "outcome": "approve"}
    assert console.post(f"/console/comments/{second.pk}/decide?guideline=threat", form).url == (
        "/console/?guideline=threat"
    )


def test_an_empty_selection_says_so_and_leads_back_to_everything(console: Client, refer: Callable[..., Comment]):
    refer("Here.")
    page = console.get("/console/?guideline=sexism").content.decode()
    assert "Nothing of this kind waits for you." in page
    assert "Show all" in page


@pytest.mark.parametrize("value", ["\0", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "x" * 5000, "'"])
def test_nonsense_in_the_address_selects_nothing_and_breaks_nothing(
    console: Client, refer: Callable[..., Comment], value: str
):
    refer("Here.")
    for name in ("site", "article", "guideline", "language", "after", "before"):
        assert console.get("/console/", {name: value}).status_code == 200
