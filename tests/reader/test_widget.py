"""The widget's page: the same for every reader, and true to the text."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test import Client

from premod.comments import queries
from premod.comments.models import Article, Comment, Site

COOKIES = f"sessionid={'a' * 32}; csrftoken={'b' * 32}; django_language=ar"
LANGUAGES = ["en", "ar", "tr", "ckb", "kmr"]
HARD_TEXTS = [
    "\n\nLine feeds lead this text, and two end it.\n\n",
    "  spaces  \tand a tab ",
    "<b>not bold</b> &amp; not an ampersand <script>alert(1)</script>",
    "Override \u202eand never pop; isolate \u2067and never close",
    "e\u0301 is not \u00e9, nor is \u0643 \u06a9",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 and \ufeff and \u2028 and \u00a0",
    "ئەم پردە پێویستە.\nAgreed.",
]


class Texts(HTMLParser):
    """Collects what a browser would give as textContent of the elements with a class, and as a textarea's value."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.tag, self.found = wanted, "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.tag and (self.wanted == tag or self.wanted in (dict(attrs).get("class") or "").split()):
            self.tag = tag
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.tag:
            self.tag = ""

    def handle_data(self, data: str) -> None:
        if self.tag:
            self.found[-1] += data


def texts(response: HttpResponse, wanted: str = "text") -> list[str]:
    parser = Texts(wanted)
    parser.feed(response.content.decode())
    # A browser drops one line feed after <textarea>.
    return [text.removeprefix("\n") if wanted == "textarea" else text for text in parser.found]


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_the_text_is_shown_exactly_as_submitted(text: str, client: Client, approve: Callable[..., Comment]):
    approve(text)
    assert text in texts(client.get("/embed/harbour"))


def test_a_name_cannot_turn_around_what_stands_beside_it(client: Client, approve: Callable[..., Comment]):
    approve(name="evil\u202ename")
    assert '<bdi class="name">evil\u202ename</bdi>' in client.get("/embed/harbour").content.decode()


@pytest.mark.parametrize("status", ["held", "referred", "rejected", "withdrawn"])
def test_shows_no_comment_that_is_not_approved(
    status: str, client: Client, submit: Callable[..., Comment], approve: Callable[..., Comment]
):
    comment = approve("Soon gone.")
    Comment.objects.filter(pk=comment.pk).update(status=status)
    submit("Held.")
    page = client.get("/embed/harbour").content.decode()
    assert "Soon gone." not in page
    assert "Held." not in page


def test_is_the_same_for_every_reader(client: Client, article: Article):
    plain = client.get("/embed/harbour")
    other = Client(headers={"accept-language": "ckb", "cookie": COOKIES})
    answer = other.get("/embed/harbour")
    assert answer.content == plain.content
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_may_be_framed_by_the_sites_origins_and_nobody_else(client: Client, article: Article):
    policy = client.get("/embed/harbour")["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' https://www.gazette.example")


def test_has_neither_inline_script_nor_style(client: Client, approve: Callable[..., Comment]):
    approve()
    page = client.get("/embed/harbour").content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page
    assert " onclick=" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_is_written_in_the_language_asked_for(language: str, client: Client, approve: Callable[..., Comment]):
    approve()
    answer = client.get(f"/embed/harbour?lang={language}")
    direction = "rtl" if language in {"ar", "ckb"} else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in answer.content.decode()
    assert answer["Content-Language"] == language


def test_is_written_in_the_articles_language_when_none_is_asked_for(client: Client, article: Article):
    Article.objects.update(language="kmr")
    page = client.get("/embed/harbour?lang=xx").content.decode()
    assert '<html lang="kmr"' in page
    assert "Şîroveyekê binivîsin" in page


@pytest.mark.parametrize(("count", "words"), [(1, "تعليق واحد"), (2, "تعليقان"), (3, "3 تعليقات"), (11, "11 تعليقًا")])
def test_counts_in_arabic_as_arabic_counts(count: int, words: str, client: Client, approve: Callable[..., Comment]):
    for number in range(count):
        approve(f"Comment {number}")
    assert f"<h1>{words}</h1>" in client.get("/embed/harbour?lang=ar").content.decode()


def test_puts_the_guidelines_beside_the_form(client: Client, article: Article):
    page = client.get("/embed/harbour").content.decode()
    assert "Comments are not edited: they are approved or rejected." in page
    assert "Criticism of our work" in page
    assert "Profanity" in page


def test_orders_as_asked_and_goes_on_to_older_comments(
    client: Client, approve: Callable[..., Comment], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    for word in ("first", "second", "third"):
        approve(word)
    newest = client.get("/embed/harbour")
    assert texts(newest) == ["third", "second", ""]
    cursor = Comment.objects.get(text="second").pk
    assert f"cursor={cursor}" in newest.content.decode()
    assert texts(client.get(f"/embed/harbour?cursor={cursor}"))[0] == "first"
    assert texts(client.get("/embed/harbour?order=oldest"))[:2] == ["first", "second"]


def test_answers_stand_under_the_comment_and_say_whom_they_answer(client: Client, approve: Callable[..., Comment]):
    first = approve("First")
    second = approve("Second", name="Sara", parent=first.pk)
    approve("Third", parent=second.pk)
    page = client.get("/embed/harbour")
    assert texts(page)[:3] == ["First", "Second", "Third"]
    assert "Answer to: <bdi>Sara</bdi>" in page.content.decode()


def test_a_long_conversation_goes_on_on_a_page_of_its_own(
    client: Client, approve: Callable[..., Comment], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queries, "PAGE_SIZE", 1)
    root = approve("Root")
    replies = [approve(f"Reply {number}", parent=root.pk) for number in range(3)]
    assert "2 more answers" in client.get("/embed/harbour").content.decode()
    rest = client.get(f"/embed/harbour?conversation={root.pk}&cursor={replies[0].pk}")
    assert texts(rest)[:2] == ["Root", "Reply 1"]


def test_a_form_that_answers_a_comment_works_without_javascript(client: Client, approve: Callable[..., Comment]):
    comment = approve(name="Sara")
    page = client.get(f"/embed/harbour?reply_to={comment.pk}").content.decode()
    assert f'name="parent" value="{comment.pk}"' in page
    assert "Answer to: <bdi>Sara</bdi>" in page


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=99999999999999999999", "reply_to=-1", "conversation=0", "order=up"]
)
def test_nonsense_in_the_address_counts_as_not_given(query: str, client: Client, approve: Callable[..., Comment]):
    approve("Here.")
    assert "Here." in texts(client.get(f"/embed/harbour?{query}"))


def test_says_when_an_article_takes_no_more_comments(client: Client, approve: Callable[..., Comment]):
    approve("Still here.")
    Article.objects.update(is_open=False)
    page = client.get("/embed/harbour")
    assert "no longer takes comments" in page.content.decode()
    assert "<form" not in page.content.decode()
    assert "Still here." in texts(page)


def test_says_when_nobody_commented_yet(client: Client, article: Article):
    assert "Yours may be the first." in client.get("/embed/harbour").content.decode()


@pytest.mark.parametrize(("lang", "words"), [("en", "There are no comments here"), ("ckb", "لێرە کۆمێنت نییە")])
def test_an_unknown_article_gets_a_friendly_page(lang: str, words: str, client: Client, db: None):
    answer = client.get(f"/embed/nothing?lang={lang}")
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_asks_for_an_email_where_the_site_does(client: Client, article: Article):
    assert "Optional" in client.get("/embed/harbour").content.decode()
    Site.objects.update(email_required=True)
    assert "Optional" not in client.get("/embed/harbour").content.decode()


def test_a_page_of_comments_takes_the_same_number_of_queries_however_many_there_are(
    client: Client, approve: Callable[..., Comment], django_assert_num_queries: Callable[..., object]
):
    for number in range(10):
        root = approve(f"Root {number}")
        approve(f"Reply {number}", parent=root.pk)
    client.get("/embed/harbour")
    with django_assert_num_queries(6):
        client.get("/embed/harbour")
